import { describe, expect, test } from 'vitest';
import { foundBaseline, noBaseline } from '../../../../src/baseline/found-baseline.ts';
import { heraldReportOf } from '../../../../src/baseline/herald-report.ts';
import { GitLabRefusedError } from '../../../../src/errors.ts';
import type { Decision } from '../../../../src/model/decision.ts';
import { createBaselineSearch } from '../../../../src/usecases/report/baseline/search.ts';
import { decisionOfBaseline } from '../../../../src/usecases/report/decisions/of-baseline.ts';
import { createTroubles } from '../../../../src/usecases/troubles.ts';
import { anEarlierRun, aSummary } from '../../../builders.ts';
import { aClock, aLog, connect } from '../../../gitlab/connect-for-test.ts';
import { mask } from '../../../mask.ts';

const summary = aSummary();
const report = JSON.stringify(heraldReportOf(summary, new Date(0), null));
const { sha } = summary.context.commit;

type Answer = string | null | Error;

/** The search, in which GitLab answers every request for a report alike. */
function searchIn(answer: Answer) {
  const decisions: Decision[] = [];
  const given = (): Promise<Uint8Array | null> =>
    answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve(answer === null ? null : new TextEncoder().encode(answer));
  const { gitlab } = connect();
  const search = createBaselineSearch(
    { projectId: 42, ref: 'main', jobName: 'herald' },
    {
      gitlab: { ...gitlab, fetchArtifactFile: given, fetchArtifactFileOfRef: given },
      log: aLog(),
      clock: aClock(),
      mask,
      troubles: createTroubles(aLog(), null),
      decide: (decision) => void decisions.push(decision),
    },
  );
  return { search, decisions };
}

const refusal = new GitLabRefusedError('GitLab refused it', { status: 403, request: 'GET /projects/42' });

describe('a candidate for the baseline', () => {
  test.each<{
    readonly outcome: string;
    readonly answer: Answer;
    readonly of?: string;
    readonly says: RegExp;
  }>([
    { outcome: 'found', answer: report, says: /pipeline \d+, commit/ },
    { outcome: 'not-found', answer: null, says: /^$/ },
    { outcome: 'unusable', answer: '{"schema":0}', says: /schema/ },
    { outcome: 'other-commit', answer: report, of: 'f'.repeat(40), says: /commit/ },
    { outcome: 'not-answered', answer: refusal, says: /refused/ },
  ])('is $outcome', async ({ outcome, answer, of = sha, says }) => {
    const { search, decisions } = searchIn(answer);
    await search.reportOfJob(7, of);
    expect(decisions).toMatchObject([{ about: 'baseline-candidate', what: 'the report of job 7', outcome }]);
    const [decision] = decisions;
    expect(decision?.about === 'baseline-candidate' ? (decision.reason ?? '') : 'no').toMatch(says);
  });

  test('is over-limit after four requests', async () => {
    const { search, decisions } = searchIn(null);
    for (let index = 0; index < 5; index += 1) await search.newestReport();
    expect(decisions.at(-1)).toMatchObject({
      outcome: 'over-limit',
      reason: 'the search for the baseline costs at most 4 requests',
    });
    expect(
      decisions.filter((one) => one.about === 'baseline-candidate' && one.outcome === 'not-found'),
    ).toHaveLength(4);
  });
});

describe('the baseline', () => {
  const run = anEarlierRun();

  test.each([
    { relation: 'exact', commits: 0, says: 'it ran for the wanted commit' },
    { relation: 'behind', commits: 3, says: '3 commits behind it' },
    { relation: 'behind', commits: null, says: 'nearest earlier run' },
    { relation: 'newest', commits: null, says: 'the newest one serves' },
    { relation: 'previous', commits: null, says: 'the run before this one' },
    { relation: 'given', commits: null, says: 'the option baseline' },
  ] as const)('is one that is $relation, $commits commits behind', ({ relation, commits, says }) => {
    const decision = decisionOfBaseline(foundBaseline(run, relation, commits));
    const { pipelineId } = run;
    expect(decision).toMatchObject({ pipelineId, sha: run.sha, relation, commitsBehind: commits });
    expect('reason' in decision ? decision.reason : null).toContain(says);
  });

  test('is none, and why', () => {
    expect(decisionOfBaseline(noBaseline({ kind: 'first-pipeline', ref: 'topic' }))).toMatchObject({
      pipelineId: null,
      relation: null,
      ref: null,
    });
  });
});
