import type { Options } from 'yargs';
import type * as z from 'zod';
import { type OptionRow, optionRows } from '../config/option-row.ts';
import { valueFromText } from '../config/values.ts';

function describe(row: OptionRow): string {
  const { defaultValue } = row;
  const isTold =
    (typeof defaultValue === 'string' && defaultValue !== '') ||
    typeof defaultValue === 'number' ||
    defaultValue === true;
  const initial = isTold ? ` [default: ${String(defaultValue)}]` : '';
  return `${row.description}${initial} [$${row.variable}]`;
}

/**
 * A command's flags for yargs. Types and choices only, no defaults: `config/load.ts` decides which of flag, variable,
 * file and default wins, so it must see whether a flag was given.
 */
export function yargsOptions(schema: z.ZodObject): Record<string, Options> {
  const flags: Record<string, Options> = {};
  for (const row of optionRows(schema)) {
    if (row.positional || row.type === 'table') continue;
    flags[row.name] = {
      type: row.type,
      describe: describe(row),
      requiresArg: row.type !== 'boolean',
      ...(row.choices === null || Object.keys(row.aliases).length > 0 ? {} : { choices: row.choices }),
    };
  }
  return flags;
}

/** A list may be given in parts, and each part be a list: `--parts webhook,token --parts queue`. */
function split(row: OptionRow, value: unknown): unknown {
  if (row.type !== 'array' || row.positional || !Array.isArray(value)) return value;
  return value.flatMap((item: unknown) =>
    typeof item === 'string' ? (valueFromText(row, item, `--${row.name}`) ?? []) : [item],
  );
}

/** The flags that were given, by the option's key, with lists split at commas. */
export function givenFlags(
  schema: z.ZodObject,
  argv: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(optionRows(schema).map((row) => [row.key, split(row, argv[row.name])]));
}
