import type { DurationChange, MetricChange } from '../../model/comparison.ts';
import { type Gate, type Judgeable, named, notCompared } from '../gate.ts';

function largest<T>(items: readonly T[], size: (item: T) => number): T | null {
  return items.reduce<T | null>(
    (best, item) => (best === null || size(item) > size(best) ? item : best),
    null,
  );
}

function bytesOf({ comparison }: Judgeable): readonly MetricChange[] | null {
  return comparison.metrics?.changes.filter(({ metric }) => metric.unit === 'bytes') ?? null;
}

function percentOfMedian({ seconds, medianSeconds }: DurationChange): number {
  return medianSeconds === 0 ? 0 : (100 * (seconds - medianSeconds)) / medianSeconds;
}

/** Metrics of a Terraform plan; see `reports/formats/terraform.ts` for their names. */
const destroying = new Set(['delete', 'replace']);

export const measureGates = [
  {
    name: 'size-increase',
    meaning: 'The largest growth of a size in bytes against the baseline, in percent or bytes.',
    takes: ['percent', 'bytes'],
    bare: false,
    example: 'size-increase>5%',
    measure(summary, threshold) {
      const sizes = bytesOf(summary);
      if (sizes === null) return null;
      const grown = (change: MetricChange): number =>
        threshold.kind === 'percent' ? 100 * (change.ratio ?? 0) : change.difference;
      const worst = largest(sizes, grown);
      if (worst === null || grown(worst) <= 0) return { value: 0, found: (words) => words.noGrowth };
      const percent = worst.ratio === null ? null : 100 * worst.ratio;
      const name = worst.metric.name.slice(0, 80);
      return { value: grown(worst), found: (words) => words.growth(name, worst.difference, percent) };
    },
    unmeasured: notCompared('metrics', 'no-metrics', 'no-earlier-sizes'),
    remedy: 'check-growth',
  },
  {
    name: 'worse-metrics',
    meaning: 'Metrics with a known direction that are worse than on the target branch beyond their noise.',
    takes: ['number'],
    bare: true,
    example: 'worse-metrics',
    measure({ comparison }) {
      if (comparison.metrics === null) return null;
      const worse = comparison.metrics.changes.filter(({ verdict }) => verdict === 'worse');
      const names = worse.map(({ metric }) => metric.name);
      return {
        value: worse.length,
        found: (words) => `${words.worseMetrics(worse.length)}${named(words, names)}`,
      };
    },
    unmeasured: notCompared('metrics', 'no-metrics', 'no-earlier-metrics'),
    remedy: 'check-metrics',
  },
  {
    name: 'thresholds',
    meaning:
      'Limits that the tools check themselves (k6, size-limit, Lighthouse) and report as crossed, and limits that they could not measure.',
    takes: ['number'],
    bare: true,
    example: 'thresholds',
    measure({ metrics }) {
      if (metrics === null) return null;
      const crossed = metrics.thresholds.filter(({ passed }) => !passed).map(({ name }) => name);
      return {
        value: crossed.length,
        found: (words) => `${words.crossed(crossed.length)}${named(words, crossed)}`,
      };
    },
    unmeasured: 'no-metrics',
    remedy: 'check-limits',
  },
  {
    name: 'duration-increase',
    meaning:
      'How much longer the pipeline took than the median of the recent ones of the target branch, in percent or time.',
    takes: ['percent', 'seconds'],
    bare: false,
    example: 'duration-increase>20%',
    measure({ comparison }, threshold) {
      const change = comparison.durations?.pipeline ?? null;
      if (change === null) return null;
      const seconds = change.seconds - change.medianSeconds;
      const percent = percentOfMedian(change);
      return {
        value: threshold.kind === 'percent' ? percent : seconds,
        found: (words) => words.duration(seconds, percent),
      };
    },
    unmeasured: 'no-earlier-durations',
    remedy: 'check-durations',
  },
  {
    name: 'plan-destroys',
    meaning: 'Resources that a Terraform or OpenTofu plan would delete or replace.',
    takes: ['number'],
    bare: true,
    example: 'plan-destroys',
    measure({ metrics }) {
      const plans = metrics?.metrics.filter(({ group }) => group === 'terraform') ?? [];
      if (plans.length === 0) return null;
      const count = plans
        .filter(({ name }) => destroying.has(name))
        .reduce((sum, { value }) => sum + value, 0);
      const addresses = plans
        .filter(({ name }) => name === 'destroyed')
        .map(({ labels }) => labels['address'] ?? '?');
      return {
        value: count,
        found: (words) =>
          `${words.destroys(count)}${named(words, addresses, Math.max(count, addresses.length))}`,
      };
    },
    unmeasured: 'no-plan',
    remedy: 'check-plan',
  },
] as const satisfies readonly Gate[];
