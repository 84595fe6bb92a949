import { UnreadableInputError, UsageError } from '../errors.ts';
import type { Files } from '../io/port.ts';
import { nearest } from '../model/nearest.ts';
import { optionRows } from './option-row.ts';
import { readYaml, type YamlDocument } from './parse-yaml.ts';

/** The keys and values of `.herald.yml`, before a command looks at its own. */
export interface ConfigurationFile {
  readonly path: string;
  /** False where the default file does not exist, or nothing can be read from. */
  readonly exists: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  /** What is wrong with the file as such, each as `.herald.yml:3:1: what`. */
  readonly problems: readonly string[];
  readonly placeOf: YamlDocument['placeOf'];
}

/**
 * Keys of the file that are not options: the bot's settings in the project, which the bot reads itself
 * (src/bot/parse-settings.ts).
 */
export const otherKeys: readonly string[] = ['bot'];

/**
 * `.herald.yml` may hold any option of any command: a key that this one does not know is checked against all of them.
 */
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

function unknownKey(key: string, names: readonly string[]): string {
  const suggestion = nearest(key, names);
  const hint = suggestion === null ? `known keys: ${names.join(', ')}` : `did you mean "${suggestion}"?`;
  return `unknown key ${JSON.stringify(key.slice(0, 80))}; ${hint}`;
}

/**
 * The configuration file below a project; empty when the default file does not exist. `known` are the keys that the
 * command has options for: most files have no others, and then no other command's options are built. Throws
 * `UsageError` for a file that was named and is not there, or cannot be opened; what is wrong inside is in `problems`.
 */
export async function readConfigurationFile(
  path: string,
  { named, known }: { readonly named: boolean; readonly known: readonly string[] },
  files: Files | null,
): Promise<ConfigurationFile> {
  const none = { path, exists: false, values: {}, problems: [], placeOf: () => ({ line: 1, column: 1 }) };
  if (files === null) return none;
  const text = await textOf(path, files);
  if (text === null) {
    if (named) throw new UsageError(`configuration file ${path} does not exist`);
    return none;
  }
  const { value, problems, placeOf } = await readYaml(text);
  const file = { path, exists: true, values: {}, placeOf };
  if (problems.length > 0) {
    const lines = problems.map(
      ({ line, column, message }) => `${path}:${line}:${column}: not valid YAML: ${message}`,
    );
    return { ...file, problems: lines };
  }
  if (value === null || value === undefined) return { ...file, problems: [] };
  if (!isRecord(value))
    return { ...file, problems: [`${path}:1:1: must hold keys and values, like "fail-on: new-failures"`] };
  const others = Object.keys(value).filter((key) => !known.includes(key) && !otherKeys.includes(key));
  const names = others.length === 0 ? [] : await allNames();
  const unknown = others.filter((key) => !names.includes(key));
  return {
    ...file,
    values: value,
    problems: unknown.map((key) => {
      const { line, column } = placeOf([key], 'key');
      return `${path}:${line}:${column}: ${unknownKey(key, names)}`;
    }),
  };
}
