import type { ExitCode } from '../errors.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import { version } from '../version.ts';
import { commandLoaders, loadAllCommands } from './commands.ts';
import { helpOf, helpWords, isCommand } from './help.ts';
import type { Host } from './host.ts';
import { mainHelp, shortHelp } from './main-help.ts';
import type { CommandName } from './summaries.ts';

const versionWords: ReadonlySet<string> = new Set(['version', '--version', '-V']);

function commandNamed(name: string): CommandName {
  if (isCommand(name)) return name;
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

async function printHelp(name: string | undefined, host: Host): Promise<ExitCode> {
  const { columns } = host.output;
  if (name !== undefined && !helpWords.has(name) && !versionWords.has(name))
    return print(await helpOf(commandNamed(name), columns), host);
  return print(mainHelp(columns), host);
}

/** The command first: its options may be written before it. */
function commandFirst(argv: readonly string[]): readonly string[] {
  const at = argv[0]?.startsWith('-') === true ? argv.findIndex((word) => isCommand(word)) : 0;
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
  const [word = '', ...args] = commandFirst(argv);
  const name = commandNamed(word);
  const command = await commandLoaders[name]();
  const options = (await command.optionsFor?.(args)) ?? command.options;
  const { parseArguments } = await import('./arguments.ts');
  const { flags, asks } = await parseArguments(args, { ...command, options });
  if (asks === 'help') return printHelp(name, host);
  if (asks === 'version') return print(version, host);
  return command.run(flags, host, loadAllCommands);
}
