import type { Options } from 'yargs';
import type * as z from 'zod';
import { groupedRows } from '../config/option-groups.ts';
import { type OptionRow, optionRows } from '../config/option-row.ts';

/** What people type for a value: `<norml|full>`; nothing for a switch. */
function choicesText({ choices, itemChoices }: OptionRow): string {
  const known = choices ?? itemChoices;
  return known === null ? '' : ` [${choices === null ? 'some' : 'one'} of: ${known.join(', ')}]`;
}

function describe(row: OptionRow): string {
  const { defaultValue } = row;
  const isTold =
    (typeof defaultValue === 'string' && defaultValue !== '') ||
    typeof defaultValue === 'number' ||
    defaultValue === true;
  const initial = isTold ? ` [default: ${String(defaultValue)}]` : '';
  return `${row.description}${choicesText(row)}${initial} [$${row.variable}]`;
}

/**
 * A command's flags for yargs, by group and in the order of the help. No defaults and choices: `config/load.ts`
 * decides which of flag, variable, file and default wins, and says what is wrong with a value, so it must see what was
 * written.
 */
export function yargsOptions(schema: z.ZodObject): Record<string, Options> {
  const flags: Record<string, Options> = {};
  for (const { title, rows } of groupedRows(optionRows(schema)))
    for (const row of rows) {
      if (row.positional || row.type === 'table') continue;
      flags[row.name] = {
        type: row.type,
        group: `${title}:`,
        describe: describe(row),
        requiresArg: row.type !== 'boolean',
        ...(row.type === 'array' ? { string: true } : {}),
      };
    }
  return flags;
}
