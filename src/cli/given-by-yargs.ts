import yargs, { type Options } from 'yargs';
import type * as z from 'zod';
import { UsageError } from '../errors.ts';
import { ownFlags } from './own-flags.ts';
import { yargsOptions } from './yargs-options.ts';

/** What was written on a command line, before it is a value of an option. */
export interface GivenFlags {
  /** By the flag's name; without those that were not given. */
  readonly flags: ReadonlyMap<string, unknown>;
  /** The arguments without a flag. */
  readonly words: readonly string[];
}

/** One value per flag, no guesses about types: values are read as those of variables are. */
const parserConfiguration = {
  'greedy-arrays': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
} as const;

/** A number that is none would be lost as NaN. */
function asWritten(flags: Record<string, Options>): Record<string, Options> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      flag.type === 'number' ? { ...flag, type: 'string' } : flag,
    ]),
  );
}

function missingValue(message: string): UsageError | null {
  const name = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  return name === undefined
    ? null
    : new UsageError(`--${name} needs a value`, {
        hint: `a value that begins with a dash: --${name}=-value`,
      });
}

/** Reads arguments with yargs. Throws `UsageError` for a flag without its value. */
export async function givenByYargs(args: readonly string[], schema: z.ZodObject): Promise<GivenFlags> {
  const parsed = await yargs()
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration(parserConfiguration)
    .options(asWritten(yargsOptions(schema)))
    .options(
      Object.fromEntries(
        ownFlags.map(({ name, short }) => [name, { type: 'boolean' as const, alias: short }]),
      ),
    )
    .fail((message: string, error: Error | undefined) => {
      throw missingValue(message) ?? error ?? new UsageError(message);
    })
    .parseAsync([...args]);
  return { flags: new Map<string, unknown>(Object.entries(parsed)), words: parsed._.map(String) };
}
