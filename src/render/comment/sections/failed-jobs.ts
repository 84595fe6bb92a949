import {
  type Block,
  code,
  details,
  emphasis,
  heading,
  type Inline,
  icon,
  link,
  list,
  paragraph,
  restOf,
  text,
} from '../../../model/document.ts';
import type { FailureCause } from '../../../model/failure-cause.ts';
import { hidesFailure, isFailed, type Job } from '../../../model/pipeline.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { itemLimit, type Section } from '../section.ts';
import { type ToldCauses, toldCauses } from '../told-by-tests.ts';
import { causeBlock, causeLine, downstreamOf } from './failure-causes.ts';

const maxJobs = 50;
const fewJobs = 5;
const maxOpen = 3;
const usualCauses = 20;
const maxNamed = 3;

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

/** One job in one line: where it is, and why it failed. */
function jobLine(job: Job, jobs: readonly Job[], words: Language): readonly Block[] {
  const duration = job.durationSeconds === null ? '' : `, ${words.format.duration(job.durationSeconds)}`;
  return [
    paragraph(
      icon(isFailed(job) ? 'failed' : 'warning'),
      text(' '),
      link(job.url, code(job.name)),
      text(` ${words.causes.stage} `),
      code(job.stage),
      text(`${duration} – `),
      ...reasonOf(job, jobs, words),
    ),
  ];
}

/** Failed jobs that no cause covers: the pipeline failed of them, or they failed and changed nothing. */
interface Untold {
  readonly grave: readonly Job[];
  /** May fail, or were run again. */
  readonly withoutEffect: readonly Job[];
}

function untold({ pipeline, causes }: Summary): Untold {
  const told = new Set(causes.flatMap(({ jobs }) => jobs.map(({ id }) => id)));
  const weight = (job: Job): number => (job.retried ? 1 : 0);
  const jobs = (pipeline?.jobs ?? [])
    .filter((job) => (job.status === 'failed' || hidesFailure(job)) && !told.has(job.id))
    .sort((a, b) => weight(a) - weight(b) || a.id - b.id);
  const hasEffect = (job: Job): boolean => isFailed(job) || hidesFailure(job);
  return { grave: jobs.filter(hasEffect), withoutEffect: jobs.filter((job) => !hasEffect(job)) };
}

interface Place {
  readonly jobs: readonly Job[];
  readonly words: Language;
}

function jobList(shown: readonly Job[], max: number, { jobs, words }: Place): readonly Block[] {
  if (shown.length === 0) return [];
  const more = shown.length - max;
  return [
    list(...shown.slice(0, max).map((job) => jobLine(job, jobs, words))),
    ...(more > 0 ? [restOf(more, words.jobs.more(more))] : []),
  ];
}

/** What needs no action, in one line to unfold. */
function foldWithoutEffect(shown: readonly Job[], max: number, place: Place): readonly Block[] {
  if (shown.length === 0) return [];
  const { words } = place;
  const names = [...new Set(shown.map(({ name }) => name))];
  const named = names
    .slice(0, maxNamed)
    .flatMap((name, index) => [text(index === 0 ? ': ' : ', '), code(name)]);
  const more = names.length - maxNamed;
  const title = [
    icon('warning'),
    text(` ${words.jobs.withoutEffect(shown.length)}`),
    ...named,
    ...(more > 0 ? [text(` ${words.causes.moreJobs(more)}`)] : []),
  ];
  return [details(title, jobList(shown, max, place))];
}

/** Jobs that failed of the tests that the comment shows anyway, each linked to the line of its log. */
function testsLine({ byTests, failing, above }: ToldCauses, words: Language): readonly Block[] {
  const jobs = byTests.flatMap((cause) =>
    cause.jobs.map((job, index) => ({ job, line: index === 0 ? cause.line : null })),
  );
  if (jobs.length === 0) return [];
  const links = jobs
    .slice(0, maxJobs)
    .flatMap(({ job, line }, index) => [
      ...(index === 0 ? [] : [text(', ')]),
      ...(line === null
        ? [link(job.url, code(job.name))]
        : [link(`${job.url}#L${line}`, code(job.name), text(`, ${words.causes.lineShort(line)}`))]),
    ]);
  const more = jobs.length - maxJobs;
  return [
    paragraph(
      icon('failed'),
      text(' '),
      ...links,
      ...(more > 0 ? [text(` ${words.causes.moreJobs(more)}`)] : []),
      text(`: ${words.jobs.ofTests(failing, above)}`),
    ),
  ];
}

/**
 * Why jobs failed: each cause once, with the lines of a log that show it, the change's own first and what lies outside
 * of it apart; a line where the failing tests say it. Jobs that may fail or passed when they were run again are folded.
 */
export const failedJobsSection: Section = (summary, words, options) => {
  const limit = itemLimit(options, usualCauses);
  const told = toldCauses(summary, options.layout);
  const rest = untold(summary);
  const { others } = told;
  const own = others.filter(({ origin }) => origin !== 'infrastructure');
  const outside = others.filter(({ origin }) => origin === 'infrastructure');
  const { causes } = summary;
  // Jobs of other pipelines are why one of these failed.
  const ownOf = (cause: FailureCause): number => cause.jobs.filter(({ of }) => of === undefined).length;
  const count =
    causes.reduce((sum, cause) => sum + ownOf(cause), 0) + rest.grave.length + rest.withoutEffect.length;
  if (count === 0 && causes.length === 0) return null;
  const testsFail = told.failing > 0;
  const place = { jobs: summary.pipeline?.jobs ?? [], words };
  const head = others.length + rest.grave.length === 0 ? [] : [heading(4, text(words.jobs.heading))];
  const blocks = (all: readonly FailureCause[], open: boolean): readonly Block[] => [
    ...all
      .slice(0, limit)
      .map((cause) =>
        causeBlock(cause, words, { open: open && !(testsFail && cause.kind === 'test'), testsFail }),
      ),
    ...(all.length > limit ? [restOf(all.length - limit, words.causes.more(all.length - limit))] : []),
  ];
  const outsideHead = outside.length === 0 ? [] : [paragraph(emphasis(text(`${words.causes.outside}:`)))];
  const items = [...own, ...outside].slice(0, fewJobs).map((cause) => causeLine(cause, words));
  const untoldCauses = others.length - items.length;
  const tests = testsLine(told, words);
  return {
    id: 'failed-jobs',
    importance: 3,
    full: [
      ...head,
      ...tests,
      ...blocks(own, own.length <= maxOpen),
      ...outsideHead,
      ...blocks(outside, false),
      ...jobList(rest.grave, maxJobs, place),
      ...foldWithoutEffect(rest.withoutEffect, maxJobs, place),
    ],
    short: [
      ...head,
      ...tests,
      ...(items.length === 0 ? [] : [list(...items)]),
      ...(untoldCauses > 0 ? [restOf(untoldCauses, words.causes.more(untoldCauses))] : []),
      ...jobList(rest.grave, fewJobs, place),
      ...foldWithoutEffect(rest.withoutEffect, fewJobs, place),
    ],
    counted: words.jobs.noun(count),
  };
};
