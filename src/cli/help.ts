import yargs, { type Argv } from 'yargs';
import { optionRows } from '../config/option-row.ts';
import { ownFlags } from './arguments.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { yargsOptions } from './yargs-options.ts';

const purpose = 'Shows on a merge request what its pipeline found.';

/** Help is text in columns: wider than this, lines are hard to read. */
const maxColumns = 110;

/** Last of all: everybody knows these. */
const helpFlags = Object.fromEntries(
  ownFlags.map(({ name, short, description }) => [
    name,
    { type: 'boolean' as const, alias: short, describe: description, group: 'Help:' },
  ]),
);

function page({ columns }: Host['output']): Argv {
  return yargs()
    .scriptName('herald')
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .wrap(Math.min(columns, maxColumns));
}

/** `herald report [reports..] [options]` */
export function usageOf({ name, usage }: Pick<Command, 'name' | 'usage'>): string {
  return ['herald', name, ...(usage === '' ? [] : [usage]), '[options]'].join(' ');
}

/** The help of all: what there is, and how to learn more. */
export async function mainHelp(commands: readonly Command[], { output }: Host): Promise<string> {
  const parser = page(output)
    .options(helpFlags)
    .usage(`herald <command> [options]\n\n${purpose}`)
    .epilogue('herald help <command> explains a command and its options.');
  for (const { name, description } of commands) parser.command(name, description);
  return parser.getHelp();
}

/** The help of one command. */
export async function commandHelp(command: Command, { output }: Host): Promise<string> {
  const words = optionRows(command.options).find(({ key }) => key === command.positional);
  const argument = words === undefined ? '' : `\n\n${words.name}: ${words.description}`;
  return page(output)
    .usage(`${usageOf(command)}\n\n${command.description}${argument}`)
    .options(yargsOptions(command.options))
    .options(helpFlags)
    .example(command.examples.map(([line, meaning]) => [line, meaning]))
    .getHelp();
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
