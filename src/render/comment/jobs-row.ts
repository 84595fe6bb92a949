import { type Icon, link, text } from '../../model/document.ts';
import { hasEnded, type Job, spanOf } from '../../model/pipeline.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import type { CheckRow } from './check-row.ts';
import { allowedFailures, failedJobs, hiddenFailures } from './verdict.ts';

/** The jobs of the pipeline without the one that this report is made in: it is running, and no result of the change. */
function jobsOf({ pipeline, context }: Summary): readonly Job[] {
  return pipeline?.jobs.filter(({ id }) => id !== context.job.id) ?? [];
}

/** How many jobs there are, each counted once, and how long they took; null where nothing is known of them. */
export function jobFigures(
  summary: Summary,
): { readonly total: number; readonly seconds: number | null } | null {
  const jobs = jobsOf(summary);
  if (jobs.length === 0) return null;
  return { total: jobs.filter(({ retried }) => !retried).length, seconds: spanOf(jobs) };
}

/** True for a trigger job that does not wait for its pipeline, while that goes on. */
function isDownstreamOpen({ status, trigger }: Job): boolean {
  const downstream = trigger?.downstream ?? null;
  return status === 'success' && downstream !== null && !hasEnded(downstream.status);
}

/** Failed jobs and all jobs, counted together, so that they add up on sight. */
function failedWords(summary: Summary, total: number, words: Language): readonly string[] {
  const failed = failedJobs(summary).length;
  const allowed = allowedFailures(summary).length;
  if (failed > 0)
    return [words.jobs.failed(failed, total), ...(allowed > 0 ? [words.jobs.moreAsAllowed(allowed)] : [])];
  return [allowed > 0 ? words.jobs.failedAsAllowed(allowed, total) : words.jobs.none(total)];
}

function stateOf(summary: Summary): Icon {
  if (failedJobs(summary).length > 0) return 'failed';
  if (allowedFailures(summary).length + hiddenFailures(summary).length > 0) return 'warning';
  const duration = summary.comparison.durations?.pipeline ?? null;
  return duration?.significant === true && duration.seconds > duration.medianSeconds ? 'up' : 'passed';
}

function timeWords(summary: Summary, seconds: number | null, words: Language): readonly string[] {
  const compared = summary.comparison.durations?.pipeline ?? null;
  if (compared === null) return seconds === null ? [] : [words.format.duration(seconds)];
  const usual = words.durations.usual(words.format.duration(compared.medianSeconds));
  const time = words.format.duration(compared.seconds);
  return [compared.significant ? `${time}, ${usual}` : time];
}

function timeChange({ comparison }: Summary, words: Language): string {
  const compared = comparison.durations?.pipeline ?? null;
  if (compared === null) return '';
  const difference = compared.seconds - compared.medianSeconds;
  const size = words.format.duration(Math.abs(difference));
  return Math.abs(difference) < 1 ? words.format.difference(0) : `${difference < 0 ? '−' : '+'}${size}`;
}

/** The jobs and the time of the pipeline; null where the pipeline is not known, or has no other job than this one. */
export function jobsRow(summary: Summary, words: Language): CheckRow | null {
  const { pipeline } = summary;
  const figures = jobFigures(summary);
  if (pipeline === null || figures === null) return null;
  const jobs = jobsOf(summary);
  const hidden = hiddenFailures(summary).length;
  const running = jobs.filter((job) => !job.retried && isDownstreamOpen(job)).length;
  const retried = jobs.length - figures.total;
  const parts = [
    ...failedWords(summary, figures.total, words),
    ...(hidden > 0 ? [words.jobs.downstreamFailed(hidden)] : []),
    ...(running > 0 ? [words.jobs.downstreamRunning(running)] : []),
    ...(retried > 0 ? [words.jobs.retried(retried)] : []),
    ...timeWords(summary, figures.seconds, words),
  ];
  return {
    label: [link(pipeline.pipeline.url, text(words.jobs.label))],
    state: stateOf(summary),
    result: parts.join(' · '),
    change: timeChange(summary, words),
  };
}
