import type { GitLab } from '../../../gitlab/ports/port.ts';
import type { Span } from '../../../model/digest.ts';
import type { HistoryJob, Instant } from '../../../model/project-history.ts';
import { needsNoTrace } from '../../../traces/failure-reasons.ts';
import type { Allowance } from './allowance.ts';
import { type Cause, causeInLog, type LogReading } from './cause-in-log.ts';
import { readPages } from './read-pages.ts';

/** The jobs that fail most; of each the newest logs are read. */
const worstJobs = 3;

/** 300 pipelines. */
const maxSuitePages = 3;

export interface CausesReading extends LogReading {
  readonly gitlab: Pick<GitLab, 'fetchFailedSuitePages' | 'readTrace' | 'tokenKind'>;
  readonly jobs: readonly HistoryJob[];
  /** The period. */
  readonly span: Span;
  /** From when on reports of tests are asked for; null = not at all. */
  readonly suitesSince: Instant | null;
  /** How many logs may be read. */
  readonly logs: number;
}

/**
 * Failures that count and of which nobody knows the cause: another attempt did not pass, and the reason is not enough.
 */
export function failuresToExplain(jobs: readonly HistoryJob[]): readonly HistoryJob[] {
  const passed = new Map<string, number>();
  const keyOf = ({ pipelineId, name }: HistoryJob): string => `${pipelineId}\n${name}`;
  for (const job of jobs) if (job.status === 'success') passed.set(keyOf(job), job.id);
  return jobs.filter(
    (job) =>
      job.status === 'failed' &&
      !job.allowFailure &&
      job.cause === null &&
      !needsNoTrace(job) &&
      (passed.get(keyOf(job)) ?? 0) < job.id,
  );
}

/** The logs to read: of the jobs that fail most, in turn, the newest first. */
export function logsToRead(failures: readonly HistoryJob[], count: number): readonly HistoryJob[] {
  const byName = new Map<string, HistoryJob[]>();
  for (const job of failures) {
    const jobs = byName.get(job.name) ?? [];
    byName.set(job.name, jobs);
    jobs.push(job);
  }
  const worst = [...byName.values()].sort((a, b) => b.length - a.length).slice(0, worstJobs);
  const turns = Array.from({ length: count }, (_, turn) => worst.flatMap((jobs) => jobs.at(-1 - turn) ?? []));
  return turns.flat().slice(0, count);
}

/** Jobs in whose reports tests failed. Where a suite is of several jobs that failed, nobody knows of which. */
async function readSuites(
  { gitlab, of, suitesSince }: CausesReading,
  failures: readonly HistoryJob[],
  allowance: Allowance,
): Promise<ReadonlyMap<number, Cause>> {
  const causes = new Map<number, Cause>();
  if (suitesSince === null || failures.length === 0) return causes;
  const ids = new Set(failures.map(({ id }) => id));
  let pages = 0;
  await readPages(gitlab.fetchFailedSuitePages(of, suitesSince), allowance, ({ rows }) => {
    for (const { jobIds } of rows) {
      const failed = jobIds.filter((id) => ids.has(id));
      const [only] = failed;
      if (failed.length === 1 && only !== undefined) causes.set(only, 'test');
    }
    pages += 1;
    return pages >= maxSuitePages ? 'enough' : 'more';
  });
  return causes;
}

/**
 * Why jobs failed, as far as their reports of tests and some logs say; by the ids of jobs. What cannot be read leaves
 * causes unknown, and costs nothing else.
 */
export async function readCauses(
  wish: CausesReading,
  allowance: Allowance,
): Promise<ReadonlyMap<number, Cause>> {
  const failures = failuresToExplain(wish.jobs);
  const causes = new Map(await readSuites(wish, failures, allowance));
  // GitLab shows no log to a job's own token.
  if (wish.gitlab.tokenKind === 'job') return causes;
  const { from, until } = wish.span;
  const open = failures.filter(({ id, createdAt: at }) => !causes.has(id) && at >= from && at < until);
  for (const job of logsToRead(open, wish.logs)) {
    if (!allowance.take()) break;
    const cause = await causeInLog(wish, job);
    if (cause !== null) causes.set(job.id, cause);
  }
  return causes;
}
