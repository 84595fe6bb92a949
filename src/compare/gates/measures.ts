import type { DurationChange, MetricChange } from '../../model/comparison.ts';
import { counted, type Gate, type Judgeable, named, rounded } from '../gate.ts';

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
      if (worst === null || grown(worst) <= 0) return { value: 0, found: 'no size grew' };
      const percent = worst.ratio === null ? '' : ` (${rounded(100 * worst.ratio)} %)`;
      return {
        value: grown(worst),
        found: `${worst.metric.name.slice(0, 80)} grew by ${rounded(worst.difference)} bytes${percent}`,
      };
    },
    unmeasured: 'sizes are missing in this run or in the baseline',
    remedy: 'check what made it grow',
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
      const names = named(worse.map(({ metric }) => metric.name));
      return {
        value: worse.length,
        found: `${counted(worse.length, 'metric is', 'metrics are')} worse${names}`,
      };
    },
    unmeasured: 'metrics are missing in this run or in the baseline',
    remedy: 'check what made them worse',
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
        found: `${counted(crossed.length, 'threshold is', 'thresholds are')} crossed${named(crossed)}`,
      };
    },
    unmeasured: 'no report of metrics was found',
    remedy: 'check which limit was crossed',
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
        found: `the pipeline took ${rounded(Math.abs(seconds))} s (${rounded(Math.abs(percent))} %) ${seconds >= 0 ? 'longer' : 'less'} than usual`,
      };
    },
    unmeasured: 'no recent durations were found to compare with',
    remedy: 'check which jobs became slower',
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
        found: `the plan deletes or replaces ${counted(count, 'resource', 'resources')}${named(addresses, Math.max(count, addresses.length))}`,
      };
    },
    unmeasured: 'no Terraform plan was found',
    remedy: 'check the plan, or set the label that allows it',
  },
] as const satisfies readonly Gate[];
