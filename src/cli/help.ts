import yargs, { type Argv } from 'yargs';
import { optionRows } from '../config/option-row.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { maxColumns } from './main-help.ts';
import { ownFlags } from './own-flags.ts';
import { yargsOptions } from './yargs-options.ts';

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
