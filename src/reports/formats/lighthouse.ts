import type { JsonFormat, ReportSink } from '../format.ts';
import { someLookLike } from './shared/json-entries.ts';
import { has, isJsonObject, listOf, numberAt, objectOf, textAt, valueAt } from './shared/json-value.ts';

// https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md
const units = new Map<string | null, string>([
  ['millisecond', 'milliseconds'],
  ['second', 'seconds'],
  ['byte', 'bytes'],
  ['unitless', 'score'],
]);

const audits = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'speed-index',
  'total-blocking-time',
  'cumulative-layout-shift',
  'interactive',
  'server-response-time',
  'total-byte-weight',
];

function readResult(result: unknown, sink: ReportSink): void {
  const page =
    textAt(result, 'finalDisplayedUrl') ?? textAt(result, 'finalUrl') ?? textAt(result, 'requestedUrl') ?? '';
  readScores(result, { page }, sink);
  readAudits(result, { page }, sink);
  const error = textAt(result, 'runtimeError', 'message');
  // Older versions write an error that says that there is none.
  if (error !== null && textAt(result, 'runtimeError', 'code') !== 'NO_ERROR')
    sink.threshold({ group: 'lighthouse', name: `audit of ${page}`, passed: false, detail: error });
}

type Labels = Readonly<Record<string, string>>;

function readScores(result: unknown, labels: Labels, sink: ReportSink): void {
  for (const [id, category] of Object.entries(objectOf(valueAt(result, 'categories')))) {
    const score = numberAt(category, 'score');
    if (score === null) continue;
    const name = textAt(category, 'title') ?? id;
    sink.metric({
      name,
      group: 'lighthouse',
      labels,
      value: Math.round(score * 100),
      unit: 'score',
      better: 'higher',
    });
  }
}

function readAudits(result: unknown, labels: Labels, sink: ReportSink): void {
  for (const id of audits) {
    const audit = valueAt(result, 'audits', id);
    const value = numberAt(audit, 'numericValue');
    if (value === null) continue;
    const unit = units.get(textAt(audit, 'numericUnit')) ?? null;
    sink.metric({
      name: textAt(audit, 'title') ?? id,
      group: 'lighthouse',
      labels,
      value,
      unit,
      better: 'lower',
    });
  }
}

function isResult(value: unknown): boolean {
  return isJsonObject(value) && has(value, 'lighthouseVersion', 'string') && has(value, 'audits', 'object');
}

/** Lighthouse results: the category scores (0 to 100) and the timings behind them. */
export const lighthouse: JsonFormat = {
  format: 'lighthouse',
  title: 'Lighthouse JSON',
  kind: 'metrics',
  wellKnownNames: ['**/lighthouse*.json', '**/*.report.json', '**/lhr-*.json', '**/.lighthouseci/lhr-*.json'],
  specification: 'https://github.com/GoogleChrome/lighthouse/blob/main/docs/understanding-results.md',
  producers: [
    { tool: 'lighthouse', option: '--output=json --output-path=lighthouse.json' },
    { tool: 'Lighthouse CI', option: 'lhci collect (.lighthouseci/lhr-*.json)' },
  ],
  syntax: 'json',
  detect: (value) => isResult(value) || (Array.isArray(value) && someLookLike(value, isResult)),
  read(value, sink) {
    const results = Array.isArray(value) ? listOf(value) : [value];
    for (const result of results) {
      if (isResult(result)) readResult(result, sink);
      else sink.incomplete('an entry is not a Lighthouse result');
    }
  },
};
