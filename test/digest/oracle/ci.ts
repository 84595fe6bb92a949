/** Pipelines, jobs and tests as the definitions have them. */
import type { HistoryJob, HistoryPipeline, ProjectHistory } from '../../../src/model/project-history.ts';
import { type Answer, type Asked, count, inside, medianOver, type Oracle, share, sum } from './answer.ts';

const listed = ({ history, span }: Asked): HistoryPipeline[] =>
  history.pipelines.filter(
    ({ source, createdAt }) => source !== 'parent_pipeline' && inside(createdAt, span),
  );

const finished = (asked: Asked): HistoryPipeline[] =>
  listed(asked).filter(({ status }) => ['success', 'failed', 'canceled', 'skipped'].includes(status));

const jobsOf = ({ jobs }: ProjectHistory, { id }: HistoryPipeline): HistoryJob[] =>
  jobs.filter(({ pipelineId }) => pipelineId === id);

const areJobsKnown = ({ read }: ProjectHistory, { createdAt }: HistoryPipeline): boolean =>
  (read.jobs.from === null || read.jobs.from <= createdAt) && createdAt < read.jobs.until;

const isRetried = ({ jobs }: ProjectHistory, job: HistoryJob): boolean =>
  jobs.some(({ pipelineId, name, id }) => pipelineId === job.pipelineId && name === job.name && id > job.id);

/** A failed attempt, and a later success of the same name: in its pipeline, or another one of the same commit. */
function isFlaky({ jobs, pipelines }: ProjectHistory, job: HistoryJob): boolean {
  const own = pipelines.find(({ id }) => id === job.pipelineId);
  return (
    job.status === 'failed' &&
    jobs.some((later) => {
      if (later.name !== job.name || later.status !== 'success' || later.id <= job.id) return false;
      if (later.pipelineId === job.pipelineId) return true;
      const other = pipelines.find(({ id }) => id === later.pipelineId);
      if (own === undefined || other === undefined || own.source === 'parent_pipeline') return false;
      return own.sha === other.sha && own.ref === other.ref && own.source === other.source;
    })
  );
}

function minutes(job: HistoryJob): number {
  if (job.durationSeconds !== null) return Math.max(0, job.durationSeconds) / 60;
  if (job.startedAt === null || job.finishedAt === null) return 0;
  return Math.max(0, job.finishedAt - job.startedAt) / 60_000;
}

/** Second by second: was a job running, or one waiting for a runner after the first had started? */
function duration(jobs: readonly HistoryJob[]): number | null {
  const spans = jobs.flatMap(({ startedAt, finishedAt, queuedSeconds }) =>
    startedAt === null || finishedAt === null || finishedAt < startedAt
      ? []
      : [{ from: startedAt - Math.max(0, queuedSeconds ?? 0) * 1000, startedAt, until: finishedAt }],
  );
  if (spans.length === 0) return null;
  const begin = Math.min(...spans.map(({ startedAt }) => startedAt));
  const edges = [...new Set([begin, ...spans.flatMap(({ from, until }) => [from, until])])]
    .filter((edge) => edge >= begin)
    .sort((one, other) => one - other);
  let busy = 0;
  edges.forEach((edge, index) => {
    const next = edges[index + 1];
    if (next !== undefined && spans.some(({ from, until }) => from <= edge && next <= until))
      busy += next - edge;
  });
  return busy / 1000;
}

function endOf(history: ProjectHistory, pipeline: HistoryPipeline): number | null {
  const ends = areJobsKnown(history, pipeline)
    ? jobsOf(history, pipeline).flatMap(({ finishedAt }) => finishedAt ?? [])
    : [];
  return ends.length > 0 ? Math.max(...ends) : pipeline.updatedAt;
}

/** State of the default branch as a list of changes. */
function states(history: ProjectHistory): { at: number; red: boolean }[] {
  const results = history.pipelines
    .filter(
      ({ ref, source, status }) =>
        ref === history.project.defaultBranch &&
        source !== 'merge_request_event' &&
        source !== 'parent_pipeline' &&
        ['success', 'failed'].includes(status),
    )
    .flatMap((pipeline) => {
      const at = endOf(history, pipeline);
      return at === null ? [] : [{ id: pipeline.id, at, red: pipeline.status === 'failed' }];
    });
  return [...new Set(results.map(({ at }) => at))]
    .sort((one, other) => one - other)
    .flatMap((moment) => {
      // The newest pipeline that has finished by then decides.
      const [newest] = results.filter(({ at }) => at <= moment).sort((one, other) => other.id - one.id);
      return newest === undefined ? [] : [{ at: moment, red: newest.red }];
    });
}

function redTimes(history: ProjectHistory): { from: number; until: number | null }[] {
  const found: { from: number; until: number | null }[] = [];
  for (const { at, red } of states(history)) {
    const last = found.at(-1);
    const isRed = last?.until === null;
    if (red && !isRed) found.push({ from: at, until: null });
    if (!red && isRed) last.until = at;
  }
  return found;
}

const superseded = (asked: Asked): HistoryJob[] => {
  const { history } = asked;
  const all = history.pipelines.filter(({ source }) => source !== 'parent_pipeline');
  return all.flatMap((pipeline, index) => {
    if (pipeline.status !== 'canceled' || !areJobsKnown(history, pipeline)) return [];
    const end = [endOf(history, pipeline), pipeline.updatedAt].filter((moment) => moment !== null);
    const next = all
      .slice(index + 1)
      .find(({ ref, source }) => ref === pipeline.ref && source === pipeline.source);
    if (next === undefined || (end.length > 0 && next.createdAt > Math.max(...end))) return [];
    return jobsOf(history, pipeline).filter(({ createdAt }) => inside(createdAt, asked.span));
  });
};

const inSpan = ({ history, span }: Asked): HistoryJob[] =>
  history.jobs.filter(({ createdAt }) => inside(createdAt, span));

const minutesOver = (jobs: readonly HistoryJob[]): Answer =>
  sum(jobs.map(minutes).filter((weight) => weight > 0));

const outside = new Set([
  'runner_system_failure',
  'stuck_or_timeout_failure',
  'scheduler_failure',
  'api_failure',
]);

function cause(history: ProjectHistory, job: HistoryJob): string {
  if (job.cause === 'infrastructure' || outside.has(job.failureReason ?? '')) return 'infrastructure';
  if (isFlaky(history, job)) return 'flaky';
  return job.cause ?? 'unknown';
}

const failures = (asked: Asked): HistoryJob[] =>
  inSpan(asked).filter(({ status, allowFailure }) => status === 'failed' && !allowFailure);

function coverageRuns(history: ProjectHistory): { at: number; percent: number | null }[] {
  if (history.tests !== null)
    return history.tests.runs.map(({ at, coveragePercent }) => ({ at, percent: coveragePercent }));
  return history.pipelines.flatMap((pipeline) => {
    const { ref, source, createdAt } = pipeline;
    if (
      ref !== history.project.defaultBranch ||
      source === 'merge_request_event' ||
      source === 'parent_pipeline'
    )
      return [];
    const covered = jobsOf(history, pipeline).flatMap((job) =>
      isRetried(history, job) || job.coverage === null ? [] : [job.coverage],
    );
    if (covered.length === 0) return [];
    return [
      { at: createdAt, percent: covered.reduce((total, percent) => total + percent, 0) / covered.length },
    ];
  });
}

export const ci: Oracle = {
  pipelines: (asked) => count(listed(asked)),
  'pipeline-success': (asked) => share(finished(asked).map(({ status }) => status === 'success')),
  'pipeline-failure': (asked) => share(finished(asked).map(({ status }) => status === 'failed')),
  'first-attempt-success': (asked) =>
    share(
      finished(asked).map((pipeline) => {
        if (!areJobsKnown(asked.history, pipeline)) return null;
        const jobs = jobsOf(asked.history, pipeline);
        if (jobs.length === 0 && pipeline.status === 'success') return null;
        return pipeline.status === 'success' && !jobs.some((job) => isRetried(asked.history, job));
      }),
    ),
  'pipeline-duration': (asked) =>
    medianOver(
      finished(asked)
        .filter(({ status }) => status === 'success' || status === 'failed')
        .map((pipeline) =>
          areJobsKnown(asked.history, pipeline) ? duration(jobsOf(asked.history, pipeline)) : null,
        ),
    ),
  'queue-time': (asked) =>
    medianOver(
      inSpan(asked)
        .filter(({ startedAt }) => startedAt !== null)
        .map(({ queuedSeconds }) => queuedSeconds),
    ),
  'default-branch-red': ({ history, span }) => {
    const [known] = states(history);
    const end = Math.min(span.until, history.read.pipelines.until);
    if (known === undefined) return { timePart: 0, timeWhole: 0 };
    const red = redTimes(history).map(({ from, until }) =>
      Math.max(0, Math.min(end, until ?? end) - Math.max(span.from, from)),
    );
    return {
      timePart: red.reduce((total, time) => total + time, 0),
      timeWhole: Math.max(0, end - Math.max(span.from, known.at)),
    };
  },
  'time-to-green': ({ history, span }) =>
    medianOver(
      redTimes(history)
        .filter(({ from, until }) => inside(until ?? from, span))
        .map(({ from, until }) => (until === null ? null : (until - from) / 1000)),
    ),
  'ci-minutes': (asked) => minutesOver(inSpan(asked)),
  'minutes-lost-to-retries': (asked) =>
    minutesOver(inSpan(asked).filter((job) => job.status === 'failed' && isRetried(asked.history, job))),
  'minutes-lost-to-superseded': (asked) => minutesOver(superseded(asked)),
  'flaky-job-runs': (asked) => {
    const { history, span } = asked;
    const ofRun = (job: HistoryJob): HistoryJob[] =>
      history.jobs.filter(({ pipelineId, name }) => pipelineId === job.pipelineId && name === job.name);
    const firsts = history.jobs.filter((job) => ofRun(job)[0] === job && inside(job.createdAt, span));
    return share(
      firsts
        .map(ofRun)
        .filter((run) => run.some(({ status }) => status === 'success' || status === 'failed'))
        .map((run) => run.some((job) => isFlaky(history, job))),
    );
  },
  'job-failures': (asked) => count(failures(asked)),
  ...Object.fromEntries(
    ['code', 'test', 'flaky', 'infrastructure', 'unknown'].map((name) => [
      `job-failures-by-${name}`,
      (asked: Asked) => count(failures(asked).filter((job) => cause(asked.history, job) === name)),
    ]),
  ),
  'flaky-tests': ({ history: { tests } }) =>
    tests === null ? { none: true } : count(tests.tests.filter(({ isFlaky: flaky }) => flaky)),
  'failing-tests': ({ history: { tests } }) =>
    tests === null
      ? { none: true }
      : count(tests.tests.filter(({ isFlaky: flaky, failedRuns }) => !flaky && failedRuns > 0)),
  coverage: ({ history, span }) => {
    const { tests, read } = history;
    if (tests === null && !(read.jobs.usable && read.pipelines.usable)) return { none: true };
    return medianOver(
      coverageRuns(history)
        .filter(({ at }) => inside(at, span))
        .map(({ percent }) => percent),
    );
  },
  'test-time': ({ history, span }) =>
    medianOver(
      (history.tests?.runs ?? []).filter(({ at }) => inside(at, span)).map(({ testSeconds }) => testSeconds),
    ),
};
