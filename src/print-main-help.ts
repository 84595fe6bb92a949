import { mainHelp } from './cli/main-help.ts';
import { colorFrom, columnsFrom } from './context/terminal.ts';
import { createOutput } from './io/output.ts';

/** Prints the help of all, as `herald help` does, with nothing loaded that only commands need. */
export function printMainHelp({ env, stdout }: NodeJS.Process): void {
  const output = createOutput(stdout, { color: colorFrom(env), columns: columnsFrom(env) });
  output.write(`${mainHelp(output.columns)}\n`);
}
