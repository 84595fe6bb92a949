import type { JsonFormat, ReportSink } from '../format.ts';
import { has, isJsonObject, listAt, numberAt, textAt, textsAt, valueAt } from '../json-value.ts';

type Action = 'create' | 'update' | 'delete' | 'replace';

const actions: readonly Action[] = ['create', 'update', 'delete', 'replace'];

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation: two actions are a replacement. */
function actionOf(change: unknown): Action | null {
  const named = textsAt(change, 'change', 'actions');
  if (named.includes('create') && named.includes('delete')) return 'replace';
  return actions.find((action) => named.length === 1 && named[0] === action) ?? null;
}

function addCount(sink: ReportSink, name: string, value: number): void {
  sink.metric({ name, group: 'terraform', labels: {}, value, unit: 'resources', better: null });
}

function readPlan(plan: unknown, sink: ReportSink): void {
  const counts = new Map<Action, number>(actions.map((action) => [action, 0]));
  const destroyed: string[] = [];
  for (const change of listAt(plan, 'resource_changes')) {
    const action = actionOf(change);
    if (action === null) continue;
    counts.set(action, (counts.get(action) ?? 0) + 1);
    if (action === 'delete' || action === 'replace') destroyed.push(textAt(change, 'address') ?? '?');
  }
  for (const [action, count] of counts) addCount(sink, action, count);
  for (const address of destroyed.slice(0, 100)) {
    sink.metric({
      name: 'destroyed',
      group: 'terraform',
      labels: { address },
      value: 1,
      unit: 'resources',
      better: 'lower',
    });
  }
  if (valueAt(plan, 'errored') === true) sink.warn('the plan says that it ended with an error');
}

/** What `terraform plan` and `tofu plan` would change: GitLab's short report, or the whole plan as JSON. */
export const terraform: JsonFormat = {
  format: 'terraform',
  title: 'Terraform and OpenTofu plan',
  kind: 'metrics',
  wellKnownNames: ['**/tfplan.json', '**/plan.json'],
  specification: 'https://developer.hashicorp.com/terraform/internals/json-format',
  producers: [
    { tool: 'terraform, tofu', option: 'show -json plan.cache > tfplan.json' },
    { tool: "GitLab's gitlab-terraform and gitlab-tofu", option: 'plan-json' },
  ],
  syntax: 'json',
  detect: (value) =>
    (has(value, 'create', 'number') && has(value, 'update', 'number') && has(value, 'delete', 'number')) ||
    (has(value, 'format_version', 'string') &&
      (has(value, 'planned_values', 'object') ||
        has(value, 'resource_changes', 'list') ||
        has(value, 'terraform_version', 'string'))),
  read(value, sink) {
    if (isJsonObject(value) && has(value, 'create', 'number')) {
      for (const name of ['create', 'update', 'delete']) addCount(sink, name, numberAt(value, name) ?? 0);
    } else readPlan(value, sink);
  },
};
