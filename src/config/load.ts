import type * as z from 'zod';
import { UsageError } from '../errors.ts';
import type { Files } from '../io/port.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import { once } from '../model/once.ts';
import { type ConfigurationFile, otherKeys, readConfigurationFile } from './configuration-file.ts';
import { describeIssue } from './describe-issue.ts';
import { isListInput, itemsOfListInput } from './list-input.ts';
import { type OptionRow, optionRows } from './option-row.ts';
import type { Origin, Provenance } from './origin.ts';
import { valueFromText } from './values.ts';

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

type FileValues = Pick<ConfigurationFile, 'path' | 'values' | 'placeOf'>;

/** Why a file cannot set an option. */
export function whyNotInFile({ typed }: OptionRow): string {
  return typed
    ? 'decides where the token goes, so a file cannot set it'
    : 'says what the command reads or writes, so a file cannot set it';
}

function hintFor({ name, positional }: OptionRow): string {
  return positional ? 'name the file on the command line' : `give --${name} on the command line`;
}

/** A merge request can change the file: it may neither send the token elsewhere, nor what a script says. */
function checkFile(row: OptionRow, { path, values }: FileValues): void {
  if (Object.hasOwn(values, row.name))
    throw new UsageError(`${path}: ${row.name} ${whyNotInFile(row)}`, { hint: hintFor(row) });
}

/** The user who starts a job can change its variables: they may not send the token elsewhere. */
function checkVariable(row: OptionRow, { variables }: Sources): void {
  const { variable } = row;
  const hint = hintFor(row);
  if ((variables[variable] ?? '') !== '' && isGitLabJob(variables))
    throw new UsageError(
      `${variable} decides where the token goes, and in a GitLab job strangers can set variables`,
      { hint },
    );
}

function originOfVariable({ name, variable, input }: OptionRow, { variables }: Sources): Origin {
  return input && variables['HERALD_COMPONENT'] !== undefined
    ? { kind: 'input', name, variable }
    : { kind: 'variable', name: variable };
}

function originInFile({ name }: OptionRow, { path, placeOf }: FileValues): Origin {
  return { kind: 'file', path, ...placeOf([name], 'key') };
}

/** The key `bot` of the file is never the option `--bot` of setup. */
function isInFile({ name }: OptionRow, { values }: FileValues): boolean {
  return Object.hasOwn(values, name) && !otherKeys.includes(name);
}

function pick(row: OptionRow, sources: Sources, file: FileValues): [unknown, Origin] {
  const flag = sources.flags[row.key];
  const isEmpty = flag === '' || (Array.isArray(flag) && flag.length === 0);
  if (row.notInFile) checkFile(row, file);
  if (row.typed) checkVariable(row, sources);
  if (flag !== undefined && !isEmpty)
    return [flag, row.positional ? { kind: 'arguments' } : { kind: 'flag', name: `--${row.name}` }];
  const variable = sources.variables[row.variable];
  if (variable !== undefined) {
    const value = withoutAlias(row, fromVariable(row, variable, sources));
    if (value !== undefined && !isUntouchedInput(row, value, sources))
      return [value, originOfVariable(row, sources)];
  }
  if (isInFile(row, file)) return [fromFile(row, file.values[row.name], file.path), originInFile(row, file)];
  return [undefined, { kind: 'default' }];
}

/** What the file says about some options, under their current names and not validated yet. */
export function givenInFile(
  rows: readonly OptionRow[],
  file: FileValues,
): Pick<Read, 'values' | 'provenance'> {
  const given = rows.filter((row) => isInFile(row, file));
  return {
    values: Object.fromEntries(
      given.map((row) => [row.key, withoutAlias(row, fromFile(row, file.values[row.name], file.path))]),
    ),
    provenance: Object.fromEntries(given.map((row) => [row.key, originInFile(row, file)])),
  };
}

interface Read {
  readonly file: ConfigurationFile;
  readonly values: Readonly<Record<string, unknown>>;
  readonly provenance: Provenance;
}

/** The values of a command's options as they were given, not validated yet. */
async function readSources(rows: readonly OptionRow[], sources: Sources): Promise<Read> {
  const configRow = rows.find(({ key }) => key === 'config');
  const noFile: FileValues = { path: '', values: {}, placeOf: () => ({ line: 1, column: 1 }) };
  const [path] = configRow === undefined ? [undefined] : pick(configRow, sources, noFile);
  const filePath = typeof path === 'string' ? path : '.herald.yml';
  const file = await readConfigurationFile(
    filePath,
    { named: typeof path === 'string', known: rows.map(({ name }) => name) },
    sources.files,
  );

  const provenance: Record<string, Origin> = {};
  const values: Record<string, unknown> = {};
  for (const row of rows) {
    const [value, origin] = pick(row, sources, file);
    if (value !== undefined) values[row.key] = withoutAlias(row, value);
    provenance[row.key] = origin;
  }
  return { file, values, provenance };
}

/**
 * The effective options of a command: flag > environment > file > default, validated by the command's schema, with
 * where each value came from. Throws `UsageError` with one line for each problem, which names the flag, the variable,
 * or the place in the file.
 */
export async function loadOptions<Schema extends z.ZodObject>(
  schema: Schema,
  sources: Sources,
): Promise<Effective<z.output<Schema>>> {
  const rows = optionRows(schema);
  const { file, values, provenance } = await readSources(rows, sources);
  const parsed = schema.safeParse(values, { reportInput: true, ...once });
  if (parsed.success && file.problems.length === 0) return { options: parsed.data, provenance };
  const issues = parsed.error?.issues ?? [];
  const lines = issues.map((issue) => describeIssue(issue, { schema, rows, provenance, file }));
  throw new UsageError([...file.problems, ...lines].join('\n'));
}
