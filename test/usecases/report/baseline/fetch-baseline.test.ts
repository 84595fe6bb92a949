import { describe, expect, test } from 'vitest';
import type { FoundBaseline } from '../../../../src/compare/compare-runs.ts';
import type { Context, MergeRequest } from '../../../../src/model/context.ts';
import type { Decision } from '../../../../src/model/decision.ts';
import { english } from '../../../../src/render/words/english.ts';
import { fetchBaseline } from '../../../../src/usecases/report/baseline/fetch-baseline.ts';
import { createTroubles } from '../../../../src/usecases/troubles.ts';
import { aContext, aMergeRequest } from '../../../builders.ts';
import { aClock, aLog, connect } from '../../../gitlab/connect-for-test.ts';
import { mask } from '../../../mask.ts';
import type { EmbeddedOptions } from '../../../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedState } from '../../../support/gitlab/state/state.ts';
import { aBranch, botToken, green, pipelineIdOf, type Run, serve, shaOf } from '../../target-branch.ts';

interface Asked {
  readonly mergeRequest?: MergeRequest | null;
  readonly context?: Context;
  readonly jobName?: string | null;
  readonly server?: Omit<EmbeddedOptions, 'state'>;
}

interface Answered {
  readonly found: FoundBaseline;
  readonly requests: readonly string[];
  readonly log: readonly string[];
}

/** Whatever is found: the record names what was wanted, and each question that was asked of GitLab. */
function expectEachRequestIn(decisions: readonly Decision[], requests: number): void {
  const asked = decisions.filter(
    (one) =>
      one.about === 'baseline-candidate' &&
      one.outcome !== 'over-limit' &&
      /^the (?!wanted commit)/.test(one.what),
  );
  expect(asked).toHaveLength(requests);
  if (requests > 0) expect(decisions[0]).toMatchObject({ about: 'baseline-wanted' });
}

/** The search over HTTP, with the client that Herald uses. */
async function search(state: EmbeddedState, asked: Asked): Promise<Answered> {
  const server = await serve(state, asked.server);
  const log = aLog();
  const { gitlab } = connect({
    apiUrl: server.apiUrl,
    token: { kind: 'bot', value: botToken, variable: 'HERALD_TOKEN' },
    log,
    limits: { maxTries: 1 },
  });
  const { mergeRequest = aMergeRequest(), context = aContext(), jobName = null } = asked;
  const decisions: Decision[] = [];
  const decide = (decision: Decision): void => void decisions.push(decision);
  const found = await fetchBaseline(
    { context, mergeRequest, jobName },
    { gitlab, log, clock: aClock(), mask, troubles: createTroubles(log, gitlab), decide },
  );
  expectEachRequestIn(decisions, server.requests.length);
  return { found, requests: server.requests.map(({ path }) => path), log: log.lines };
}

const from = (n: number): MergeRequest => aMergeRequest({ diffBaseSha: shaOf(n) });

/** What was found: pipeline, relation, commits behind, source. */
function origin({ found }: Answered): readonly (number | string | null)[] | string {
  if (found.earlier === null) return english.footer.missing(found.missing);
  const { pipelineId, relation, commitsBehind, source } = found.origin;
  return [(pipelineId - 2_000) / 10, relation, commitsBehind, source];
}

const rows: readonly {
  readonly name: string;
  readonly runs: readonly Run[];
  readonly base: number;
  readonly expected: readonly (number | string | null)[];
  /** When it does not depend on which earlier runs the newest report names. */
  readonly requests?: number;
}[] = [
  {
    name: 'the newest successful pipeline is that of the merge base: one request',
    runs: green(0, 59),
    base: 59,
    expected: [59, 'exact', 0, 'herald'],
    requests: 1,
  },
  {
    name: 'the branch moved on since: what came after the merge base is not compared with',
    runs: green(0, 59),
    base: 40,
    expected: [40, 'exact', 0, 'herald'],
  },
  {
    name: 'the merge base failed: its failures are known ones, not new ones',
    runs: green(0, 59, { 59: { status: 'failed' } }),
    base: 59,
    expected: [59, 'exact', 0, 'herald'],
    requests: 4,
  },
  {
    name: 'the merge base still runs, and the pipeline before it failed: the failed one, not the older green one',
    runs: green(0, 59, { 58: { status: 'failed' }, 59: { status: 'running', herald: 'not in it' } }),
    base: 59,
    expected: [58, 'behind', null, 'herald'],
    requests: 4,
  },
  {
    name: 'the merge base was canceled, though its Herald job had ended: a canceled pipeline is no whole run',
    runs: green(0, 59, { 59: { status: 'canceled' } }),
    base: 59,
    expected: [58, 'behind', 1, 'herald'],
    requests: 3,
  },
  {
    name: 'the merge base was skipped by [skip ci]: the one before it, one commit behind',
    runs: green(0, 59, { 59: { status: 'skipped', herald: 'not in it' } }),
    base: 59,
    expected: [58, 'behind', 1, 'herald'],
    requests: 3,
  },
  {
    name: 'the merge base was in the middle of a push and has no pipeline: the distance is counted in commits',
    runs: green(0, 50),
    base: 53,
    expected: [50, 'behind', 3, 'herald'],
    requests: 3,
  },
  {
    name: 'the artifacts of the merge base expired: the newest, which is said to be it',
    runs: green(0, 59, { 40: { herald: 'expired' } }),
    base: 40,
    expected: [59, 'newest', null, 'herald'],
  },
  {
    name: 'the Herald job of the merge base ran twice: the attempt that ended well',
    runs: green(0, 59, { 40: { herald: 'run twice' } }),
    base: 40,
    expected: [40, 'exact', 0, 'herald'],
  },
  {
    name: 'the Herald job of the merge base was run again and canceled: the attempt before',
    runs: green(0, 59, { 59: { status: 'failed', herald: 'canceled when run again' } }),
    base: 59,
    expected: [59, 'exact', 0, 'herald'],
    requests: 4,
  },
  {
    name: 'a schedule ran on the merge base later, without Herald: the push on the same commit',
    runs: [
      ...green(0, 58),
      { n: 59, status: 'failed' },
      { n: 60, sha: shaOf(59), status: 'failed', source: 'schedule', herald: 'not in it' },
    ],
    base: 59,
    expected: [59, 'exact', 0, 'herald'],
    requests: 4,
  },
  {
    name: 'a second pipeline of the merge base was canceled after its Herald job: the one that came to its end',
    runs: [...green(0, 58), { n: 59, status: 'failed' }, { n: 60, sha: shaOf(59), status: 'canceled' }],
    base: 59,
    expected: [59, 'exact', 0, 'herald'],
    requests: 4,
  },
  {
    name: 'the branch was always red: its failed run at the merge base',
    runs: green(0, 59).map((run) => ({ ...run, status: 'failed' })),
    base: 40,
    expected: [40, 'exact', 0, 'herald'],
    requests: 4,
  },
  {
    name: 'the job is not there (Herald is new, or was renamed): what GitLab itself knows of the merge base',
    runs: green(0, 59).map((run): Run => ({ ...run, herald: 'renamed' })),
    base: 40,
    expected: [40, 'exact', 0, 'gitlab'],
    requests: 4,
  },
  {
    name: 'the newest report is of another schema: what GitLab itself knows of the merge base',
    runs: green(0, 59).map((run): Run => ({ ...run, herald: 'old schema' })),
    base: 59,
    expected: [59, 'exact', 0, 'gitlab'],
    requests: 4,
  },
  {
    name: 'history was rewritten: the newest report is of a commit that the merge base does not stand on',
    runs: [...green(0, 40), { n: 58, sha: shaOf(58, 'd') }],
    base: 45,
    expected: [58, 'newest', null, 'herald'],
    requests: 3,
  },
];

describe('the baseline of a merge request', () => {
  test.each(rows)('$name', async ({ runs, base, expected, requests }) => {
    const answered = await search(aBranch(60, runs), { mergeRequest: from(base) });
    expect(origin(answered)).toEqual(expected);
    expect(answered.requests.length).toBeLessThanOrEqual(4);
    if (requests !== undefined) expect(answered.requests).toHaveLength(requests);
  });

  test('in a merged-results pipeline is that of the head of the target branch', async () => {
    const mergeRequest = aMergeRequest({ diffBaseSha: shaOf(10), targetSha: shaOf(59) });
    const answered = await search(aBranch(60, green(0, 59)), { mergeRequest });
    expect(origin(answered)).toEqual([59, 'exact', 0, 'herald']);
    expect(answered.requests).toHaveLength(1);
  });

  test('of a fork is that of the target project', async () => {
    const mergeRequest = aMergeRequest({
      project: 77,
      sourceProjectId: 42,
      fork: true,
      diffBaseSha: shaOf(3),
    });
    const answered = await search(aBranch(4, green(0, 3), 77), { mergeRequest });
    expect(origin(answered)).toEqual([3, 'exact', 0, 'herald']);
    expect(answered.requests[0]).toMatch(/^\/projects\/77\//);
  });

  test('is found under another name of the job, that of a matrix too', async () => {
    const runs = green(0, 3).map((run): Run => ({ ...run, herald: 'renamed' }));
    const renamed = await search(aBranch(4, runs), { mergeRequest: from(3), jobName: 'quality-report' });
    expect(origin(renamed)).toEqual([3, 'exact', 0, 'herald']);
    const state = aBranch(4, green(0, 3));
    const jobs = state.pipelines.flatMap((pipeline) => pipeline.jobs).filter(({ name }) => name === 'herald');
    for (const job of jobs) Object.assign(job, { name: 'herald: [a, b]' });
    const matrix = await search(state, { mergeRequest: from(3), jobName: 'herald: [a, b]' });
    expect(origin(matrix)).toEqual([3, 'exact', 0, 'herald']);
  });

  test('without a known merge base is the newest, and said to be', async () => {
    const answered = await search(aBranch(4, green(0, 3)), {
      mergeRequest: aMergeRequest({ diffBaseSha: null }),
    });
    expect(origin(answered)).toEqual([3, 'newest', null, 'herald']);
  });

  test('carries the tests and the average coverage that GitLab knows', async () => {
    const runs = green(0, 3).map((run): Run => ({ ...run, herald: 'not in it' }));
    const { found, log } = await search(aBranch(4, runs), { mergeRequest: from(3) });
    expect(found.earlier?.tests?.totals).toMatchObject({ total: 1, failed: 1 });
    expect(found.earlier?.coverage?.totals.lines).toEqual({ covered: 8_000, total: 10_000 });
    expect(log.join('\n')).toContain('has no job herald; if it was renamed, set baseline-job');
  });
});

describe('the baseline of a branch', () => {
  const onMain = (n: number): Asked => ({
    mergeRequest: null,
    context: aContext({
      commit: { sha: shaOf(n), branch: 'main', tag: null },
      pipeline: { ...aContext().pipeline, id: pipelineIdOf(n) },
    }),
  });
  const own: Run = { n: 59, status: 'running', herald: 'not in it' };

  test.each<{ name: string; runs: readonly Run[]; expected: number; requests: number }>([
    { name: 'is its pipeline before this one', runs: [...green(0, 58), own], expected: 58, requests: 2 },
    {
      name: 'is that one even when it failed: failing runs are the history that matters',
      runs: [...green(0, 58, { 58: { status: 'failed' } }), own],
      expected: 58,
      requests: 3,
    },
    {
      name: 'is not one that was canceled or still runs',
      runs: [...green(0, 58, { 57: { status: 'canceled' }, 58: { status: 'running' } }), own],
      expected: 56,
      requests: 2,
    },
    {
      name: 'is not one that started after this pipeline',
      runs: [...green(0, 58), own, { n: 60 }],
      expected: 58,
      requests: 3,
    },
    {
      name: 'is the newest successful one when the one before has no report',
      runs: [...green(0, 58, { 58: { status: 'failed', herald: 'not in it' } }), own],
      expected: 57,
      requests: 3,
    },
    {
      name: 'is the second before when a schedule without Herald came between',
      runs: [...green(0, 58, { 58: { source: 'schedule', herald: 'not in it' } }), own],
      expected: 57,
      requests: 4,
    },
  ])('$name', async ({ runs, expected, requests }) => {
    const answered = await search(aBranch(61, runs), onMain(59));
    expect(origin(answered)).toEqual([expected, 'previous', null, 'herald']);
    expect(answered.requests).toHaveLength(requests);
  });

  test('that is the default one is its own history, even with a merge request open from it', async () => {
    const answered = await search(aBranch(60, [...green(0, 58), own]), {
      ...onMain(59),
      mergeRequest: aMergeRequest({ sourceBranch: 'main', targetBranch: 'production' }),
    });
    expect(origin(answered)).toEqual([58, 'previous', null, 'herald']);
  });

  test('is none in its first pipeline', async () => {
    expect(origin(await search(aBranch(60, [own]), onMain(59)))).toBe(
      'this is the first pipeline of main to finish',
    );
  });

  test('is none on a tag, and nothing is asked', async () => {
    const context = aContext({ commit: { sha: shaOf(1), branch: null, tag: 'v1' } });
    const answered = await search(aBranch(2, []), { mergeRequest: null, context });
    expect(origin(answered)).toBe('a tag has no target branch to compare with');
    expect(answered.requests).toEqual([]);
  });
});

describe('when GitLab does not answer as hoped', () => {
  const refuse =
    (status: number, pattern: RegExp): NonNullable<EmbeddedOptions['beforeRequest']> =>
    ({ path }) =>
      pattern.test(path) ? { status, body: { message: `${status}` } } : undefined;

  test('a token that is not known is asked about once', async () => {
    const answered = await search(aBranch(4, green(0, 3)), {
      mergeRequest: from(3),
      server: { beforeRequest: refuse(401, /./) },
    });
    expect(origin(answered)).toBe('GitLab did not return the report of main');
    expect(answered.requests).toHaveLength(1);
  });

  test('a GitLab that fails is not asked again', async () => {
    const answered = await search(aBranch(4, green(0, 3)), {
      mergeRequest: from(2),
      server: { beforeRequest: refuse(503, /./) },
    });
    expect(origin(answered)).toBe('GitLab did not return the report of main');
    expect(answered.requests).toHaveLength(1);
  });

  test('a token that may not list pipelines (a job token) still finds the job of the commit', async () => {
    const answered = await search(aBranch(4, green(0, 3, { 2: { status: 'failed' } })), {
      mergeRequest: from(2),
      server: { beforeRequest: refuse(403, /\/pipelines$/) },
    });
    expect(origin(answered)).toEqual([2, 'exact', 0, 'herald']);
  });

  test('on a branch without the right to list pipelines the newest successful one serves', async () => {
    const answered = await search(aBranch(4, green(0, 2)), {
      mergeRequest: null,
      context: aContext({
        commit: { sha: shaOf(3), branch: 'main', tag: null },
        pipeline: { ...aContext().pipeline, id: pipelineIdOf(3) },
      }),
      server: { beforeRequest: refuse(403, /\/pipelines$/) },
    });
    expect(origin(answered)).toEqual([2, 'previous', null, 'herald']);
  });

  test('a GitLab that fails on the way is not asked again, and what is in hand serves', async () => {
    const answered = await search(aBranch(4, green(0, 3, { 2: { status: 'failed' } })), {
      mergeRequest: from(2),
      server: { beforeRequest: refuse(503, /\/pipelines$/) },
    });
    expect(origin(answered)).toEqual([3, 'newest', null, 'herald']);
    expect(answered.requests).toHaveLength(2);
  });

  test('on a branch a report of a later pipeline is not an earlier run', async () => {
    const answered = await search(aBranch(5, green(0, 4)), {
      mergeRequest: null,
      context: aContext({
        commit: { sha: shaOf(3), branch: 'main', tag: null },
        pipeline: { ...aContext().pipeline, id: pipelineIdOf(3) },
      }),
      server: { beforeRequest: refuse(403, /\/pipelines$/) },
    });
    expect(origin(answered)).toBe('GitLab did not return the report of main');
  });

  test('no pipeline has finished: that is the reason', async () => {
    const runs: Run[] = [{ n: 1, status: 'running', herald: 'not in it' }];
    expect(origin(await search(aBranch(2, runs), { mergeRequest: from(1) }))).toBe(
      'no pipeline of main has finished yet',
    );
  });

  test('neither Herald nor GitLab knows anything: the job is named, with what to set', async () => {
    const state = aBranch(2, [{ n: 1, herald: 'not in it' }]);
    state.pipelines.splice(0, 1, ...state.pipelines.map((one) => ({ ...one, jobs: [], test_report: null })));
    expect(origin(await search(state, { mergeRequest: from(1) }))).toBe(
      'pipeline 2010 of main has no job herald; if it was renamed, set baseline-job',
    );
  });

  test('a report that names another commit than its pipeline is not believed', async () => {
    const state = aBranch(4, green(0, 3, { 2: { status: 'failed' } }));
    const job = state.pipelines.flatMap(({ jobs }) => jobs).find(({ id }) => id === pipelineIdOf(2) + 1);
    const text = job?.artifacts.get('herald-report.json') ?? '';
    job?.artifacts.set('herald-report.json', text.replaceAll(shaOf(2), shaOf(1)));
    const answered = await search(state, { mergeRequest: from(2) });
    expect(origin(answered)).toEqual([3, 'newest', null, 'herald']);
    expect(answered.log.join('\n')).toContain(`it belongs to the commit ${shaOf(1)}`);
  });
});
