import { hidesFailure, type Job } from '../../model/pipeline.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';
import { roundSeconds } from './axes.ts';
import { criticalPath, type JobSpan, spansOf } from './critical-path.ts';
import { inUtc, minuteOf } from './dates.ts';
import { anchor, breakable, type Child, el, foldedTable, type Html } from './element.ts';

const maxJobs = 200;
const maxName = 255;
const rowHeight = 22;
const barHeight = 12;
const width = 1_000;
const labelWidth = 220;

interface Scale {
  readonly total: number;
  x(seconds: number): number;
}

function scaleOf(spans: readonly JobSpan[]): Scale {
  const total = Math.max(1, ...spans.map(({ finishedAt }) => finishedAt));
  return {
    total,
    x: (seconds) => Math.round((labelWidth + ((width - labelWidth) * seconds) / total) * 10) / 10,
  };
}

function stateOf(job: Job): 'failed' | 'warned' | 'passed' | 'other' {
  const { status, retried, allowFailure } = job;
  if (hidesFailure(job)) return 'warned';
  if (status === 'failed') return retried || allowFailure ? 'warned' : 'failed';
  return status === 'success' ? 'passed' : 'other';
}

const marks = { failed: '✕', warned: '!', passed: '', other: '–' } as const;

function shortened(name: string): string {
  return name.length > 30 ? `${name.slice(0, 29)}…` : name;
}

function row(span: JobSpan, index: number, { scale, critical }: { scale: Scale; critical: boolean }): Html {
  const y = 24 + index * rowHeight;
  const state = stateOf(span.job);
  const from = scale.x(span.startedAt);
  const to = Math.max(from + 2, scale.x(span.finishedAt));
  const queued = scale.x(span.queuedAt);
  return el(
    'g',
    { class: `job ${state}${critical ? ' critical' : ''}` },
    el('text', { x: 0, y: y + 10, class: 'name' }, `${marks[state]} ${shortened(span.job.name)}`.trim()),
    el('rect', {
      class: 'queue',
      x: queued,
      y: y + 4,
      width: Math.max(0, from - queued),
      height: barHeight - 8,
    }),
    el('rect', { class: 'run', x: from, y, width: to - from, height: barHeight, rx: 2 }),
  );
}

/** The first moment of the time line, ISO 8601: where its axis has 0. */
function startOf({ job, startedAt }: JobSpan): string | null {
  const started = inUtc(job.startedAt);
  return started === null ? null : new Date(Date.parse(started) - startedAt * 1_000).toISOString();
}

function axis(scale: Scale, height: number, words: Language): Html {
  const step = roundSeconds(scale.total, 6);
  const ticks = Array.from({ length: Math.floor(scale.total / step) + 1 }, (_, index) => index * step);
  return el(
    'g',
    { class: 'axis' },
    ...ticks.flatMap((seconds) => [
      el('line', { x1: scale.x(seconds), y1: 16, x2: scale.x(seconds), y2: height }),
      el('text', { x: scale.x(seconds), y: 10, 'text-anchor': 'middle' }, words.format.duration(seconds)),
    ]),
  );
}

function tableBehind(spans: readonly JobSpan[], path: ReadonlySet<number>, words: Language): Html {
  const { job, stage, duration } = words.jobs.columns;
  const head = [job, stage, words.page.starts, words.page.queued, duration, words.page.criticalPath];
  const cells = ({ job: one, startedAt, queuedAt, finishedAt }: JobSpan): readonly Child[] => [
    anchor(one.url, breakable(shortenText(one.name, maxName))),
    breakable(shortenText(one.stage, maxName)),
    words.format.duration(startedAt),
    words.format.duration(startedAt - queuedAt),
    words.format.duration(finishedAt - startedAt),
    path.has(one.id) ? words.page.yes : '',
  ];
  const rows = spans.map((span) =>
    el('tr', {}, ...cells(span).map((cell, index) => el('td', { class: index < 2 ? null : 'right' }, cell))),
  );
  return foldedTable(words.page.asTable, { titles: head, numbersFrom: 2 }, rows);
}

/**
 * What ran when: a bar a job, its waiting before it, the chain that decided the end marked; with a table behind. Null
 * without jobs.
 */
export function timeline(jobs: readonly Job[], words: Language): Html | null {
  const every = spansOf(jobs);
  const spans = every.slice(0, maxJobs);
  const more = every.length - spans.length;
  if (spans.length === 0) return null;
  const scale = scaleOf(spans);
  const path = new Set(criticalPath(spans));
  const height = 28 + spans.length * rowHeight;
  const names = spans.filter(({ job }) => path.has(job.id)).map(({ job }) => job.name);
  const [first] = spans;
  const start = first === undefined ? null : startOf(first);
  const description = [
    words.page.timelineInWords(spans.length, words.format.duration(scale.total), names.join(' → ')),
    ...(start === null ? [] : [words.page.timelineStart(minuteOf(start))]),
  ].join(' ');
  const picture = el(
    'svg',
    {
      role: 'img',
      viewBox: `0 0 ${width} ${height}`,
      class: 'timeline',
      'aria-labelledby': 'timeline-title timeline-text',
    },
    el('title', { id: 'timeline-title' }, words.page.timeline),
    el('desc', { id: 'timeline-text' }, description),
    axis(scale, height, words),
    ...spans.map((span, index) => row(span, index, { scale, critical: path.has(span.job.id) })),
  );
  return el(
    'div',
    {},
    el('p', { class: 'dim' }, description),
    el('div', { class: 'picture', tabindex: 0, role: 'group', 'aria-label': words.page.timeline }, picture),
    more > 0 ? el('p', { class: 'dim' }, words.page.notShown(more)) : null,
    tableBehind(spans, path, words),
  );
}
