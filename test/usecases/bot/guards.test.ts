import { describe, expect, test } from 'vitest';
import { ok } from '../../../src/demo/http.ts';
import { UsageError } from '../../../src/errors.ts';
import type { Noteable } from '../../../src/model/noteable.ts';
import type { SweepWorld } from '../../../src/usecases/bot/bot-world.ts';
import { handlePayload } from '../../../src/usecases/bot/handle-payload.ts';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { route } from '../../support/gitlab/route.ts';
import { deploymentEvent, issueEvent, mergeRequestEvent } from './events.ts';
import {
  aStage,
  cast,
  edited,
  issue,
  mr,
  noReports,
  type Payload,
  type Stage,
  secretIssue,
  type Who,
} from './stage.ts';

const greeting = 'bot: { rules: [{ name: r, on: [merge_request, note], do: [{ comment: Hello }] }] }';

async function nothingHappens(
  stage: Stage,
  payload: Payload,
  changes: Partial<SweepWorld> = {},
): Promise<string> {
  const { outcome, reason } = await stage.handle(payload, changes);
  expect(outcome).toBe('ignored');
  expect(stage.gitlab.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  return reason;
}

function scope(projects: readonly string[], deny: readonly string[] = []): Partial<SweepWorld> {
  return { scope: { ownProject: 9, projects, deny } };
}

describe('which projects the bot serves', () => {
  test('another project than the own one is not, unless it is named', async () => {
    const stage = await aStage(greeting);
    expect(await nothingHappens(stage, mergeRequestEvent('open'), scope([]))).toMatch(
      /not among the projects/,
    );
  });

  test.each([
    [['shop/**'], []],
    [['shop/till'], []],
    [['SHOP/*'], []],
  ])('%j serves it', async (projects, deny) => {
    const stage = await aStage(greeting);
    expect((await stage.handle(mergeRequestEvent('open'), scope(projects, deny))).outcome).toBe('handled');
  });

  test.each([
    [['other/**'], [], /not among/],
    [['shop/**'], ['shop/till'], /excluded by/],
    [['**'], ['**'], /excluded by/],
  ])('%j without %j does not', async (projects, deny, reason) => {
    const stage = await aStage(greeting);
    expect(await nothingHappens(stage, mergeRequestEvent('open'), scope(projects, deny))).toMatch(reason);
  });

  test('the path in the payload counts for nothing: the API tells it by the id', async () => {
    const stage = await aStage(greeting);
    const forged = {
      ...mergeRequestEvent('open'),
      project: { id: 42, path_with_namespace: 'allowed/project' },
    };
    expect(await nothingHappens(stage, forged, scope(['allowed/**']))).toMatch(/shop\/till is not among/);
  });

  test('a project that is not there', async () => {
    const stage = await aStage(greeting);
    const event = mergeRequestEvent('open', { target_project_id: 4711 });
    expect(await nothingHappens(stage, event)).toMatch(/does not exist/);
  });

  test('an archived project', async () => {
    const stage = await aStage(greeting);
    Object.assign(stage.state.projects[0] ?? {}, { archived: true });
    expect(await nothingHappens(stage, mergeRequestEvent('open'))).toMatch(/archived/);
  });
});

describe('who wrote it', () => {
  test('the payload counts for nothing: a guest whose payload names a maintainer stays a guest', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('gus', '/herald retry');
    const forged = { ...payload, user: { id: cast.mia.id, username: 'mia' } };
    await stage.handle(forged);
    expect(stage.deeds()).toEqual([]);
    expect(stage.answers(note)[0]).toMatch(/Developer.*Guest/s);
  });

  test('a payload whose text is not that of the comment runs what the comment says', async () => {
    const stage = await aStage();
    const { payload } = stage.say('mia', 'Only words.');
    const attributes = { ...(payload['object_attributes'] as object), note: '/herald close' };
    await nothingHappens(stage, { ...payload, object_attributes: attributes });
  });

  test.each<[string, Who]>([
    ['the bot itself', 'bot'],
    ['the account of an access token', 'robot'],
  ])('%s commands nothing', async (_name, who) => {
    const stage = await aStage();
    const { payload } = stage.say(who, '/herald retry');
    // The first guard looks at the payload, the second at the comment: either is enough.
    await nothingHappens(stage, payload);
    await nothingHappens(stage, { ...payload, user: { id: cast.mia.id, username: 'mia' } });
  });

  test('a bot that the project names commands nothing', async () => {
    const stage = await aStage('bot: { other-bots: [eve] }');
    const { payload } = stage.say('eve', '/herald retry');
    expect(await nothingHappens(stage, payload)).toMatch(/another bot/);
  });

  test('a note that GitLab wrote is no comment', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('mia', '/herald retry');
    Object.assign(note, { system: true });
    await nothingHappens(stage, payload);
  });

  test('a comment that was deleted meanwhile runs nothing', async () => {
    const stage = await aStage();
    const { payload } = stage.say('mia', '/herald retry');
    stage.item(mr).notes.length = 0;
    expect(await nothingHappens(stage, payload)).toMatch(/gone/);
  });
});

test.each(['..', '../../7', 'a'.repeat(39), `${'a'.repeat(40)}/notes`, '%2e%2e'])(
  'a thread that a payload names %s is none: no other path of the API is asked for',
  async (thread) => {
    const stage = await aStage();
    const { payload } = stage.say('mia', '/herald help');
    const attributes = { ...(payload['object_attributes'] as object), discussion_id: thread };
    await nothingHappens(stage, { ...payload, object_attributes: attributes });
    expect(stage.requests().filter((request) => request.includes('/discussions/'))).toEqual([]);
  },
);

describe('several and edited commands', () => {
  test('an edit runs only what is new', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('dev', '/herald retry');
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(['POST /projects/42/jobs/601/retry']);
    note.body = '/herald retry\n/herald label ~x';
    await stage.handle(edited(note));
    expect(stage.deeds()).toEqual(['PUT /projects/42/merge_requests/7']);
    note.body = '/herald label ~x';
    await stage.handle(edited(note));
    expect(stage.deeds()).toEqual([]);
    expect(stage.answers(note)).toHaveLength(1);
  });

  test('more than ten are said to be too many', async () => {
    const stage = await aStage();
    const lines = Array.from({ length: 15 }, (_, index) => `/herald label ~l${index}`);
    const { note, payload } = stage.say('dev', lines.join('\n'));
    await stage.handle(payload);
    expect(stage.item(mr).labels).toHaveLength(10);
    expect(stage.answers(note)[0]).toMatch(/ten commands/);
  });

  test('a command in code, in a quote or in an HTML comment is none', async () => {
    const stage = await aStage();
    const { payload } = stage.say(
      'dev',
      '> /herald retry\n\n```\n/herald retry\n```\n\n<!--\n/herald retry\n-->\n\n`/herald retry`',
    );
    await nothingHappens(stage, payload);
  });
});

describe('loops', () => {
  test('the answer, which holds a command, is no command', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('dev', '/herald rety');
    await stage.handle(payload);
    const answer = stage.item(mr).notes.find(({ author }) => author.id === cast.bot.id);
    expect(stage.answers(note)).toHaveLength(1);
    if (answer === undefined) throw new Error('there is no answer');
    const before = stage.gitlab.requests.length;
    await stage.handle({ ...edited(answer), user: { id: cast.bot.id, username: 'herald-bot' } });
    await stage.handle({ ...edited(answer), user: { id: cast.dev.id, username: 'dev' } });
    expect(stage.gitlab.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('a rule about comments that comments is not started by its own comment', async () => {
    const stage = await aStage(greeting);
    await stage.handle(stage.say('dev', 'Please look.').payload);
    const own = stage.item(mr).notes.filter(({ author }) => author.id === cast.bot.id);
    expect(own).toHaveLength(1);
    for (const note of own) await stage.handle(edited(note));
    expect(stage.notes()).toHaveLength(1);
  });

  test('a thread in which the bot answers without an end is left after so many answers within the hour', async () => {
    const stage = await aStage('bot: { noise: { per-hour: 5 } }');
    const first = stage.say('dev', '/herald help 0').note;
    first.discussion_id = 'd0'.repeat(20);
    await stage.handle(edited(first));
    for (let turn = 1; turn < 20; turn += 1) {
      const { note } = stage.say('dev', `/herald help ${turn}`);
      note.discussion_id = first.discussion_id;
      await stage.handle(edited(note));
    }
    expect(stage.item(mr).notes.filter(({ author }) => author.id === cast.bot.id)).toHaveLength(5);
  });
});

describe('noise', () => {
  test('what goes beyond the bounds is told in one note that is edited', async () => {
    const rules = Array.from(
      { length: 30 },
      (_, index) => `{ name: r${index}, on: merge_request, do: [{ comment: "Word ${index}" }] }`,
    );
    const stage = await aStage(`bot: { noise: { per-object: 3 }, rules: [${rules.join(', ')}] }`);
    await stage.handle(mergeRequestEvent('open'));
    expect(stage.notes()).toHaveLength(4);
    expect(stage.notes().at(-1)).toMatch(/Word 29/);
    await stage.handle(mergeRequestEvent('update', { changes: { title: { previous: 'a', current: 'b' } } }));
    expect(stage.notes()).toHaveLength(4);
  });
});

describe('confidential', () => {
  test('a command on a confidential issue opens a confidential one', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('mia', '/herald issue "Change the lock"', secretIssue).payload);
    expect(stage.state.issues.at(-1)).toMatchObject({ title: 'Change the lock', confidential: true });
  });

  /**
   * Whether words stand anywhere but in the comment that holds them, in its answer, and in what only who may read it
   * sees.
   */
  function leaks(stage: Stage, words: string): readonly string[] {
    const { issues, mergeRequests } = stage.state;
    const open = issues.filter(({ confidential }) => confidential !== true);
    const notes = [...open, ...mergeRequests].flatMap((item) => item.notes);
    return [
      ...open.flatMap(({ title, description }) => [title, description ?? '']),
      ...notes.filter(({ internal }) => internal !== true).map(({ body }) => body),
      ...stage.log.lines,
    ].filter((text) => text.includes(words));
  }

  /** GitLab makes the answer to an internal note internal. */
  function internally(stage: Stage, text: string, on: Noteable): Payload {
    const { note, payload } = stage.say('mia', text, on);
    Object.assign(note, { internal: true, discussion_id: 'd0'.repeat(20), type: 'DiscussionNote' });
    return { ...edited(note, on), user: payload['user'] };
  }

  test.each([
    ['issue', mr, 'issue The lock is broken'],
    ['issue', issue, 'issue The lock is broken'],
    ['hold', mr, 'hold The lock is broken'],
  ])('%s in an internal note tells nobody else what it says (%o)', async (_name, on, words) => {
    const stage = await aStage();
    await stage.handle(internally(stage, `/herald ${words}`, on));
    for (const note of stage.item(on).notes.filter(({ body }) => body.startsWith('<!-- herald:reply')))
      Object.assign(note, { internal: true });
    expect(stage.item(on).notes.length).toBeGreaterThan(1);
    expect(leaks(stage, 'lock is broken')).toEqual([]);
  });

  test('an open issue of the same words is none that internal ones are told in', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('mia', '/herald issue "Oil the drawer"').payload);
    await stage.handle(internally(stage, '/herald issue "Oil the drawer"', mr));
    expect(stage.state.issues.slice(-2)).toMatchObject([{ confidential: false }, { confidential: true }]);
  });

  test('the log of the job says nothing of a confidential issue that a command opened', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('mia', '/herald issue "Change the lock"', secretIssue).payload);
    expect(stage.state.issues.at(-1)?.title.replaceAll('\u2060', '')).toBe('Change the lock');
    expect(leaks(stage, 'lock')).toEqual([]);
    expect(leaks(stage, 'Lock')).toEqual([]);
  });

  const onComments = `bot: { rules: [{ name: r, on: note, do: [
    { open-issue: { key: a, title: "{title}", text: "{title}" } },
    { close-issue: { key: b, comment: "Done with {title}" } }] }] }`;

  test('a rule on an internal note opens no issue for everybody, whatever the payload says of it', async () => {
    const stage = await aStage(onComments);
    const { reason } = await stage.handle(internally(stage, 'Only for us.', mr));
    expect(stage.deeds()).toEqual([]);
    expect(reason).toContain('"confidential: true"');
    expect(stage.log.lines.join('\n')).toContain('rule r: open-issue did nothing');
  });

  const vulnerability = {
    object_kind: 'vulnerability',
    user: { id: cast.mia.id, username: 'mia' },
    project: { id: 42, path_with_namespace: 'shop/till' },
    object_attributes: {
      state: 'detected',
      project_id: 42,
      url: 'https://gitlab.example.com/shop/till/-/security/vulnerabilities/9',
    },
  };
  const detected = route('GET', /^\/vulnerabilities\/9$/, () =>
    ok({ id: 9, state: 'detected', project: { id: 42 } }),
  );

  test.each([
    { confidential: false, issues: 0, says: true },
    { confidential: true, issues: 1, says: false },
  ])(
    'a rule on a vulnerability with confidential: $confidential opens $issues issues',
    async ({ confidential, issues, says }) => {
      const stage = await aStage(
        `bot: { rules: [{ name: found, on: vulnerability, do: [{ open-issue: { title: Look, text: Look, confidential: ${confidential} } }] }] }`,
        { routes: [detected] },
      );
      const before = stage.state.issues.length;
      const { outcome, explanation } = await stage.handle(vulnerability);
      expect(stage.state.issues.length - before).toBe(issues);
      expect(outcome).toBe(says ? 'ignored' : 'handled');
      const words =
        'rule found: open-issue did nothing, because the event is confidential and the issue would be public.';
      expect(stage.log.lines.some((line) => line.includes(words))).toBe(says);
      expect(explanation.some((line) => line.includes(words))).toBe(says);
    },
  );

  test('a rule on a confidential issue says nothing on an issue that everybody may read', async () => {
    const stage = await aStage(onComments.replace('key: a', 'key: b'));
    await stage.handle(stage.say('dev', 'Open to all.').payload);
    expect(stage.state.issues).toHaveLength(3);
    await stage.handle(stage.say('mia', 'It is bad.', secretIssue).payload);
    expect(leaks(stage, 'can be opened by anybody')).toEqual([]);
  });

  test('nor does one that opens a confidential issue, where an open one has that key', async () => {
    const config = (confidential: boolean): string =>
      `bot: { rules: [{ name: r, on: issue, do: [{ open-issue: { key: a, title: Watch, text: "{title}", repeat: "Again {title}", confidential: ${confidential} } }] }] }`;
    const stage = await aStage(config(false));
    await stage.handle(issueEvent('open', 3));
    stage.state.files.length = 0;
    stage.state.files.push({ project_id: 42, ref: 'main', path: '.herald.yml', content: config(true) });
    await stage.handle(issueEvent('open', 4, 'mia'));
    expect(leaks(stage, 'can be opened by anybody')).toEqual([]);
    expect(stage.state.issues.at(-1)).toMatchObject({ title: 'Watch', confidential: true });
  });

  test('a command on an open issue opens an open one', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('mia', '/herald issue "Oil the drawer"', issue).payload);
    expect(stage.state.issues.at(-1)?.confidential ?? false).toBe(false);
  });
});

describe('a payload that is none', () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  test.each([
    ['nothing', '', /empty/],
    ['no JSON', 'hello', /not valid JSON/],
    ['cut', '{"object_kind":"note","object_attributes":{"no', /ends too early/],
    [
      'expanded as variables',
      '{"object_kind":"note","title":"costs "5""}',
      /a text with a dollar sign in it as a variable/,
    ],
    ['a list', '[]', /not a JSON object/],
    ['a note without its comment', '{"object_kind":"note"}', /not a valid note event/],
    ['deeper than any event', deep, /nested too deep/],
    ['larger than GitLab sends', `{"a":"${'x'.repeat(26 * 1024 * 1024)}"}`, /larger than/],
  ])('%s is told with its likely cause', async (_name, text, cause) => {
    const stage = await aStage();
    const failed = await handlePayload(text, stage.world()).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UsageError);
    expect(String(failed)).toMatch(cause);
    expect(stage.gitlab.requests).toEqual([]);
  });

  test.each([
    ['of a kind that nobody knows', '{"object_kind":"teapot"}'],
    ['without a kind', '{}'],
    [
      'with the keys of prototypes',
      '{"__proto__":{"object_kind":"note"},"constructor":{"prototype":{}},"object_kind":"__proto__"}',
    ],
  ])('%s is ignored', async (_name, text) => {
    const stage = await aStage();
    expect((await handlePayload(text, stage.world())).outcome).toBe('ignored');
    expect(stage.gitlab.requests).toEqual([]);
  });

  test('texts that a shell would run are words', async () => {
    const stage = await aStage();
    const words = '/herald issue "$(touch pwned) `id` ; rm -rf / && ${HERALD_TOKEN}"';
    await stage.handle(stage.say('dev', words).payload);
    expect(stage.state.issues.at(-1)?.title.replaceAll('\u2060', '')).toBe(
      '$(touch pwned) `id` ; rm -rf / && ${HERALD_TOKEN}',
    );
  });
});

describe('requests', () => {
  test('an event that no rule is about takes at most four', async () => {
    const stage = await aStage(greeting);
    await nothingHappens(stage, deploymentEvent(9, 'running'));
    expect(stage.requests().length).toBeLessThanOrEqual(4);
  });

  test('an event whose rule does not match takes at most four', async () => {
    const stage = await aStage(
      'bot: { rules: [{ name: r, on: merge_request, when: { target-branch: "release/*" }, do: [{ comment: Hello }] }] }',
    );
    await nothingHappens(stage, mergeRequestEvent('open'));
    expect(stage.requests().length).toBeLessThanOrEqual(4);
  });

  test('a comment without a command takes at most four', async () => {
    const stage = await aStage();
    await nothingHappens(stage, stage.say('dev', 'Looks good.').payload);
    expect(stage.requests().length).toBeLessThanOrEqual(4);
  });

  test('the author sees within the first five that his command was read', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('dev', '/herald help').payload);
    expect(stage.requests().findIndex((request) => request.endsWith('/award_emoji'))).toBeLessThan(5);
  });
});

test('a configuration that is wrong says where', async () => {
  const stage = await aStage('bot: { rules: [{ name: r, on: merge_requst, do: [close] }] }');
  await expect(stage.handle(mergeRequestEvent('open'))).rejects.toThrow(/rules\[0\].on.*merge_request/s);
});

describe('a command in a project whose configuration is wrong', () => {
  const broken = 'bot: { rules: [{ name: r, on: merge_requst, do: [close] }] }';

  test('is told so once, without what stands in it, and obeyed by the sweep after it was mended', async () => {
    const stage = await aStage(broken);
    const { note, payload } = stage.say('dev', '/herald label ~backend');
    for (const _twice of [1, 2])
      await expect(stage.handle(payload)).rejects.toThrow(/rules\[0\].on.*merge_request/s);
    const [told, ...more] = stage.answers(note);
    expect(more).toEqual([]);
    expect(told).toMatch(/Not done yet.*\.herald\.yml.*has an error/);
    expect(told).not.toContain('merge_requst');
    expect(stage.item(mr).labels).toEqual([]);
    expect(stage.item(mr).notes.some(({ type, resolved }) => type !== undefined && resolved !== true)).toBe(
      false,
    );

    stage.state.files.splice(0);
    await sweep(stage.world(noReports));
    expect(stage.item(mr).labels).toEqual(['backend']);
    expect(stage.answers(note)).toHaveLength(1);
    expect(stage.answers(note)[0]).not.toContain('Not done yet');
  });

  test('a comment without a command is told nothing', async () => {
    const stage = await aStage(broken);
    const { note, payload } = stage.say('dev', 'What a till.');
    await expect(stage.handle(payload)).rejects.toThrow(UsageError);
    expect(stage.answers(note)).toEqual([]);
    expect(stage.deeds()).toEqual([]);
  });
});

test('a dry run writes nothing, and tells which condition did not hold', async () => {
  const stage = await aStage(
    'bot: { rules: [{ name: a, on: merge_request, do: [{ comment: Hello }] }, { name: b, on: merge_request, when: { draft: true }, do: [close] }] }',
  );
  const { explanation, writes } = await stage.handle(mergeRequestEvent('open'), { dryRun: true });
  expect(stage.gitlab.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(writes).toMatchObject([{ outcome: 'would', write: { action: { do: 'comment' } } }]);
  expect(explanation.join('\n')).toMatch(/b.*draft/);
});
