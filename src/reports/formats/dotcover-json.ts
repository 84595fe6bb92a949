import type { JsonFormat } from '../format.ts';
import { has, numberAt } from './shared/json-value.ts';

/** dotCover's JSON: statements by assembly, type and method; it names no files. */
export const dotcoverJson: JsonFormat = {
  format: 'dotcover-json',
  title: 'dotCover JSON',
  kind: 'coverage',
  unit: 'statements, as dotCover counts them; no files',
  wellKnownNames: ['**/*dotcover*.json', '**/*dotCover*.json'],
  specification:
    'https://www.jetbrains.com/help/dotcover/Running_Coverage_Analysis_from_the_Command_LIne.html',
  producers: [{ tool: 'dotCover', option: '--reportType=JSON' }],
  syntax: 'json',
  detect: (value) =>
    has(value, 'DotCoverVersion', 'string') ||
    (has(value, 'TotalStatements', 'number') && has(value, 'Children', 'list')),
  read(value, sink) {
    const covered = numberAt(value, 'CoveredStatements');
    const total = numberAt(value, 'TotalStatements');
    if (covered === null || total === null) sink.incomplete('the report gives no totals');
    else sink.coverageTotals('statements', covered, total);
  },
};
