import { type Block, heading, type Inline, icon, link, paragraph, text } from '../../model/document.ts';
import type { Job } from '../../model/pipeline.ts';
import { formatDuration } from '../format-duration.ts';
import type { Language } from '../languages/english.ts';
import type { Section } from '../section.ts';

const maxJobs = 50;
const fewJobs = 5;

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
  const shown = (max: number): readonly Block[] => [
    table(failed.slice(0, max), jobs, words),
    ...(failed.length > max ? [paragraph(text(words.jobs.more(failed.length - max)))] : []),
  ];
  return {
    id: 'failed-jobs',
    importance: 3,
    full: [head, ...shown(maxJobs)],
    short: [head, ...shown(fewJobs)],
    counted: words.jobs.noun(failed.length),
  };
};
