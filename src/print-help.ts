import { helpAskedFor } from './cli/help.ts';
import { colorFrom, columnsFrom } from './context/terminal.ts';
import { createOutput } from './io/output.ts';

/**
 * Prints the help that a command line asks for, with nothing loaded that only commands need; false if there is none.
 */
export async function printHelp(argv: readonly string[], { env, stdout }: NodeJS.Process): Promise<boolean> {
  const output = createOutput(stdout, { color: colorFrom(env), columns: columnsFrom(env) });
  const text = await helpAskedFor(argv, output.columns);
  if (text !== null) output.write(`${text}\n`);
  return text !== null;
}
