import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ReadReport } from '../../../src/model/report.ts';
import { formats } from '../../../src/reports/registry.ts';
import { readInPieces } from '../tests-summary.ts';

const fixtures = new URL('../../fixtures/reports/', import.meta.url).pathname;

/** What `.expected.json` of a report with numbers holds. */
interface MetricsSummary {
  /** By name; of several with one name the last. */
  readonly metrics: Readonly<Record<string, number>>;
  /** `ok` or `crossed`, the name, and what was found. */
  readonly thresholds: readonly string[];
  readonly verdicts: readonly string[];
}

function fixturesOf(format: string): readonly string[] {
  const folder = `${fixtures}${format}`;
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.expected.json')) : [];
}

const cases = formats
  .filter(({ kind }) => kind === 'metrics')
  .flatMap(({ format }) => fixturesOf(format).map((name) => ({ format, name })));

function bytesOf(format: string, name: string): Buffer {
  return readFileSync(`${fixtures}${format}/${name}`);
}

function expected(format: string, name: string): MetricsSummary {
  const path = `${fixtures}${format}/${name.replace(/\.\w+$/, '')}.expected.json`;
  return JSON.parse(readFileSync(path, 'utf8')) as MetricsSummary;
}

function metricsOf(read: ReadReport) {
  if (read.report?.kind !== 'metrics') throw new Error('no metrics');
  return read.report;
}

describe('reports with numbers', () => {
  test.each(cases)('$format: $name', async ({ format, name }) => {
    const read = await readInPieces(name, bytesOf(format, name));
    expect({ error: read.error, format: read.format }).toEqual({ error: null, format });
    const { metrics, thresholds, verdicts } = expected(format, name);
    const report = metricsOf(read);
    const found = Object.fromEntries(report.metrics.map((metric) => [metric.name, metric.value]));
    for (const [metric, value] of Object.entries(metrics))
      expect(found[metric], metric).toBeCloseTo(value, 9);
    expect(Object.keys(found).sort()).toEqual(Object.keys(metrics).sort());
    const crossings = report.thresholds.map(
      ({ name: threshold, passed, detail }) => `${passed ? 'ok' : 'crossed'} ${threshold} (${detail})`,
    );
    expect(crossings).toEqual(thresholds);
    expect(read.evidence.verdicts).toEqual(verdicts);
    expect(read.evidence.crossedThresholds).toBe(
      thresholds.filter((threshold) => threshold.startsWith('crossed')).length,
    );
  });

  test.each(cases)('$format: $name reads the same byte by byte', async ({ format, name }) => {
    const bytes = bytesOf(format, name);
    expect(await readInPieces(name, bytes, 1)).toEqual(await readInPieces(name, bytes, bytes.length));
  });
});
