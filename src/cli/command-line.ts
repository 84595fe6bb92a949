import type { ExitCode } from '../errors.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import { version } from '../version.ts';
import type { Command } from './command.ts';
import { commandLoaders, loadAllCommands } from './commands.ts';
import type { Host } from './host.ts';
import { mainHelp, shortHelp } from './main-help.ts';

const helpWords: ReadonlySet<string> = new Set(['help', '--help', '-h']);
const versionWords: ReadonlySet<string> = new Set(['version', '--version', '-V']);

async function commandNamed(name: string): Promise<Command> {
  const load = Object.hasOwn(commandLoaders, name) ? commandLoaders[name] : undefined;
  if (load !== undefined) return load();
  const names = [...Object.keys(commandLoaders), 'help', 'version'];
  const suggestion = nearest(name.replace(/^-+/, ''), names);
  throw new UsageError(
    `unknown ${name.startsWith('-') ? 'option' : 'command'} ${JSON.stringify(name.slice(0, 80))}`,
    {
      hint: suggestion === null ? 'herald --help lists the commands' : `did you mean "herald ${suggestion}"?`,
    },
  );
}

function print(text: string, host: Host): ExitCode {
  host.output.write(`${text}\n`);
  return exitCodes.done;
}

async function printHelpOf(command: Command, host: Host): Promise<ExitCode> {
  const { commandHelp } = await import('./help.ts');
  return print(await commandHelp(command, host), host);
}

async function printHelp(name: string | undefined, host: Host): Promise<ExitCode> {
  if (name !== undefined && !helpWords.has(name) && !versionWords.has(name))
    return printHelpOf(await commandNamed(name), host);
  return print(mainHelp(host.output.columns), host);
}

/** The command first: its options may be written before it. */
function commandFirst(argv: readonly string[]): readonly string[] {
  const at =
    argv[0]?.startsWith('-') === true ? argv.findIndex((word) => Object.hasOwn(commandLoaders, word)) : 0;
  const name = argv[at];
  return at <= 0 || name === undefined ? argv : [name, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

/**
 * Reads a command line, prints the help or the version where it asks for them, and runs its command. Without any
 * argument it prints a short help as an error: a job whose command got lost must not pass.
 */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<ExitCode> {
  const [first, second] = argv;
  if (first === undefined) {
    host.errorOutput.write(shortHelp());
    return exitCodes.usage;
  }
  if (helpWords.has(first)) return printHelp(second, host);
  if (versionWords.has(first)) return print(version, host);
  const [name = '', ...args] = commandFirst(argv);
  const command = await commandNamed(name);
  const options = (await command.optionsFor?.(args)) ?? command.options;
  const { parseArguments } = await import('./arguments.ts');
  const { flags, asks } = await parseArguments(args, { ...command, options });
  if (asks === 'help') return printHelpOf(command, host);
  if (asks === 'version') return print(version, host);
  return command.run(flags, host, loadAllCommands);
}
