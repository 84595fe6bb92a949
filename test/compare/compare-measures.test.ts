import { describe, expect, test } from 'vitest';
import { compareDurations } from '../../src/compare/compare-durations.ts';
import { compareMetrics, metricKey } from '../../src/compare/compare-metrics.ts';
import type { EarlierDurations } from '../../src/model/earlier-run.ts';
import { aJob, aMetric, aMetricsReport, aPipelineWithJobs } from '../builders.ts';

function earlierMetric(value: number, recent: readonly number[] = [value], metric = aMetric()) {
  return { key: metricKey(metric), name: metric.name, value, recent };
}

describe('metrics', () => {
  test.each([
    {
      name: 'a size that grew by a tenth is worse',
      now: aMetric({ value: 1_100 }),
      before: earlierMetric(1_000),
      expected: { difference: 100, ratio: 0.1, significant: true, verdict: 'worse' },
    },
    {
      name: 'one that shrank is better',
      now: aMetric({ value: 900 }),
      before: earlierMetric(1_000),
      expected: { difference: -100, significant: true, verdict: 'better' },
    },
    {
      name: 'one of which more is good is better when it grew',
      now: aMetric({ value: 1_100, better: 'higher' }),
      before: earlierMetric(1_000),
      expected: { verdict: 'better' },
    },
    {
      name: 'one without a direction is neither',
      now: aMetric({ value: 1_100, better: null }),
      before: earlierMetric(1_000),
      expected: { significant: true, verdict: 'neutral' },
    },
    {
      name: 'with one earlier value 2 % is noise',
      now: aMetric({ value: 1_020 }),
      before: earlierMetric(1_000),
      expected: { significant: false, verdict: 'neutral' },
    },
    {
      name: 'a steady metric may be trusted at more than 1 %',
      now: aMetric({ value: 1_015 }),
      before: earlierMetric(1_000, [1_000, 1_000, 1_000, 1_000]),
      expected: { significant: true, verdict: 'worse' },
    },
    {
      name: 'a restless benchmark must move further than it always does',
      now: aMetric({ value: 1_200 }),
      before: earlierMetric(1_000, [1_000, 1_150, 900, 1_100, 950]),
      expected: { significant: false },
    },
    {
      name: 'a return to what is usual is no change for the worse, although the last value was low',
      now: aMetric({ value: 1_000 }),
      before: earlierMetric(500, [500, 1_000, 1_001, 999, 1_000]),
      expected: { significant: false },
    },
    {
      name: 'from nothing there is no ratio',
      now: aMetric({ value: 5 }),
      before: earlierMetric(0),
      expected: { ratio: null, significant: true },
    },
  ])('$name', ({ now, before, expected }) => {
    expect(compareMetrics(aMetricsReport({ metrics: [now] }), [before]).changes).toMatchObject([expected]);
  });

  test('unchanged ones are counted, new ones and those that are gone named', () => {
    const same = aMetric({ name: 'same', value: 1 });
    const result = compareMetrics(aMetricsReport({ metrics: [same, aMetric({ name: 'new' })] }), [
      earlierMetric(1, [1], same),
      earlierMetric(2, [2], aMetric({ name: 'gone' })),
    ]);
    expect([result.changes, result.unchanged, result.added.map(({ name }) => name), result.removed]).toEqual([
      [],
      1,
      ['new'],
      ['gone'],
    ]);
  });

  test('the same name under other labels is another metric', () => {
    const [linux, mac] = ['linux', 'mac'].map((os) => aMetric({ labels: { os } }));
    expect(linux !== undefined && mac !== undefined && metricKey(linux) !== metricKey(mac)).toBe(true);
    expect(metricKey(aMetric({ labels: { a: '1', b: '2' } }))).toBe(
      metricKey(aMetric({ labels: { b: '2', a: '1' } })),
    );
  });

  test('a plan is not compared with another plan', () => {
    const plan = aMetric({ group: 'terraform', name: 'delete', value: 3 });
    const result = compareMetrics(aMetricsReport({ metrics: [plan] }), [earlierMetric(0, [0], plan)]);
    expect([result.changes, result.added]).toEqual([[], []]);
  });

  test('significant changes come first, the largest ratio before the others', () => {
    const now = { a: 101, b: 150, c: 120 };
    const metrics = Object.entries(now).map(([name, value]) => aMetric({ name, value }));
    const before = metrics.map((metric) => earlierMetric(100, [100], metric));
    const { changes } = compareMetrics(aMetricsReport({ metrics }), before);
    expect(changes.map(({ metric }) => metric.name)).toEqual(['b', 'c', 'a']);
  });
});

function earlierDurations(overrides: Partial<EarlierDurations> = {}): EarlierDurations {
  return {
    pipeline: [100, 102, 98],
    queue: [5, 5, 5],
    jobs: new Map([['unit', [60, 61, 59]]]),
    ...overrides,
  };
}

function aRun(seconds: number, job: Parameters<typeof aJob>[0] = {}) {
  const startedAt = '2026-03-04T10:00:00Z';
  const finishedAt = new Date(Date.parse(startedAt) + seconds * 1_000).toISOString();
  return aPipelineWithJobs([
    aJob({ name: 'unit', startedAt, finishedAt, durationSeconds: seconds, queuedSeconds: 5, ...job }),
  ]);
}

describe('durations', () => {
  test.each([
    { name: 'within a fifth of the usual is usual', run: aRun(115), significant: false },
    { name: 'half as long again is longer', run: aRun(150), significant: true },
    { name: 'half as long is shorter, which is news as well', run: aRun(50), significant: true },
  ])('a pipeline $name', ({ run, significant }) => {
    expect(compareDurations(run, earlierDurations())?.pipeline).toMatchObject({
      medianSeconds: 100,
      samples: 3,
      significant,
    });
  });

  test('ten seconds more are nothing, whatever the share', () => {
    const before = earlierDurations({ pipeline: [10, 10, 10], jobs: new Map([['unit', [10, 10, 10]]]) });
    const result = compareDurations(aRun(19), before);
    expect([result?.pipeline?.significant, result?.jobs]).toEqual([false, []]);
  });

  test('runners that vary by minutes explain minutes', () => {
    const result = compareDurations(
      aRun(400),
      earlierDurations({ pipeline: [100, 200, 300, 200, 100, 300] }),
    );
    expect(result?.pipeline?.significant).toBe(false);
  });

  test('two runs are not a usual duration', () => {
    expect(
      compareDurations(aRun(500), earlierDurations({ pipeline: [1, 1], queue: [], jobs: new Map() })),
    ).toBeNull();
  });

  test('a pipeline with a failed job is not compared: what follows it did not run', () => {
    const result = compareDurations(aRun(500, { status: 'failed' }), earlierDurations());
    expect([result?.pipeline, result?.jobs]).toEqual([null, []]);
  });

  test('waiting for runners is apart from running', () => {
    const result = compareDurations(aRun(100, { queuedSeconds: 300 }), earlierDurations());
    expect([result?.pipeline?.significant, result?.queue]).toEqual([
      false,
      { job: '', seconds: 300, medianSeconds: 5, samples: 3, significant: true },
    ]);
  });

  test('a slow job is named', () => {
    expect(compareDurations(aRun(200), earlierDurations())?.jobs).toEqual([
      { job: 'unit', seconds: 200, medianSeconds: 60, samples: 3, significant: true },
    ]);
  });
});
