import yargs from 'yargs';
import type { ExitCode } from '../errors.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import { version } from '../version.ts';
import { commandLoaders } from './commands.ts';
import type { Host } from './host.ts';
import { givenFlags, yargsOptions } from './yargs-options.ts';

function refuse(message: string, argv: readonly string[]): never {
  const names = Object.keys(commandLoaders);
  const word = argv.find((argument) => !argument.startsWith('-')) ?? '';
  const suggestion = names.includes(word) ? null : nearest(word, names);
  throw new UsageError(message, {
    hint:
      suggestion === null
        ? `herald --help lists the commands and their options`
        : `did you mean "herald ${suggestion}"?`,
  });
}

/** Reads a command line with its flags, prints the help where it asks for it, and runs its command. */
export async function runCommandLine(argv: readonly string[], host: Host): Promise<ExitCode> {
  const commands = await Promise.all(Object.values(commandLoaders).map((load) => load()));
  let exitCode: ExitCode = exitCodes.done;
  const parser = yargs()
    .scriptName('herald')
    .usage('$0 <command> [options]\n\nShows on a merge request what its pipeline found.')
    .locale('en')
    .version(version)
    .strict()
    .demandCommand(1, 1, 'a command is needed')
    .recommendCommands()
    .wrap(Math.min(host.output.columns, 110))
    .exitProcess(false)
    .fail((message: string, error: Error | undefined) => {
      if (error !== undefined) throw error;
      refuse(message, argv);
    });

  for (const command of commands) {
    parser.command(
      command.positional === null ? command.name : `${command.name} [${command.positional}..]`,
      command.description,
      (builder) => {
        builder
          .options(yargsOptions(command.options))
          .example(command.examples.map(([line, meaning]) => [line, meaning]));
        if (command.positional !== null)
          builder.positional(command.positional, { type: 'string', array: true });
      },
      async (parsed) => {
        exitCode = await command.run(givenFlags(command.options, parsed), host);
      },
    );
  }
  await parser.parseAsync([...argv], {}, (_error, _parsed, text) => {
    if (text !== '') host.output.write(`${text}\n`);
  });
  return exitCode;
}
