import {
  type Block,
  emphasis,
  heading,
  type Inline,
  icon,
  link,
  list,
  paragraph,
  text,
} from '../../../model/document.ts';
import type { FailureCause } from '../../../model/failure-cause.ts';
import { hidesFailure, isFailed, type Job } from '../../../model/pipeline.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { itemLimit, type Section } from '../section.ts';
import { causeBlock, causeLine, downstreamOf } from './failure-causes.ts';

const maxJobs = 50;
const fewJobs = 5;
const maxOpen = 3;
const usualCauses = 20;

function wasSavedByRetry(job: Job, jobs: readonly Job[]): boolean {
  return (
    job.retried &&
    jobs.some((other) => other.name === job.name && !other.retried && other.status === 'success')
  );
}

function reasonOf(job: Job, jobs: readonly Job[], words: Language): readonly Inline[] {
  const downstream = downstreamOf(job, words);
  const notes = [
    ...(downstream === null ? [words.jobs.reason(job.failureReason)] : []),
    ...(job.allowFailure ? [words.jobs.allowed] : []),
    ...(wasSavedByRetry(job, jobs) ? [words.jobs.succeededOnRetry] : []),
  ];
  const said = text(`${downstream === null || notes.length === 0 ? '' : '; '}${notes.join('; ')}`);
  return [...(downstream ?? []), said];
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
        icon(isFailed(job) ? 'failed' : 'warning'),
        text(' '),
        link(job.url, { kind: 'code', text: job.name }),
      ],
      [{ kind: 'code', text: job.stage }],
      reasonOf(job, jobs, words),
      [text(job.durationSeconds === null ? '' : words.format.duration(job.durationSeconds))],
    ]),
  };
}

/**
 * Failed jobs that no cause covers: those that may fail, attempts that were run again, and trigger jobs that passed
 * although the pipeline that they started failed.
 */
function untold({ pipeline, causes }: Summary): readonly Job[] {
  const told = new Set(causes.flatMap(({ jobs }) => jobs.map(({ id }) => id)));
  const weight = (job: Job): number => (job.retried ? 2 : job.allowFailure ? 1 : 0);
  return (pipeline?.jobs ?? [])
    .filter((job) => (job.status === 'failed' || hidesFailure(job)) && !told.has(job.id))
    .sort((a, b) => weight(a) - weight(b) || a.id - b.id);
}

/**
 * Why jobs failed: each cause once, with the lines of a log that show it, the change's own first and what lies outside
 * of it apart. Then the jobs that may fail or passed when they were run again, with GitLab's reason only.
 */
export const failedJobsSection: Section = (summary, words, options) => {
  const limit = itemLimit(options, usualCauses);
  const { causes, pipeline } = summary;
  const rest = untold(summary);
  const own = causes.filter(({ origin }) => origin !== 'infrastructure');
  const outside = causes.filter(({ origin }) => origin === 'infrastructure');
  // Jobs of other pipelines are why one of these failed.
  const ownOf = (cause: FailureCause): number => cause.jobs.filter(({ of }) => of === undefined).length;
  const count = causes.reduce((sum, cause) => sum + ownOf(cause), 0) + rest.length;
  if (causes.length + rest.length === 0) return null;
  const testsFail = (summary.tests?.totals.failed ?? 0) + (summary.tests?.totals.errored ?? 0) > 0;
  const others = (max: number): readonly Block[] => [
    ...(rest.length === 0 ? [] : [table(rest.slice(0, max), pipeline?.jobs ?? [], words)]),
    ...(rest.length > max ? [paragraph(text(words.jobs.more(rest.length - max)))] : []),
  ];
  const head = heading(4, text(words.jobs.heading));
  const told = (all: typeof causes, open: boolean): readonly Block[] => [
    ...all
      .slice(0, limit)
      .map((cause) =>
        causeBlock(cause, words, { open: open && !(testsFail && cause.kind === 'test'), testsFail }),
      ),
    ...(all.length > limit ? [paragraph(text(words.causes.more(all.length - limit)))] : []),
  ];
  const outsideHead = outside.length === 0 ? [] : [paragraph(emphasis(text(`${words.causes.outside}:`)))];
  const items = [...own, ...outside].slice(0, fewJobs).map((cause) => causeLine(cause, words));
  const untoldCauses = causes.length - items.length;
  const shortened = [
    ...(items.length === 0 ? [] : [list(...items)]),
    ...(untoldCauses > 0 ? [paragraph(text(words.causes.more(untoldCauses)))] : []),
  ];
  return {
    id: 'failed-jobs',
    importance: 3,
    full: [
      head,
      ...told(own, own.length <= maxOpen),
      ...outsideHead,
      ...told(outside, false),
      ...others(maxJobs),
    ],
    short: [head, ...shortened, ...others(fewJobs)],
    counted: words.jobs.noun(count),
  };
};
