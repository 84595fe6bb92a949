import type { ExitCode } from '../errors.ts';
import { commandLoaders, loadAllCommands } from './commands.ts';
import { isCommand } from './help.ts';
import type { Host } from './host.ts';

/**
 * Runs one command line and returns the exit code. Throws `HeraldError` for problems that a user can fix; anything else
 * is a bug.
 */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  const [name = ''] = argv;
  // Jobs pass their options in variables: reading flags would take longer than all the rest before the first request.
  if (argv.length === 1 && isCommand(name)) {
    const command = await commandLoaders[name]();
    return command.run({}, host, loadAllCommands);
  }
  const { runCommandLine } = await import('./command-line.ts');
  return runCommandLine(argv, host);
}
