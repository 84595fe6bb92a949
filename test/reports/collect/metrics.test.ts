import { expect, test } from 'vitest';
import { mergeMetrics } from '../../../src/reports/collect/merge-metrics.ts';
import { createMetricsCollector } from '../../../src/reports/collect/metrics.ts';

const size = {
  name: 'dist/app.js',
  group: 'size-limit',
  labels: {},
  value: 10,
  unit: 'bytes',
  better: 'lower',
} as const;

test('a number that is not finite is left out with a warning', () => {
  const warnings: string[] = [];
  const collector = createMetricsCollector('size.json', (message) => warnings.push(message));
  collector.add({ ...size, value: Number.NaN });
  collector.add(size);
  expect(collector.finish().metrics.map(({ value }) => value)).toEqual([10]);
  expect(warnings).toEqual(['metric dist/app.js is not a finite number and is ignored']);
});

test('more metrics than the limit are counted and not kept', () => {
  const collector = createMetricsCollector('size.json', () => undefined);
  for (let value = 0; value < 20_003; value += 1) collector.add({ ...size, name: `m${value}`, value });
  const { metrics, omittedMetrics } = collector.finish();
  expect(metrics).toHaveLength(20_000);
  expect(omittedMetrics).toBe(3);
});

test('the same metric in two files counts once, with its last value, whatever the order of its labels', () => {
  const report = (value: number, labels: Record<string, string>) => {
    const collector = createMetricsCollector('metrics.txt', () => undefined);
    collector.add({ ...size, value, labels });
    return collector.finish();
  };
  const merged = mergeMetrics([report(1, { a: '1', b: '2' }), report(2, { b: '2', a: '1' }), report(3, {})]);
  expect(merged.metrics.map(({ value }) => value)).toEqual([2, 3]);
});
