import type * as z from 'zod';
import { configActions, configOptions } from '../config/config-options.ts';
import { loadOptions } from '../config/load.ts';
import { groupedRows } from '../config/option-groups.ts';
import { optionRows } from '../config/option-row.ts';
import { optionsByCommand } from '../config/options.ts';
import { type Origin, originText } from '../config/origin.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import { nearest } from '../model/nearest.ts';
import { counted } from '../model/plural.ts';
import { terminalTable } from '../render/terminal/table.ts';
import { visibleLine } from '../render/words/visible-text.ts';
import { maskedValue } from '../secrets/masked-value.ts';
import type { Command } from './command.ts';
import type { Host } from './host.ts';
import { jsonLine } from './json-line.ts';
import { summaries } from './summaries.ts';

type Flags = Readonly<Record<string, unknown>>;
type CommandName = keyof typeof optionsByCommand;

export const configCommand: Command = {
  name: 'config',
  description: summaries.config,
  usage: '<check|print|schema> [command]',
  options: configOptions,
  optionsFor: (args) => Promise.resolve(optionsOf(args)),
  positional: 'action',
  examples: [
    [
      'herald config check',
      'everything that is wrong in .herald.yml, with its line; exit code 3 if there is something',
    ],
    ['herald config print', 'the effective options of herald report, and where each came from'],
    ['herald config print report --fail-on failures', 'the same with a flag'],
    ['herald config schema > herald.schema.json', 'for editors'],
  ],
  run: runConfig,
};

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(optionsByCommand, name);
}

/** The command whose options are printed: the word behind `print`. */
function commandNamed(words: readonly string[]): CommandName {
  const name = words[0] ?? 'report';
  if (isCommand(name)) return name;
  const names = Object.keys(optionsByCommand);
  const meant = nearest(name, names);
  throw new UsageError(`unknown command ${JSON.stringify(name.slice(0, 80))}`, {
    hint: meant === null ? `one of ${names.join(', ')}` : `did you mean "${meant}"?`,
  });
}

/** `print` takes the flags of the command that it prints, to show what they would change. */
function optionsOf(args: readonly string[]): z.ZodObject {
  const at = args.indexOf('print');
  const name = args[at + 1] ?? '';
  if (at === -1) return configOptions;
  const { shape } = optionsByCommand[isCommand(name) ? name : 'report'];
  return configOptions.extend(
    Object.fromEntries(Object.entries(shape).filter(([key]) => !(key in configOptions.shape))),
  );
}

async function runConfig(flags: Flags, host: Host): Promise<ExitCode> {
  const words = Array.isArray(flags['action']) ? flags['action'].map(String) : [];
  const [first = '', ...rest] = words;
  const action = configActions.find((name) => name === first);
  if (action === undefined) {
    const meant = nearest(first, configActions);
    throw new UsageError(
      first === ''
        ? 'herald config needs to know what to do'
        : `unknown action ${JSON.stringify(first.slice(0, 80))}`,
      {
        hint:
          meant === null ? `one of ${configActions.join(', ')}` : `did you mean "herald config ${meant}"?`,
      },
    );
  }
  const [extra] = rest;
  if (extra !== undefined && (action !== 'print' || rest.length > 1))
    throw new UsageError(`unexpected argument ${JSON.stringify((rest[1] ?? extra).slice(0, 80))}`);
  if (action === 'check') return check(flags, host);
  if (action === 'print') return print(commandNamed(rest), flags, host);
  const { configurationSchema } = await import('../usecases/configuration-schema.ts');
  host.output.write(`${JSON.stringify(configurationSchema(), null, 2)}\n`);
  return exitCodes.done;
}

/** Where jobs look for the file, else where the user is. */
function projectDirectory({ variables, workingDirectory }: Host): string {
  const directory = variables['CI_PROJECT_DIR'] ?? '';
  return directory === '' ? workingDirectory : directory;
}

async function check(flags: Flags, host: Host): Promise<ExitCode> {
  const { checkConfiguration } = await import('../usecases/check-configuration.ts');
  const given = flags['config'] ?? host.variables['HERALD_CONFIG'] ?? '';
  const named = typeof given === 'string' && given !== '';
  const files = host.filesUnder(projectDirectory(host));
  const { variables } = host;
  const checked = await checkConfiguration(
    { path: named ? given : '.herald.yml', named },
    { files, variables },
  );
  const { path, exists, problems } = checked;
  for (const { place, message } of problems) {
    const where = place === null ? '' : `${place.path}:${place.line}:${place.column}: `;
    const line = `${where}${message}`;
    host.output.write(
      flags['json'] === true
        ? jsonLine({ ...place, message }, host)
        : `${visibleLine(host.hideSecrets(line))}\n`,
    );
  }
  if (problems.length > 0) {
    host.errorOutput.write(`herald: ${counted(problems.length, { one: 'problem', other: 'problems' })}\n`);
    return exitCodes.unreadableInput;
  }
  if (flags['json'] !== true)
    host.output.write(
      `${visibleLine(path)} ${exists ? 'is fine' : 'does not exist: every option has its default'}\n`,
    );
  return exitCodes.done;
}

/** Commands that read `.herald.yml` of the folder they run in. */
export const commandsWithFile: ReadonlySet<string> = new Set<CommandName>([
  'explain',
  'report',
  'convert',
  'comment',
  'status',
  'label',
  'track-release',
]);

interface Printed {
  readonly name: string;
  readonly value: unknown;
  readonly origin: Origin;
}

/** The variables that a command looks at: some are too dangerous in a job, where strangers can set them. */
function variablesFor(command: CommandName, { variables }: Host): Host['variables'] {
  if (command === 'demo') return {};
  return command === 'bot' && isGitLabJob(variables) ? {} : variables;
}

async function print(command: CommandName, flags: Flags, host: Host): Promise<ExitCode> {
  const schema = optionsByCommand[command];
  const files = commandsWithFile.has(command) ? host.filesUnder(projectDirectory(host)) : null;
  const { action: _action, ...given } = flags;
  const sources = { flags: given, variables: variablesFor(command, host), files };
  const { options, provenance } = await loadOptions(schema, sources);
  const values = new Map<string, unknown>(Object.entries(options));
  const rows = groupedRows(optionRows(schema)).flatMap((group) => group.rows);
  const printed = rows.map(
    ({ key, name }): Printed => ({
      name,
      value: maskedValue(values.get(key), host.maskText),
      origin: provenance[key] ?? { kind: 'default' },
    }),
  );
  if (flags['json'] === true) host.output.write(jsonLine({ version: 1, command, options: printed }, host));
  else for (const line of linesOf(printed, host)) host.output.write(`${line}\n`);
  return exitCodes.done;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function linesOf(printed: readonly Printed[], { output, hideSecrets }: Host): readonly string[] {
  const rows = printed.map(({ name, value, origin }) =>
    [name, valueText(value), originText(origin)].map((text) =>
      visibleLine(hideSecrets(text)).replaceAll('│', '|'),
    ),
  );
  return terminalTable(
    { titles: ['Option', 'Value', 'From'], aligns: ['left', 'left', 'left'], rows },
    output.columns,
  );
}
