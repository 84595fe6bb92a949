import yargs from 'yargs';
import type { ExitCode } from '../errors.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { nearest } from '../model/nearest.ts';
import { version } from '../version.ts';
import { botCommand } from './bot.ts';
import type { Command } from './command.ts';
import { commentCommand } from './comment.ts';
import { convertCommand } from './convert.ts';
import { demoCommand } from './demo.ts';
import type { Host } from './host.ts';
import { inspectCommand } from './inspect.ts';
import { labelCommand } from './label.ts';
import { reportCommand } from './report.ts';
import { setupCommand } from './setup.ts';
import { statusCommand } from './status.ts';
import { givenFlags, yargsOptions } from './yargs-options.ts';

/** Adding a command is one file and one entry here. */
const commands: readonly Command[] = [
  reportCommand,
  inspectCommand,
  convertCommand,
  commentCommand,
  statusCommand,
  labelCommand,
  setupCommand,
  botCommand,
  demoCommand,
];

function refuse(message: string, argv: readonly string[]): never {
  const names = commands.map(({ name }) => name);
  const word = argv.find((argument) => !argument.startsWith('-')) ?? '';
  const suggestion = names.includes(word) ? null : nearest(word, names);
  throw new UsageError(message, {
    hint:
      suggestion === null
        ? `herald --help lists the commands and their options`
        : `did you mean "herald ${suggestion}"?`,
  });
}

/**
 * Runs one command line and gives the exit code. Throws `HeraldError` for what a user can mend; anything else is a bug.
 */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.done;
  const parser = yargs()
    .scriptName('herald')
    .usage('$0 <command> [options]\n\nTells everyone on a merge request what its pipeline found.')
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
