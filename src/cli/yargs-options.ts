import type { Options } from 'yargs';
import type * as z from 'zod';
import { optionRows } from '../config/option-row.ts';

/**
 * A command's flags for yargs. No defaults and choices: `config/load.ts` decides which of flag, variable, file and
 * default wins, and says what is wrong with a value, so it must see what was written.
 */
export function yargsOptions(schema: z.ZodObject): Record<string, Options> {
  const flags: Record<string, Options> = {};
  for (const { name, type, positional } of optionRows(schema)) {
    if (positional || type === 'table') continue;
    flags[name] = {
      type,
      requiresArg: type !== 'boolean',
      ...(type === 'array' ? { string: true } : {}),
    };
  }
  return flags;
}
