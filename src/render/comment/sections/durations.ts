import type { DurationChange } from '../../../model/comparison.ts';
import { type Block, code, heading, type Inline, link, restOf, text } from '../../../model/document.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { itemLimit, type Section } from '../section.ts';

const usualJobs = 5;

function isSlower({ significant, seconds, medianSeconds }: DurationChange): boolean {
  return significant && seconds > medianSeconds;
}

function changeText({ seconds, medianSeconds }: DurationChange, words: Language): string {
  const difference = seconds - medianSeconds;
  const ratio = medianSeconds > 0 ? ` (${words.format.ratio(difference / medianSeconds)})` : '';
  return `${difference < 0 ? '−' : '+'}${words.format.duration(Math.abs(difference))}${ratio}`;
}

function jobName({ job }: DurationChange, summary: Summary): Inline {
  const found = summary.pipeline?.jobs.find(({ name, retried }) => name === job && !retried);
  return found === undefined ? code(job) : link(found.url, code(job));
}

interface Row {
  readonly label: Inline;
  readonly change: DurationChange;
}

function table(rows: readonly Row[], words: Language): Block {
  const { what, now, usual, change } = words.durations.columns;
  return {
    kind: 'table',
    columns: [what, now, usual, change].map((title, index) => ({
      title: [text(title)],
      align: index === 0 ? 'left' : 'right',
    })),
    rows: rows.map((row) => [
      [row.label],
      [text(words.format.duration(row.change.seconds))],
      [text(words.format.duration(row.change.medianSeconds))],
      [text(changeText(row.change, words))],
    ]),
  };
}

/**
 * A pipeline that takes longer than the recent runs of the target branch, by the jobs that make it so; waiting for
 * runners apart.
 */
export const durations: Section = (summary, words, options) => {
  const { durations: compared } = summary.comparison;
  if (compared === null) return null;
  // The table of checks has a row for the pipeline.
  const pipeline = options.layout.hide.includes('checks') ? compared.pipeline : null;
  const whole = [
    { label: text(words.durations.pipeline), change: pipeline },
    { label: text(words.durations.queue), change: compared.queue },
  ].flatMap(({ label, change }) => (change !== null && isSlower(change) ? [{ label, change }] : []));
  const jobs = compared.jobs.filter(isSlower);
  if (whole.length + jobs.length === 0) return null;
  const blocks = (max: number): readonly Block[] => [
    heading(4, text(words.durations.heading)),
    table(
      [...whole, ...jobs.slice(0, max).map((change) => ({ label: jobName(change, summary), change }))],
      words,
    ),
    ...(jobs.length > max ? [restOf(jobs.length - max, words.durations.more(jobs.length - max))] : []),
  ];
  const limit = itemLimit(options, usualJobs);
  return {
    id: 'durations',
    importance: 3.8,
    full: blocks(limit),
    short: blocks(Math.min(limit, whole.length > 0 ? 0 : 1)),
    counted: words.durations.noun(jobs.length),
  };
};
