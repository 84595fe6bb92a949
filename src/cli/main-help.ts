import { maxColumns, twoColumns, wrapped } from './columns.ts';
import { flagsOfAll } from './own-flags.ts';
import { summaries } from './summaries.ts';

const purpose = 'Shows on a merge request what its pipeline found.';

/** The help of all: what there is, and how to learn more. It is written by hand, so that it loads no parser. */
export function mainHelp(columns: number): string {
  const width = Math.min(columns, maxColumns);
  const commands = Object.entries(summaries).map(([name, summary]) => [`herald ${name}`, summary] as const);
  return [
    'herald <command> [options]',
    wrapped(purpose, width).join('\n'),
    `Commands:\n${twoColumns(commands, width)}`,
    flagsOfAll(width),
    wrapped('herald help <command> explains a command and its options.', width).join('\n'),
  ].join('\n\n');
}

/** For somebody who typed nothing but the name. */
export function shortHelp(): string {
  return [
    purpose,
    '',
    'herald <command> [options]',
    '',
    '  herald report --preview   see the comment for the reports of this folder, without GitLab',
    '  herald demo               see the comment grow over two pushes, without an installation',
    '  herald --help             list all commands',
    '',
  ].join('\n');
}
