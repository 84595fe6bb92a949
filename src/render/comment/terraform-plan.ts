import type { Metric, MetricsReport } from '../../model/metrics.ts';

/** What plans of Terraform or OpenTofu would do, summed over all that were found. */
export interface Plan {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly import: number;
  readonly move: number;
  readonly forget: number;
  /** Addresses of resources that go, replaced ones included, as far as the plans name them; untrusted. */
  readonly destroyed: readonly string[];
}

/** True for the numbers that a plan is read into: they are shown as a plan, not as metrics. */
export function isOfPlan({ group }: Metric): boolean {
  return group === 'terraform';
}

/** The plans of this run as one; null when there is none. */
export function planOf(metrics: MetricsReport | null): Plan | null {
  const counts = metrics?.metrics.filter(isOfPlan) ?? [];
  if (counts.length === 0) return null;
  const sum = (action: string): number =>
    counts.reduce((total, { name, value }) => (name === action ? total + value : total), 0);
  return {
    create: sum('create'),
    update: sum('update'),
    replace: sum('replace'),
    delete: sum('delete'),
    import: sum('import'),
    move: sum('move'),
    forget: sum('forget'),
    destroyed: counts.flatMap(({ name, labels }) =>
      name === 'destroyed' && labels['address'] !== undefined ? [labels['address']] : [],
    ),
  };
}

/** What a plan would do, in the order in which it is shown. */
export const planActions = ['create', 'update', 'replace', 'delete', 'import', 'move', 'forget'] as const;

/** How many resources would go: destroyed ones and replaced ones. */
export function destroysOf(plan: Plan): number {
  return plan.delete + plan.replace;
}
