import type { JsonFormat, ReportSink } from '../format.ts';
import { has, isJsonObject, objectOf, textAt, valueAt } from './shared/json-value.ts';

// https://grafana.com/docs/k6/latest/results-output/end-of-test/custom-summary/#summary-data-reference
const trend = new Set(['avg', 'min', 'med', 'max']);

/** `handleSummary` puts the numbers under `values`, `--summary-export` beside the thresholds. */
function valuesOf(metric: unknown): Readonly<Record<string, unknown>> {
  const values = valueAt(metric, 'values');
  return objectOf(isJsonObject(values) ? values : metric);
}

function isTrendValue(name: string): boolean {
  return trend.has(name) || /^p\(\d+(?:\.\d+)?\)$/.test(name);
}

function unitOf(metric: unknown, metricName: string, valueName: string): string | null {
  if (isTrendValue(valueName)) {
    const contains = textAt(metric, 'contains');
    return contains === 'time' ||
      (contains === null && /duration|blocked|connecting|receiving|sending|waiting|tls/.test(metricName))
      ? 'milliseconds'
      : null;
  }
  return valueName === 'count' || valueName === 'passes' || valueName === 'fails' ? 'count' : null;
}

function betterOf(metricName: string, valueName: string): 'lower' | 'higher' | null {
  if (isTrendValue(valueName) && metricName.startsWith('http_req_')) return 'lower';
  if (metricName === 'checks' && (valueName === 'rate' || valueName === 'value')) return 'higher';
  return metricName === 'http_req_failed' && (valueName === 'rate' || valueName === 'value') ? 'lower' : null;
}

function readMetric(name: string, metric: unknown, sink: ReportSink): void {
  for (const [valueName, value] of Object.entries(valuesOf(metric))) {
    if (typeof value !== 'number') continue;
    sink.metric({
      name: `${name} ${valueName}`,
      group: 'k6',
      labels: {},
      value,
      unit: unitOf(metric, name, valueName),
      better: betterOf(name, valueName),
    });
  }
  for (const [condition, result] of Object.entries(objectOf(valueAt(metric, 'thresholds'))))
    sink.threshold({
      group: 'k6',
      name: `${name}: ${condition}`,
      // `handleSummary` says `{ok}`; `--summary-export` says whether it was crossed.
      passed: result !== true && valueAt(result, 'ok') !== false,
      detail: foundFor(condition, metric),
    });
}

/** The number that a condition is about: `p(95)=6083.4`; empty where the summary does not have it. */
function foundFor(condition: string, metric: unknown): string {
  const name = /^\s*([a-z]\w*(?:\([\d.]+\))?)/i.exec(condition)?.[1] ?? '';
  const values = valuesOf(metric);
  const value = values[name] ?? (name === 'rate' ? values['value'] : undefined);
  return typeof value === 'number' ? `${name}=${value}` : '';
}

/**
 * k6's end-of-test summary, as GitLab's `artifacts:reports:load_performance` takes it. Its thresholds are results of
 * their own.
 */
export const k6: JsonFormat = {
  format: 'k6',
  title: 'k6 summary',
  kind: 'metrics',
  wellKnownNames: ['**/load-performance.json', '**/k6-summary.json', '**/k6*.json'],
  specification: 'https://grafana.com/docs/k6/latest/results-output/end-of-test/custom-summary/',
  producers: [{ tool: 'k6', option: 'run --summary-export=load-performance.json' }],
  syntax: 'json',
  detect: (value) =>
    has(value, 'metrics', 'object') &&
    ['iterations', 'iteration_duration', 'vus', 'vus_max', 'http_reqs', 'data_received'].some((name) =>
      isJsonObject(valueAt(value, 'metrics', name)),
    ),
  read(value, sink) {
    for (const [name, metric] of Object.entries(objectOf(valueAt(value, 'metrics'))))
      readMetric(name, metric, sink);
  },
};
