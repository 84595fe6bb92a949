import type {
  HistoryCommit,
  HistoryDeployment,
  HistoryIssue,
  HistoryJob,
  HistoryMergeRequest,
  HistoryPipeline,
  HistoryRelease,
  HistoryTag,
  Instant,
} from '../model/project-history.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A row of numbers from 0 to 1 that is the same for the same seed: mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface MadeUpProject {
  readonly id: number;
  readonly path: string;
  readonly url: string;
  readonly seed: number;
  readonly from: Instant;
  readonly until: Instant;
  /** Merge requests a week; pipelines and jobs follow from it. */
  readonly mergedPerWeek: number;
}

const jobNames = [
  ['build', 'build', 180],
  ['lint', 'test', 60],
  ['unit-tests', 'test', 300],
  ['e2e', 'test', 700],
  ['deploy', 'deploy', 120],
] as const;

export interface Making {
  readonly project: MadeUpProject;
  readonly random: () => number;
  /** Between the two, most often near the lower one, as times of people are. */
  skewed(low: number, high: number): number;
  shaOf(index: number): string;
}

export function pick<T>(items: readonly T[], { random }: Making, otherwise: T): T {
  return items[Math.floor(random() * items.length)] ?? otherwise;
}

export interface Made {
  readonly mergeRequests: HistoryMergeRequest[];
  readonly commits: HistoryCommit[];
  readonly pipelines: HistoryPipeline[];
  readonly jobs: HistoryJob[];
  readonly deployments: HistoryDeployment[];
  readonly issues: HistoryIssue[];
  readonly tags: HistoryTag[];
  readonly releases: HistoryRelease[];
}

interface Run {
  readonly id: number;
  readonly at: Instant;
  readonly ref: string;
  readonly sha: string;
  readonly source: string;
}

interface MadeJob {
  readonly run: Run;
  readonly index: number;
  /** 0 at the beginning of the history, 1 at its end. */
  readonly share: number;
}

/** The attempts of one job, one after another from then on. */
function attemptsOf({ run, index, share }: MadeJob, start: Instant, making: Making): readonly HistoryJob[] {
  const [name, stage, seconds] = jobNames[index] ?? jobNames[0];
  const { random, skewed } = making;
  // The end-to-end tests are flaky, and get slower through the year.
  const isSlow = name === 'e2e';
  const duration = Math.round(seconds * (isSlow ? 1 + share : 1) * (0.8 + skewed(0, 0.8)));
  const fails = random() < (isSlow ? 0.1 : 0.03);
  const isRetried = fails && random() < 0.6;
  const statuses = isRetried ? ['failed', 'success'] : [fails ? 'failed' : 'success'];
  let begin = start;
  return statuses.map((status, attempt): HistoryJob => {
    const queuedSeconds = Math.round(skewed(1, 45));
    const startedAt = begin + queuedSeconds * 1_000;
    const finishedAt = startedAt + duration * 1_000;
    begin = finishedAt;
    const hasFailed = status === 'failed';
    return {
      id: run.id * 100 + index * 10 + attempt,
      pipelineId: run.id,
      name,
      stage,
      status,
      allowFailure: false,
      failureReason: hasFailed ? 'script_failure' : null,
      createdAt: run.at,
      startedAt,
      finishedAt,
      durationSeconds: duration,
      queuedSeconds,
      coverage: name === 'unit-tests' ? 78 + share * 5 : null,
      cause: !hasFailed ? null : stage === 'test' ? 'test' : 'code',
    };
  });
}

/** A pipeline with its jobs, which ends with the first job that fails for good. Its end and its result. */
export function addPipeline(
  run: Run,
  made: Made,
  making: Making,
): { readonly end: Instant; readonly passed: boolean } {
  const { project, skewed } = making;
  const share = (run.at - project.from) / (project.until - project.from);
  let end = run.at + Math.round(skewed(2, 40)) * 1_000;
  let passed = true;
  for (const [index, [name]] of jobNames.entries()) {
    if (name === 'deploy' && run.ref !== 'main') continue;
    const attempts = attemptsOf({ run, index, share }, end, making);
    made.jobs.push(...attempts);
    const last = attempts.at(-1);
    end = last?.finishedAt ?? end;
    passed = last?.status === 'success';
    if (!passed) break;
  }
  made.pipelines.push({
    id: run.id,
    url: `${project.url}/-/pipelines/${run.id}`,
    status: passed ? 'success' : 'failed',
    source: run.source,
    ref: run.ref,
    sha: run.sha,
    createdAt: run.at,
    updatedAt: end,
  });
  return { end, passed };
}

/** A release every fortnight. */
export function addReleases(made: Made, { project, shaOf }: Making): void {
  let minor = 0;
  for (let at = project.from + 14 * day; at < project.until; at += 14 * day) {
    const tag = `v1.${minor}`;
    made.tags.push({ name: tag, at, sha: shaOf(minor) });
    made.releases.push({
      tag,
      name: tag,
      url: `${project.url}/-/releases/${tag}`,
      releasedAt: at,
      sha: shaOf(minor),
    });
    minor += 1;
  }
}
