import type { JsonFormat, ReportSink } from '../format.ts';
import { has, isJsonObject, objectOf, textAt, valueAt } from '../json-value.ts';

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
  const failed = Object.entries(objectOf(valueAt(metric, 'thresholds'))).filter(
    ([, result]) => result === true || valueAt(result, 'ok') === false,
  );
  for (const [threshold] of failed)
    sink.warn(`threshold of ${name.slice(0, 100)} was crossed: ${threshold.slice(0, 100)}`);
}

/** k6's end-of-test summary, as GitLab's `artifacts:reports:load_performance` takes it. Crossed thresholds are warnings. */
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
