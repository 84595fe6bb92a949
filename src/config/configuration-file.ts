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

/** Keys that people write at the top, and the key below which they belong. */
export const innerKeys: Readonly<Record<string, string>> = {
  presets: 'bot',
  rules: 'bot',
  commands: 'bot',
  'other-bots': 'bot',
  noise: 'bot',
  trackers: 'trail',
  releases: 'trail',
};

function hintFor(key: string, names: readonly string[]): string {
  if (key === 'token')
    return 'a token is a secret: store it in the CI/CD variable HERALD_TOKEN, and replace one that was committed';
  const outer = innerKeys[key];
  if (outer !== undefined) return `write it below "${outer}:", indented`;
  const suggestion = nearest(key, names);
  return suggestion === null ? 'docs/reference/options.md lists the keys' : `did you mean "${suggestion}"?`;
}

function unknownKey(key: string, names: readonly string[]): string {
  return `unknown key ${JSON.stringify(key.slice(0, 80))}; ${hintFor(key, names)}`;
}

/** The name that other tools would also read. */
const misnamed = '.herald.yaml';

/** Nobody would notice that a file with the wrong ending is not read: its gates would judge nothing. */
async function refuseMisnamed(path: string, files: Files): Promise<void> {
  if ((await textOf(misnamed, files)) !== null)
    throw new UsageError(`${misnamed} is not read: rename it to ${path}`);
}

/** Where a text has what no text in UTF-8 has: half a character, or the zeros of UTF-16. */
function otherEncoding(text: string): { readonly line: number; readonly column: number } | null {
  const at = text.search(/[\uFFFD\0]/);
  if (at === -1) return null;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/**
 * The configuration file below a project; empty when the default file does not exist. `known` are the keys that the
 * command has options for: most files have no others, and then no other command's options are built. Throws
 * `UsageError` for a file that was named and is not there, cannot be opened, or has the wrong ending; what is wrong
 * inside is in `problems`.
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
    await refuseMisnamed(path, files);
    return none;
  }
  const wrong = otherEncoding(text);
  if (wrong !== null)
    return {
      ...none,
      exists: true,
      problems: [`${path}:${wrong.line}:${wrong.column}: not text in UTF-8: save the file as UTF-8`],
    };
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
