import type * as z from 'zod';
import { UnreadableInputError, UsageError } from '../errors.ts';
import type { Files } from '../io/port.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import { nearest } from '../model/nearest.ts';
import { describeIssue } from './describe-issue.ts';
import { isListInput, itemsOfListInput } from './list-input.ts';
import { type OptionRow, optionRows } from './option-row.ts';
import { parseYaml } from './parse-yaml.ts';
import { valueFromText } from './values.ts';

/** Where a value came from: `--fail-on`, `HERALD_FAIL_ON`, `.herald.yml`, or the default. */
export type Provenance = Readonly<Record<string, string>>;

export interface Effective<Options> {
  readonly options: Options;
  readonly provenance: Provenance;
}

export interface Sources {
  /** Flags as parsed, by the option's key; undefined where a flag was not given. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Reads the configuration file; null where there is no project directory to read from. */
  readonly files: Files | null;
}

/**
 * Keys of the file that are not options: the bot's settings in the project, which the bot reads itself
 * (src/bot/parse-settings.ts).
 */
const otherKeys = ['bot'];

/** `.herald.yml` may hold any option of any command: an unknown key is checked against all of them. */
async function allNames(): Promise<readonly string[]> {
  const { optionsByCommand } = await import('./options.ts');
  return [
    ...otherKeys,
    ...new Set(
      Object.values(optionsByCommand).flatMap((schema) => optionRows(schema).map((row) => row.name)),
    ),
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A configuration that cannot be read is wrong, as one that says something wrong is. */
async function textOf(path: string, files: Files): Promise<string | null> {
  try {
    return await files.readText(path);
  } catch (error) {
    if (!(error instanceof UnreadableInputError)) throw error;
    throw new UsageError(`configuration file: ${error.message}`, { cause: error });
  }
}

/** The keys and values of the configuration file; empty when the default file does not exist. */
async function readFile(
  path: string,
  named: boolean,
  files: Files | null,
): Promise<Readonly<Record<string, unknown>>> {
  if (files === null) return {};
  const text = await textOf(path, files);
  if (text === null) {
    if (named) throw new UsageError(`configuration file ${path} does not exist`);
    return {};
  }
  const value = await parseYaml(text, path);
  if (value === null || value === undefined) return {};
  if (!isRecord(value))
    throw new UsageError(`${path} must hold keys and values, like "fail-on: new-failures"`);
  const names = await allNames();
  for (const key of Object.keys(value)) checkKey(key, names, path);
  return value;
}

function checkKey(key: string, names: readonly string[], path: string): void {
  if (names.includes(key)) return;
  const suggestion = nearest(key, names);
  throw new UsageError(`${path}: unknown key "${key}"`, {
    hint: suggestion === null ? `known keys: ${names.join(', ')}` : `did you mean "${suggestion}"?`,
  });
}

/** A list may be written as one text in the file too: `fail-on: new-failures, coverage<80`. */
function fromFile(row: OptionRow, value: unknown, path: string): unknown {
  return row.type === 'array' && typeof value === 'string'
    ? valueFromText(row, value, `${path}: ${row.name}`)
    : value;
}

/**
 * A component passes all of its inputs, even those that nobody set; an input with its default value is ignored, so that
 * `.herald.yml` can set the option.
 */
function isUntouchedInput(row: OptionRow, value: unknown, { variables }: Sources): boolean {
  return (
    variables['HERALD_COMPONENT'] !== undefined && JSON.stringify(value) === JSON.stringify(row.defaultValue)
  );
}

/** The value of a variable; undefined where it counts as not set. */
function fromVariable(row: OptionRow, text: string, { variables }: Sources): unknown {
  const isList =
    row.type === 'array' && variables['HERALD_COMPONENT'] !== undefined && isListInput(text.trim());
  if (!isList) return valueFromText(row, text, row.variable);
  const items = itemsOfListInput(text.trim(), row.variable);
  return items.length === 0 ? undefined : items;
}

/** A value under its current name. */
function withoutAlias(row: OptionRow, value: unknown): unknown {
  const isPlain = typeof value === 'string' || typeof value === 'boolean';
  return isPlain ? (row.aliases[String(value)] ?? value) : value;
}

/**
 * A merge request can change the file, and the user who starts a job can change its variables: neither may send the
 * token elsewhere.
 */
function checkTyped(
  { name, variable }: OptionRow,
  { variables }: Sources,
  file: { readonly path: string; readonly values: Readonly<Record<string, unknown>> },
): void {
  const hint = `give --${name} on the command line`;
  if (Object.hasOwn(file.values, name))
    throw new UsageError(`${file.path}: ${name} decides where the token goes, so a file cannot set it`, {
      hint,
    });
  if ((variables[variable] ?? '') !== '' && isGitLabJob(variables))
    throw new UsageError(
      `${variable} decides where the token goes, and in a GitLab job strangers can set variables`,
      { hint },
    );
}

function pick(
  row: OptionRow,
  sources: Sources,
  file: { path: string; values: Readonly<Record<string, unknown>> },
): [unknown, string] {
  const flag = sources.flags[row.key];
  const isEmpty = flag === '' || (Array.isArray(flag) && flag.length === 0);
  if (row.typed) checkTyped(row, sources, file);
  if (flag !== undefined && !isEmpty) return [flag, row.positional ? 'arguments' : `--${row.name}`];
  const variable = sources.variables[row.variable];
  if (variable !== undefined) {
    const value = withoutAlias(row, fromVariable(row, variable, sources));
    if (value !== undefined && !isUntouchedInput(row, value, sources)) return [value, row.variable];
  }
  if (Object.hasOwn(file.values, row.name))
    return [fromFile(row, file.values[row.name], file.path), file.path];
  return [undefined, 'default'];
}

/**
 * The effective options of a command: flag > environment > file > default, validated by the command's schema, with
 * where each value came from. Throws `UsageError` that names the flag, variable or key.
 */
export async function loadOptions<Schema extends z.ZodObject>(
  schema: Schema,
  sources: Sources,
): Promise<Effective<z.output<Schema>>> {
  const rows = optionRows(schema);
  const configRow = rows.find(({ key }) => key === 'config');
  const [path] = configRow === undefined ? [undefined] : pick(configRow, sources, { path: '', values: {} });
  const filePath = typeof path === 'string' ? path : '.herald.yml';
  const file = { path: filePath, values: await readFile(filePath, typeof path === 'string', sources.files) };

  const provenance: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const row of rows) {
    const [value, origin] = pick(row, sources, file);
    if (value !== undefined) values[row.key] = withoutAlias(row, value);
    provenance[row.key] = origin;
  }
  const parsed = schema.safeParse(values, { reportInput: true });
  if (parsed.success) return { options: parsed.data, provenance };
  throw new UsageError(
    parsed.error.issues.map((issue) => describeIssue(issue, { schema, rows, provenance })).join('\n'),
  );
}
