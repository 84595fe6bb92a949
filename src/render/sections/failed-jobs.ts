import { type Block, heading, type Inline, icon, link, text } from '../../model/document.ts';
import type { Job } from '../../model/pipeline.ts';
import { formatDuration } from '../format-duration.ts';
import type { Language } from '../languages/english.ts';
import type { Section } from '../section.ts';

const maxJobs = 50;

function wasSavedByRetry(job: Job, jobs: readonly Job[]): boolean {
  return (
    job.retried &&
    jobs.some((other) => other.name === job.name && !other.retried && other.status === 'success')
  );
}

function reasonOf(job: Job, jobs: readonly Job[], words: Language): readonly Inline[] {
  const notes = [
    words.jobs.reason(job.failureReason),
    ...(job.allowFailure ? [words.jobs.allowed] : []),
    ...(wasSavedByRetry(job, jobs) ? [words.jobs.succeededOnRetry] : []),
  ];
  return [text(notes.join('; '))];
}

function table(failed: readonly Job[], jobs: readonly Job[], words: Language): Block {
  const { job: name, stage, reason, duration } = words.jobs.columns;
  return {
    kind: 'table',
    columns: [
      { title: [text(name)], align: 'left' },
      { title: [text(stage)], align: 'left' },
      { title: [text(reason)], align: 'left' },
      { title: [text(duration)], align: 'right' },
    ],
    rows: failed.map((job) => [
      [
        icon(job.allowFailure || job.retried ? 'warning' : 'failed'),
        text(' '),
        link(job.url, { kind: 'code', text: job.name }),
      ],
      [{ kind: 'code', text: job.stage }],
      reasonOf(job, jobs, words),
      [text(job.durationSeconds === null ? '' : formatDuration(job.durationSeconds))],
    ]),
  };
}

/** Jobs that failed, with GitLab's reason in words; those that pass when run again come last. */
export const failedJobsSection: Section = (summary, words) => {
  const jobs = summary.pipeline?.jobs ?? [];
  const weight = (job: Job): number => (job.retried ? 2 : job.allowFailure ? 1 : 0);
  const failed = jobs
    .filter(({ status }) => status === 'failed')
    .sort((a, b) => weight(a) - weight(b) || a.id - b.id);
  if (failed.length === 0) return null;
  const head = heading(4, text(words.jobs.heading));
  return {
    id: 'failed-jobs',
    importance: 3,
    full: [head, table(failed.slice(0, maxJobs), jobs, words)],
    short: [head, table(failed.slice(0, 5), jobs, words)],
    counted: words.jobs.noun(failed.length),
  };
};
