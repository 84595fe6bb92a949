import { describe, expect, test } from 'vitest';
import type { FoundBaseline } from '../../../../src/compare/compare-runs.ts';
import type { EarlierRun } from '../../../../src/model/earlier-run.ts';
import type { HistoryRun } from '../../../../src/model/history.ts';
import { english } from '../../../../src/render/words/english.ts';
import { baselineOfMergeRequest } from '../../../../src/usecases/report/baseline/of-merge-request.ts';
import type { BaselineSearch } from '../../../../src/usecases/report/baseline/search.ts';
import { createTroubles } from '../../../../src/usecases/troubles.ts';
import { anEarlierRun } from '../../../builders.ts';
import { aClock, aLog, connect } from '../../../gitlab/connect-for-test.ts';
import { mask } from '../../../mask.ts';
import { pipelineIdOf, shaOf } from '../../target-branch.ts';

const runOf = (n: number, sha = shaOf(n)): EarlierRun => anEarlierRun({ sha, pipelineId: pipelineIdOf(n) });

const recorded = (n: number, sha = shaOf(n)): HistoryRun => ({
  pipelineId: pipelineIdOf(n),
  jobId: pipelineIdOf(n) + 1,
  sha,
  createdAt: '2026-03-04T08:00:00Z',
  tests: null,
  coveragePercent: null,
  findings: null,
  pipelineSeconds: null,
});

interface Known {
  readonly newest: EarlierRun;
  /** Numbers of the runs whose report is still there. */
  readonly kept: readonly number[];
  /** Commits 0 to this one are the merge base's history. */
  readonly base: number;
}

/** A branch of which the newest report names the earlier runs; questions are counted as requests are. */
async function search({
  newest,
  kept,
  base,
}: Known): Promise<{ found: FoundBaseline; asked: readonly string[] }> {
  const asked: string[] = [];
  const answer = <T>(what: string, value: T): Promise<T | null> => {
    asked.push(what);
    return Promise.resolve(asked.length > 4 ? null : value);
  };
  const fake: BaselineSearch = {
    target: { projectId: 42, ref: 'main', jobName: 'herald' },
    world: {
      gitlab: connect().gitlab,
      log: aLog(),
      clock: aClock(),
      mask,
      troubles: createTroubles(aLog(), null),
    },
    hadTrouble: () => false,
    newestReport: () => answer('newest', newest),
    reportOfJob: (jobId, sha) => {
      const n = (jobId - 2_001) / 10;
      return answer(`report ${String(n)}`, kept.includes(n) ? runOf(n, sha) : null);
    },
    pipelines: () => answer('pipelines', []),
    jobsOfPipeline: () => answer('jobs', []),
    jobsOfCommit: () => answer('jobs of commit', []),
    ancestors: () =>
      answer(
        'ancestors',
        Array.from({ length: base + 1 }, (_unused, index) => ({
          sha: shaOf(base - index),
          parents: base === index ? [] : [shaOf(base - index - 1)],
        })),
      ),
    testReport: () => answer('test report', null),
  };
  return { found: await baselineOfMergeRequest(fake, shaOf(base)), asked };
}

const newest = { ...runOf(9), runs: [9, 8, 7, 6, 3].map((n) => recorded(n)) };

describe('the runs that the newest report names', () => {
  test.each<{
    name: string;
    known: Known;
    expected: readonly (number | string | null)[];
    asked: readonly string[];
  }>([
    {
      name: 'lead to the merge base with one request more',
      known: { newest, kept: [7], base: 7 },
      expected: [7, 'exact', 0],
      asked: ['newest', 'report 7'],
    },
    {
      name: 'of the same commit are tried one after the other',
      known: { newest: { ...newest, runs: [recorded(8, shaOf(7)), recorded(7)] }, kept: [7], base: 7 },
      expected: [7, 'exact', 0],
      asked: ['newest', 'report 8', 'report 7'],
    },
    {
      name: 'give the one before when that of the merge base is gone',
      known: { newest, kept: [6], base: 7 },
      expected: [6, 'behind', 1],
      asked: ['newest', 'report 7', 'report 6', 'ancestors'],
    },
    {
      name: 'are let be after two that are gone: the older, the surer',
      known: { newest, kept: [3], base: 7 },
      expected: [9, 'newest', null],
      asked: ['newest', 'report 7', 'report 6'],
    },
    {
      name: 'lead to the nearest commit before a merge base without a pipeline, not to the newest report',
      known: { newest, kept: [3], base: 5 },
      expected: [3, 'behind', 2],
      asked: ['newest', 'pipelines', 'ancestors', 'report 3'],
    },
    {
      name: 'are not asked for when none is of the history of the merge base',
      known: { newest, kept: [3], base: 2 },
      expected: [9, 'newest', null],
      asked: ['newest', 'pipelines', 'ancestors'],
    },
    {
      name: 'are not believed when they are of a commit that was force-pushed away',
      known: { newest: { ...newest, runs: [recorded(7), recorded(6, shaOf(6, 'd'))] }, kept: [6], base: 7 },
      expected: [9, 'newest', null],
      asked: ['newest', 'report 7', 'report 6', 'ancestors'],
    },
  ])('$name', async ({ known, expected, asked }) => {
    const result = await search(known);
    if (result.found.earlier === null) throw new Error(english.footer.missing(result.found.missing));
    const { pipelineId, relation, commitsBehind } = result.found.origin;
    expect([(pipelineId - 2_000) / 10, relation, commitsBehind]).toEqual(expected);
    expect(result.asked).toEqual(asked);
  });
});
