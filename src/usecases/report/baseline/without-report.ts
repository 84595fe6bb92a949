import { isFinished, placeInBranch } from '../../../baseline/choose-baseline.ts';
import { earlierRunOfGitLab } from '../../../baseline/earlier-run-of-gitlab.ts';
import { foundBaseline, noBaseline } from '../../../baseline/found-baseline.ts';
import type { FoundBaseline } from '../../../compare/compare-runs.ts';
import type { ArchivedJob } from '../../../gitlab/ports/port.ts';
import type { MissingBaseline, UnusableReport } from '../../../model/comparison.ts';
import type { EarlierRun } from '../../../model/earlier-run.ts';
import type { Pipeline } from '../../../model/pipeline.ts';
import { english } from '../../../render/words/english.ts';
import { fromGitLabTestReport } from '../../../reports/gitlab-test-report.ts';
import type { BaselineSearch } from './search.ts';

interface Wanted {
  readonly wanted: string | null;
  /** Why the newest report cannot be compared with; null when there is none. */
  readonly unusable: UnusableReport | null;
}

/**
 * The baseline where the newest successful pipeline has no report to compare with: the target branch is always red,
 * Herald is new there, or its job has another name. One pipeline is looked at: for its report, else for what GitLab
 * itself knows of it.
 */
export async function baselineWithoutReport(
  search: BaselineSearch,
  { wanted, unusable }: Wanted,
): Promise<FoundBaseline> {
  const { ref } = search.target;
  const refused = noBaseline({ kind: 'not-returned', ref });
  if (search.hadTrouble()) return refused;
  const pipelines = await search.pipelines();
  if (pipelines === null) return refused;
  const choice = choosePipeline(wanted, pipelines);
  if (choice === null) return noBaseline({ kind: 'none-finished', ref });
  const { pipeline, relation } = choice;
  search.world.decide?.({
    about: 'baseline-candidate',
    what: `a finished pipeline of ${ref}`,
    outcome: 'found',
    reason: `pipeline ${pipeline.id}, ${relationWords[relation]}`,
  });
  const jobs = await search.jobsOfPipeline(pipeline.id);
  if (jobs === null) return refused;
  const attempt = attemptWithArchive(jobs, search);
  const run =
    attempt === null || unusable !== null
      ? await gitLabRun(search, pipeline, jobs)
      : await search.reportOfJob(attempt.id, pipeline.sha);
  const reason = whyNone({ pipeline, jobs, unusable }, search);
  if (run === null) return noBaseline(reason);
  if (run.source === 'gitlab') {
    const why = english.footer.missing(reason);
    search.world.log.info(`baseline: GitLab's own test report, because ${why}`);
  }
  return foundBaseline(run, relation);
}

const relationWords = {
  exact: 'which ran for the wanted commit',
  behind: 'which is the nearest one before the wanted commit',
  newest: 'which is the newest one',
} as const;

function choosePipeline(
  wanted: string | null,
  pipelines: readonly Pipeline[],
): { readonly pipeline: Pipeline; readonly relation: keyof typeof relationWords } | null {
  const place = wanted === null ? null : placeInBranch(wanted, pipelines);
  if (place?.kind === 'listed') {
    const [exact] = place.exact;
    if (exact !== undefined) return { pipeline: exact, relation: 'exact' };
    if (place.before !== null) return { pipeline: place.before, relation: 'behind' };
  }
  const newest = pipelines.find(isFinished);
  return newest === undefined ? null : { pipeline: newest, relation: 'newest' };
}

/**
 * The newest attempt whose archive is alive by its date, else the newest that has one: GitLab keeps some beyond their
 * date.
 */
function attemptWithArchive(jobs: readonly ArchivedJob[], search: BaselineSearch): ArchivedJob | null {
  const now = search.world.clock.now().getTime();
  const kept = jobs.filter((job) => job.name === search.target.jobName && job.hasArchive && isFinished(job));
  const alive = kept.find(
    ({ archiveExpiresAt }) => archiveExpiresAt === null || Date.parse(archiveExpiresAt) > now,
  );
  return alive ?? kept[0] ?? null;
}

/** What GitLab itself knows of a pipeline: the tests of its JUnit reports, the coverage of its jobs. */
async function gitLabRun(
  search: BaselineSearch,
  pipeline: Pipeline,
  jobs: readonly ArchivedJob[],
): Promise<EarlierRun | null> {
  const answer = await search.testReport(pipeline.id);
  const { log, mask } = search.world;
  const tests = answer === null ? null : fromGitLabTestReport(answer, { warn: log.debug, mask });
  const latest = new Map<string, number>();
  // Newest first: of each job the last attempt counts.
  for (const { name, coverage } of jobs) {
    if (coverage !== null && !latest.has(name)) latest.set(name, coverage);
  }
  return earlierRunOfGitLab(pipeline, tests, [...latest.values()]);
}

function whyNone(
  {
    pipeline,
    jobs,
    unusable,
  }: { pipeline: Pipeline; jobs: readonly ArchivedJob[]; unusable: UnusableReport | null },
  { target: { ref, jobName } }: BaselineSearch,
): MissingBaseline {
  if (unusable !== null) return { kind: 'unusable', ref, why: unusable };
  return jobs.some(({ name }) => name === jobName)
    ? { kind: 'not-kept', ref, pipelineId: pipeline.id }
    : { kind: 'no-job', ref, pipelineId: pipeline.id, jobName };
}
