import type { JsonFormat, ReportSink } from '../format.ts';
import { has, listAt, numberAt, textAt } from './shared/json-value.ts';

/** Costs are texts of decimal digits: `"743.1700"`; null where the price depends on usage. */
function addCost(
  sink: ReportSink,
  cost: { name: string; project: string | null; value: number | null; unit: string },
): void {
  const { name, project, value, unit } = cost;
  if (value === null) return;
  sink.metric({
    name,
    group: 'infracost',
    labels: project === null ? {} : { project },
    value,
    unit,
    better: 'lower',
  });
}

/**
 * What `infracost breakdown` and `infracost diff` say: cost a month of all projects and of each, and the change that
 * the plan makes.
 */
export const infracost: JsonFormat = {
  format: 'infracost',
  title: 'Infracost JSON',
  kind: 'metrics',
  wellKnownNames: ['**/infracost*.json'],
  specification: 'https://www.infracost.io/docs/features/cli_commands/',
  producers: [
    { tool: 'infracost', option: 'breakdown --path . --format json --out-file infracost.json' },
    { tool: 'infracost', option: 'diff --path . --format json --out-file infracost.json' },
  ],
  syntax: 'json',
  detect: (value) =>
    has(value, 'projects', 'list') &&
    has(value, 'totalMonthlyCost', 'string') &&
    has(value, 'currency', 'string'),
  read(value, sink) {
    const unit = textAt(value, 'currency') ?? 'USD';
    addCost(sink, { name: 'monthly cost', project: null, value: numberAt(value, 'totalMonthlyCost'), unit });
    addCost(sink, {
      name: 'monthly cost change',
      project: null,
      value: numberAt(value, 'diffTotalMonthlyCost'),
      unit,
    });
    const projects = listAt(value, 'projects');
    for (const project of projects) {
      const name = textAt(project, 'name') ?? textAt(project, 'metadata', 'path') ?? '';
      const cost = numberAt(project, 'breakdown', 'totalMonthlyCost');
      const change = numberAt(project, 'diff', 'totalMonthlyCost');
      // The total of a single project is its own.
      if (projects.length > 1) {
        addCost(sink, { name: 'monthly cost', project: name, value: cost, unit });
        addCost(sink, { name: 'monthly cost change', project: name, value: change, unit });
      }
      for (const error of listAt(project, 'metadata', 'errors'))
        sink.failed(`${name}: ${textAt(error, 'message') ?? 'the project could not be priced'}`);
    }
  },
};
