import type * as z from 'zod';
import type { ExitCode } from '../errors.ts';
import type { Host } from './host.ts';
import type { CommandName } from './summaries.ts';

/** One command of the command line: what yargs needs to know, and what to run. */
export interface Command {
  readonly name: CommandName;
  readonly description: string;
  /** The arguments after the name as the help shows them: `<…>` must be given, `[…]` may be; empty for none. */
  readonly usage: string;
  readonly options: z.ZodObject;
  /** The options where they depend on the arguments; else they are always the same. */
  optionsFor?(args: readonly string[]): Promise<z.ZodObject>;
  /** Key of the option that takes the arguments without a flag; null when the command takes none. */
  readonly positional: string | null;
  /** Command line and meaning. */
  readonly examples: readonly (readonly [string, string])[];
  /** `all` loads every command, for one that is about the others. */
  run(
    flags: Readonly<Record<string, unknown>>,
    host: Host,
    all: () => Promise<readonly Command[]>,
  ): Promise<ExitCode>;
}
