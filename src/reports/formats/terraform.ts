import type { JsonFormat, ReportSink } from '../format.ts';
import { has, isJsonObject, listAt, numberAt, textAt, textsAt, valueAt } from './shared/json-value.ts';

/** `import` and `move` come beside another action: an imported resource may be changed, too. */
const actions = ['create', 'update', 'delete', 'replace', 'import', 'move', 'forget'] as const;

type Action = (typeof actions)[number];

/**
 * What a plan does to one resource. Two actions are a replacement, or, where the old object is only forgotten, one to
 * add and one to forget. Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
function actionsOf(change: unknown): readonly Action[] {
  const named = textsAt(change, 'change', 'actions');
  const isReplaced = named.includes('create') && named.includes('delete');
  const plain = actions.filter((action) => named.includes(action));
  const address = textAt(change, 'address');
  const previous = textAt(change, 'previous_address');
  return [
    ...(isReplaced ? (['replace'] as const) : plain),
    ...(has(valueAt(change, 'change'), 'importing', 'object') ? (['import'] as const) : []),
    ...(previous !== null && previous !== address ? (['move'] as const) : []),
  ];
}

function addCount(sink: ReportSink, name: string, value: number): void {
  sink.metric({ name, group: 'terraform', labels: {}, value, unit: 'resources', better: null });
}

function readPlan(plan: unknown, sink: ReportSink): void {
  const counts = new Map<Action, number>(actions.map((action) => [action, 0]));
  const destroyed: string[] = [];
  for (const change of listAt(plan, 'resource_changes')) {
    const own = actionsOf(change);
    for (const action of own) counts.set(action, (counts.get(action) ?? 0) + 1);
    if (own.includes('delete') || own.includes('replace')) destroyed.push(textAt(change, 'address') ?? '?');
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
  if (valueAt(plan, 'errored') === true)
    sink.threshold({
      group: 'terraform',
      name: 'plan',
      passed: false,
      detail: 'the plan ended with an error',
    });
  readChecks(plan, sink);
}

/** Conditions and `check` blocks: https://developer.hashicorp.com/terraform/internals/json-format#checks-representation */
function readChecks(plan: unknown, sink: ReportSink): void {
  for (const check of listAt(plan, 'checks')) {
    const status = textAt(check, 'status');
    if (status !== 'fail' && status !== 'error') continue;
    const problems = listAt(check, 'instances').flatMap((instance) =>
      listAt(instance, 'problems').flatMap((problem) => textAt(problem, 'message') ?? []),
    );
    const name = textAt(check, 'address', 'to_display') ?? 'check';
    sink.threshold({ group: 'terraform', name, passed: false, detail: problems.join('; ') });
  }
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
