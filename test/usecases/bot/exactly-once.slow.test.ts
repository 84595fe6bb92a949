import { describe, expect, test } from 'vitest';
import { processKilledAfter } from '../../killed-process.ts';
import { deploymentEvent, issueEvent, mergeRequestEvent } from './events.ts';
import { aStage, forkMr, issue, noReports, type Payload, type Stage } from './stage.ts';

const config = `
bot:
  presets: { conventional-titles: {}, welcome: {}, deployments: {} }
  rules:
    - { name: size, on: merge_request.opened, do: [{ label: { add: size::S } }] }
    - { name: own, on: merge_request.opened, do: [{ assign: author }, draft] }
    - { name: triage, on: issue.opened, do: [{ label: triage }, { comment: "Thank you, {author}." }] }
    - { name: hold, on: merge_request.opened, do: [{ open-thread: "Not before Monday." }] }
`;

/** A day at the till: what people wrote, and what happened. Every payload is told by a webhook of its own. */
function aDay(stage: Stage): readonly Payload[] {
  stage.state.deployments.push({
    id: 9,
    project_id: 42,
    status: 'success',
    ref: 'main',
    sha: 'a1'.repeat(20),
    environment: { name: 'production', tier: 'production', external_url: null },
    mergeRequests: [7],
  });
  const comments = [
    stage.say('dev', '/herald label ~backend'),
    stage.say('dev', 'Please look.\n\n/herald run\n/herald review @eve'),
    stage.say('gus', '/herald retry\n/herald issue "The drawer sticks"'),
    stage.say('mia', '@herald-bot milestone %2.0'),
    stage.say('sam', '/herald label ~bug\n/herald close', issue),
    stage.say('sam', '/herald retry', forkMr),
    stage.say('dev', '/herald hlep'),
    stage.say('eve', 'I only say `/herald cancel` here.'),
  ];
  return [
    ...comments.map(({ payload }) => payload),
    mergeRequestEvent('open'),
    mergeRequestEvent('open', { who: 'sam', on: forkMr }),
    issueEvent('open', 3),
    issueEvent('open', 4, 'mia'),
    deploymentEvent(9, 'success'),
  ];
}

/** Ids are given in the order of arrival; everything else must be the same. */
function withoutIds(text: string): string {
  return text
    .replace(/proof=\S+/g, 'proof=P')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/\d+/g, 'N');
}

/** How each command ended; of words, "done" and "was done already" mean the same. */
function outcomesOf(body: string): string {
  if (!body.startsWith('<!-- herald:reply')) return withoutIds(body);
  const lines = body.split('\n').filter((line) => /^(?:<!-- herald|✅|⚠️|❌)/u.test(line));
  return lines
    .map((line) => line.replace(/note=\d+/, ''))
    .sort()
    .join(' ');
}

/** What stands in GitLab in the end. */
function standing({ state }: Stage): unknown {
  const work = [...state.mergeRequests, ...state.issues].map(({ notes, ...one }) => ({
    place: `${'sha' in one ? '!' : '#'}${one.iid}`,
    title: one.title,
    state: one.state,
    labels: [...one.labels].sort(),
    assignees: one.assignee_ids ?? [],
    reviewers: ('reviewer_ids' in one ? one.reviewer_ids : null) ?? [],
    milestone: one.milestone_id ?? null,
    notes: notes
      .map((note) => {
        const reactions = (note.reactions ?? []).map(({ name }) => name).sort();
        return `${note.author.username}: ${outcomesOf(note.body)} [${reactions.join(' ')}] ${note.resolved === true ? 'resolved' : ''}`;
      })
      .sort(),
  }));
  const pipelines = state.pipelines
    .map(
      ({ ref, status, jobs }) =>
        `${ref} ${status}: ${jobs.map((job) => `${job.name} ${job.status}`).join(', ')}`,
    )
    .sort();
  return { work, pipelines };
}

async function deliver(stage: Stage, payloads: readonly Payload[]): Promise<void> {
  for (const payload of payloads) await stage.handle(payload);
}

/** A day whose events come one after another, each once. */
async function onceEach(): Promise<unknown> {
  const stage = await aStage(config);
  await deliver(stage, aDay(stage));
  return standing(stage);
}

/** The same order for the same seed. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const keys = items.map((item, index) => ({ item, key: Math.sin(seed * 1000 + index * 7.3) * 10_000 }));
  return keys.sort((a, b) => a.key - Math.floor(a.key) - (b.key - Math.floor(b.key))).map(({ item }) => item);
}

describe('the same state in the end', () => {
  test('the day does something', async () => {
    const stage = await aStage(config);
    await deliver(stage, aDay(stage));
    expect(stage.deeds().length).toBeGreaterThan(15);
    expect(stage.state.issues.map(({ iid }) => iid)).toContain(5);
  });

  test('when every event comes three times', async () => {
    const stage = await aStage(config);
    await deliver(
      stage,
      aDay(stage).flatMap((payload) => [payload, payload, payload]),
    );
    expect(standing(stage)).toEqual(await onceEach());
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'when they come three times and in another order (%i)',
    async (seed) => {
      const stage = await aStage(config);
      const day = aDay(stage);
      await deliver(stage, shuffled([...day, ...day, ...day], seed));
      expect(standing(stage)).toEqual(await onceEach());
    },
  );

  test.each([0, 5, 20])(
    'when they all come at once, three times, with %i ms to an answer',
    async (latency) => {
      const stage = await aStage(config, { latencyMilliseconds: latency });
      const day = aDay(stage);
      await Promise.all([...day, ...day, ...day].map((payload) => stage.handle(payload)));
      // What one run wrote while another looked is put right by whoever comes next.
      await deliver(stage, day);
      expect(standing(stage)).toEqual(await onceEach());
    },
  );

  test('when the sweep finds what no webhook told of', async () => {
    const stage = await aStage(config);
    const day = aDay(stage);
    const { sweep } = await import('../../../src/usecases/bot/sweep.ts');
    await sweep(stage.world(noReports));
    await deliver(stage, day);
    expect(standing(stage)).toEqual(await onceEach());
  });
});

describe('a run that is killed after a write', () => {
  async function killedAfter(n: number): Promise<{ readonly end: unknown; readonly writes: number }> {
    const killed = processKilledAfter(n);
    const stage = await aStage(config, { beforeRequest: killed.beforeRequest });
    const day = aDay(stage);
    for (const payload of day) await killed.run(() => stage.handle(payload));
    // GitLab ends jobs of the bot after ten minutes: from then on what they began is anybody's.
    await stage.clock.sleep(20 * 60_000);
    await deliver(stage, day);
    return { end: standing(stage), writes: killed.writes() };
  }

  // A whole day for each write.
  test('leaves what the next one makes right, whichever write it was', async () => {
    const wanted = await onceEach();
    const { writes } = await killedAfter(Number.POSITIVE_INFINITY);
    expect(writes).toBeGreaterThan(20);
    for (let n = 1; n <= writes; n += 1) expect((await killedAfter(n)).end, `write ${n}`).toEqual(wanted);
  });
});
