import { describe, expect, onTestFinished, test } from 'vitest';
import { demoFiles } from '../../../../src/demo/scenario.ts';
import type { ThreadNote } from '../../../../src/gitlab/ports/conversations.ts';
import type { Summary } from '../../../../src/model/summary.ts';
import { settleSummaryThread as settle } from '../../../../src/usecases/report/publish/summary-thread.ts';
import { aFailedTest, aSummary, aTestCase, aTestsReport } from '../../../builders.ts';
import { aLog } from '../../../gitlab/connect-for-test.ts';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../../../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../../../support/gitlab/state/of-demo.ts';
import { aFolder, wholeRun } from '../run-for-test.ts';

async function aGitLab(): Promise<EmbeddedGitLab> {
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()) });
  onTestFinished(() => gitlab.stop());
  return gitlab;
}

function sent({ requests }: EmbeddedGitLab, method: string): readonly string[] {
  return requests.filter((request) => request.method === method).map(({ path }) => path);
}

test('a comment that is a thread is started once, stays open while something fails, and is kept current', async () => {
  const gitlab = await aGitLab();
  const directory = await aFolder(demoFiles('first'));
  const run = { directory, gitlab, options: { thread: true } };
  const first = await wholeRun({ ...run, push: 'first' });
  const second = await wholeRun({ ...run, push: 'second' });
  expect([first.published.note?.outcome, second.published.note?.outcome]).toEqual(['created', 'updated']);
  expect(second.published.note?.noteId).toBe(first.published.note?.noteId);
  const starts = sent(gitlab, 'POST').filter((path) => path.endsWith('/discussions'));
  expect(starts).toHaveLength(1);
  expect(sent(gitlab, 'PUT').filter((path) => path.includes('/discussions/'))).toEqual([]);
});

test('without the option it is a note', async () => {
  const gitlab = await aGitLab();
  await wholeRun({ push: 'first', directory: await aFolder(demoFiles('first')), gitlab });
  expect(sent(gitlab, 'POST').filter((path) => path.endsWith('/discussions'))).toEqual([]);
});

describe('the thread of a comment', () => {
  const fails = aSummary({ tests: aTestsReport({ cases: [aFailedTest()] }) });
  const passes = aSummary({ tests: aTestsReport({ cases: [aTestCase()] }) });

  /** What GitLab is told about a thread that is in this state. */
  async function told(
    summary: Summary,
    state: Partial<ThreadNote>,
    mergeRequest = 'opened',
  ): Promise<readonly boolean[]> {
    const set: boolean[] = [];
    const note = { id: 5, authorId: 1, resolvable: true, resolved: false, resolvedById: null, ...state };
    const gitlab = {
      async *fetchThreadPages() {
        yield await Promise.resolve([
          { id: 'a', notes: [{ ...note, id: 4 }] },
          { id: 'b', notes: [note] },
        ]);
      },
      fetchProject: () => Promise.reject(new Error('the id of the project is known')),
      fetchMergeRequestWithHead: () => Promise.resolve({ state: mergeRequest }),
      setThreadResolved: (_on: unknown, id: string, resolved: boolean) => {
        expect(id).toBe('b');
        set.push(resolved);
        return Promise.resolve();
      },
    };
    const troubles = { attempt: <T>(_what: string, work: () => Promise<T>) => work() };
    await settle({ summary, noteId: 5 }, { gitlab, log: aLog() }, troubles);
    return set;
  }

  test.each([
    ['is resolved when all is well', passes, {}, [true]],
    ['stays resolved when all is well', passes, { resolved: true, resolvedById: 1 }, []],
    ['is opened again when something fails', fails, { resolved: true, resolvedById: 1 }, [false]],
    ['stays open when something fails', fails, {}, []],
    ['stays resolved where a person resolved it', fails, { resolved: true, resolvedById: 2 }, []],
    ['is left alone where it is a note', passes, { resolvable: false }, []],
  ])('%s', async (_what, summary, state, expected) => {
    expect(await told(summary, state)).toEqual(expected);
  });

  test('is not opened again once the merge request is merged', async () => {
    expect(await told(fails, { resolved: true, resolvedById: 1 }, 'merged')).toEqual([]);
  });
});
