import { describe, expect, onTestFinished, test } from 'vitest';
import { demoBot, demoFiles, type Push } from '../../../src/demo/scenario.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../support/gitlab/embedded-gitlab.ts';
import { endpointOf, type Fault, faultAt, faults } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import type { EmbeddedNote, EmbeddedState } from '../../support/gitlab/state/state.ts';
import { markFlaky } from './mark-flaky.ts';
import { aFolder, type Ended, wholeRun } from './run-for-test.ts';

const lock = { HERALD_LOCK: 'herald/vouchers/report' };
const together = 'GET /graphql';
const notes = 'GET /projects/:n/merge_requests/:n/notes';
const issues = 'GET /projects/:n/issues';
const discussions = 'GET /projects/:n/issues/:n/discussions';
const user = 'GET /user';
const asking = [together, notes, issues, discussions, user];

/** A failing test of the second push. */
const flakyTest = 'test_stock_is_reserved';

function aNote(id: number, fields: Partial<EmbeddedNote> = {}): EmbeddedNote {
  const at = new Date(Date.parse('2026-03-04T10:00:00.000Z') + id * 1000).toISOString();
  const author = { id: 11, username: 'eve' };
  return { id, author, body: `note ${id}`, system: false, created_at: at, updated_at: at, ...fields };
}

interface Stage {
  readonly gitlab: EmbeddedGitLab;
  /** Comments of the merge request by Herald. */
  own(): readonly EmbeddedNote[];
  /** Their texts, without the address of this instance. */
  texts(): readonly string[];
  run(push: Push, changed?: Readonly<Record<string, string>>): Promise<Ran>;
}

interface Ran {
  readonly ended: Ended;
  /** Those by which comments and marks are asked for. */
  readonly asked: readonly string[];
}

async function aStage(
  prepare: (state: EmbeddedState) => void = () => undefined,
  beforeRequest?: EmbeddedOptions['beforeRequest'],
): Promise<Stage> {
  const state = stateOfDemo(new Date());
  prepare(state);
  const seen: string[] = [];
  const gitlab = await startEmbeddedGitLab({
    state,
    beforeRequest: (request) => {
      seen.push(endpointOf(request));
      return beforeRequest?.(request);
    },
  });
  onTestFinished(() => gitlab.stop());
  const own: Stage['own'] = () =>
    state.mergeRequests.flatMap((mr) => mr.notes.filter(({ author }) => author.id === demoBot.id));
  return {
    gitlab,
    own,
    texts: () => own().map(({ body }) => body.replaceAll(gitlab.url, 'https://gitlab.example.com')),
    async run(push, changed = lock) {
      const directory = await aFolder({ 'api/junit.xml': demoFiles(push)['api/junit.xml'] ?? '' });
      const before = seen.length;
      const ended = await wholeRun({ push, directory, gitlab, changed });
      return { ended, asked: seen.slice(before).filter((one) => asking.includes(one)) };
    },
  };
}

describe('comments and marks that are asked for at once', () => {
  test('give the same comment as one by one', async () => {
    const prepare = (state: EmbeddedState): void => {
      markFlaky(state, flakyTest);
    };
    const [short, long] = [await aStage(prepare), await aStage(prepare)];
    await short.run('first');
    await long.run('first', {});
    const { ended, asked } = await short.run('second');
    const { ended: other, asked: otherAsked } = await long.run('second', {});
    expect(asked).toEqual([together]);
    expect(otherAsked.toSorted()).toEqual([issues, discussions, notes].toSorted());
    expect(short.texts()).toEqual(long.texts());
    expect(short.texts()).toEqual([expect.stringContaining('marked as flaky')]);
    expect([ended, other].map(({ summary }) => summary.comparison.flakyMarks.size)).toEqual([1, 1]);
  });

  test('know who the token’s user is, so that the first comment needs no question', async () => {
    const stage = await aStage();
    expect((await stage.run('first')).asked).toEqual([together]);
    expect(stage.own()).toHaveLength(1);
  });

  test('find the own comment and not a copy of it', async () => {
    const stage = await aStage();
    await stage.run('first');
    const [own] = stage.own();
    const copy = aNote(1, { body: own?.body ?? '' });
    stage.gitlab.state.mergeRequests[0]?.notes.unshift(copy);
    const { ended, asked } = await stage.run('second');
    expect(asked).toEqual([together]);
    expect(ended.published.note).toMatchObject({ outcome: 'updated', noteId: own?.id });
    expect(copy.body).not.toBe(own?.body);
    expect(stage.own()).toHaveLength(1);
  });

  test.each([
    { before: 89, after: 200, asked: [together] },
    // Next to the end of the page a second one could be on the next.
    { before: 90, after: 200, asked: [together, notes, notes] },
    { before: 195, after: 0, asked: [together, notes, notes] },
  ])(
    'behind $before comments and before $after others, the own comment is found',
    async ({ before, after, asked }) => {
      const stage = await aStage();
      await stage.run('first');
      const [own] = stage.own();
      const all = stage.gitlab.state.mergeRequests[0]?.notes ?? [];
      const row = (count: number, at: number): EmbeddedNote[] =>
        Array.from({ length: count }, (_none, index) => aNote(at + index));
      const moved = aNote(10_000, { ...own, id: own?.id ?? 0, created_at: '2026-05-04T10:00:00.000Z' });
      const late = row(after, 20_000).map((note) => ({ ...note, created_at: '2026-06-04T10:00:00.000Z' }));
      all.splice(0, Infinity, ...row(before, 2000), moved, ...late);
      const ran = await stage.run('second');
      expect(ran.asked).toEqual(asked);
      expect(ran.ended.published.note).toMatchObject({ outcome: 'updated', noteId: own?.id });
      expect(stage.own()).toHaveLength(1);
    },
  );

  test('say nothing of marks behind issues of others: these are asked for by themselves', async () => {
    const stage = await aStage((state) => {
      markFlaky(state, flakyTest);
      const [own] = state.issues;
      if (own === undefined) throw new Error('there is the issue with the marks');
      const other = { ...own, author: { id: 11, username: 'eve' }, notes: [] };
      const before = [1, 2, 4].map((iid) => ({ ...other, iid, created_at: '2026-03-01T10:00:00.000Z' }));
      state.issues.unshift(...before);
    });
    const { ended, asked } = await stage.run('second');
    expect(asked).toEqual([together, issues, discussions]);
    expect(ended.summary.comparison.flakyMarks.size).toBe(1);
  });

  test('are not used where no test failed', async () => {
    const stage = await aStage();
    const { asked } = await stage.run('baseline');
    expect(asked).not.toContain(together);
  });

  test.each([
    ['without the lock', {}],
    ['with the lock of another branch', { HERALD_LOCK: 'herald/other/report' }],
  ])('are not used %s: the comment is read right before it is written', async (_when, changed) => {
    const stage = await aStage();
    await stage.run('first', changed);
    const { asked } = await stage.run('second', changed);
    expect(asked).not.toContain(together);
    expect(asked).toContain(notes);
  });
});

describe('where GitLab does not give them at once', () => {
  const kinds = (Object.keys(faults) as Fault[]).filter((fault) => fault !== 'a time-out');

  test.each(kinds)('with %s, each is asked for by itself, and nothing else differs', async (fault) => {
    const prepare = (state: EmbeddedState): void => {
      markFlaky(state, flakyTest);
    };
    const [faulty, plain] = [await aStage(prepare, faultAt(together, fault)), await aStage(prepare)];
    for (const push of ['first', 'second', 'second'] as const) {
      const { ended, asked } = await faulty.run(push);
      const { ended: other } = await plain.run(push);
      expect(asked.filter((one) => one === together)).toHaveLength(1);
      expect(asked.filter((one) => one === issues)).toHaveLength(1);
      expect(asked.filter((one) => one === notes)).toHaveLength(1);
      expect(faulty.texts()).toEqual(plain.texts());
      expect(faulty.own()).toHaveLength(1);
      expect(ended.published.note?.outcome).toBe(other.published.note?.outcome);
      expect(ended.summary.missing).toEqual([]);
      expect(ended.exitCode).toBe(0);
    }
  });

  test('a fault at the comments themselves costs the comment, as before', async () => {
    const failing = [together, notes];
    const stage = await aStage(undefined, (request) =>
      failing.includes(endpointOf(request)) ? faults['500'] : undefined,
    );
    const { ended } = await stage.run('first');
    expect(ended.published.note).toBeNull();
    expect(ended.exitCode).toBe(5);
    expect(stage.own()).toEqual([]);
  });
});
