import { parseSettings } from '../bot/parse-settings.ts';
import { parseCondition } from '../compare/parse-condition.ts';
import { problemsInFile } from '../config/check-file.ts';
import { type ConfigurationFile, readConfigurationFile } from '../config/configuration-file.ts';
import { loadOptions } from '../config/load.ts';
import { optionRows } from '../config/option-row.ts';
import { optionsByCommand } from '../config/options.ts';
import { readYaml } from '../config/parse-yaml.ts';
import { UsageError } from '../errors.ts';
import type { Files } from '../io/port.ts';
import { nearest } from '../model/nearest.ts';
import { quarantinePath } from '../model/quarantine.ts';
import { parseQuarantine } from '../trail/quarantine/parse-quarantine.ts';
import { formatsWith } from './pattern-formats.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** A problem and where it is, as far as that is known. */
export interface ConfigurationProblem {
  /** Null for a variable. */
  readonly place: { readonly path: string; readonly line: number; readonly column: number } | null;
  readonly message: string;
}

export interface CheckedConfiguration {
  readonly path: string;
  /** False where there is no file, and all options have their defaults. */
  readonly exists: boolean;
  /** In the order of the file; behind it those of the quarantine and of variables. */
  readonly problems: readonly ConfigurationProblem[];
}

/** What a reader says against a value, in one line; null where it takes it. */
function complaintOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return error.hint === null ? error.message : `${error.message}; ${error.hint}`;
  }
}

function itemsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  return typeof value === 'string'
    ? value
        .split(/[,\n]/)
        .map((item) => item.trim())
        .filter((item) => item !== '')
    : [];
}

type At = (path: readonly PropertyKey[], message: string, of?: 'key' | 'value') => ConfigurationProblem;

/** What conditions and patterns say against their own grammar. */
function problemsOfValues({ values }: ConfigurationFile, at: At): readonly ConfigurationProblem[] {
  const readers = {
    'fail-on': (text: string) => parseCondition(text, 'fail'),
    'warn-on': (text: string) => parseCondition(text, 'warn'),
    patterns: (text: string) => formatsWith([text]),
  };
  const ofLists = Object.entries(readers).flatMap(([name, read]) =>
    (name === 'patterns' && typeof values[name] === 'string'
      ? values[name].split('\n').filter((line) => line.trim() !== '')
      : itemsOf(values[name])
    ).flatMap((text, index) => {
      const complaint = complaintOf(() => read(text));
      return complaint === null ? [] : [at([name, index], complaint)];
    }),
  );
  const rules = values['label-rules'];
  const conditions = typeof rules === 'object' && rules !== null ? Object.keys(rules) : [];
  const ofRules = conditions.flatMap((text) => {
    const complaint = complaintOf(() => parseCondition(text, 'fail', 'label-rules'));
    return complaint === null ? [] : [at(['label-rules', text], complaint, 'key')];
  });
  return [...ofLists, ...ofRules];
}

/** `bot.rules[2].when` as a path; a part that begins with a digit is the number of an item. */
function pathOf(text: string): readonly PropertyKey[] {
  return text.split(/[.[\]]+/).filter((part) => part !== '');
}

/** The bot reads the option `trail` as well: problems with its values are not repeated where `told` has them. */
function problemsOfBot(
  { values, problems }: ConfigurationFile,
  at: At,
  told: readonly ConfigurationProblem[],
): readonly ConfigurationProblem[] {
  if (problems.length > 0 && Object.keys(values).length === 0) return [];
  const isTrailTold = told.some(({ message }) => /^trail\b/.test(message));
  const complaint = complaintOf(() => parseSettings(isTrailTold ? { bot: values['bot'] } : values, null));
  if (complaint === null) return [];
  return complaint.split('\n').map((line) => {
    const message = line.replace(/^\.herald\.yml: /, '');
    const path = pathOf(/^((?:bot|trail)[^:\s]*):/.exec(message)?.[1] ?? 'bot');
    const key = /unknown key "([^"]+)"/.exec(message)?.[1];
    return key === undefined ? at(path, message) : at([...path, key], message, 'key');
  });
}

/** What is wrong with the quarantine of tests, which is a file of its own. */
async function problemsOfQuarantine(files: Files): Promise<readonly ConfigurationProblem[]> {
  const path = quarantinePath;
  const text = await files.readText(path);
  if (text === null) return [];
  const { value, problems, placeOf } = await readYaml(text);
  if (problems.length > 0)
    return problems.map(({ message, line, column }) => ({
      place: { path, line, column },
      message: `not valid YAML: ${message}`,
    }));
  const found = parseQuarantine(value);
  if (found.kind === 'entries') return [];
  return found.problems.map((message) => {
    const keys = pathOf(/^(\[[^:\s]*):/.exec(message)?.[1] ?? '');
    const key = /unknown key "([^"]+)"/.exec(message)?.[1];
    const place = key === undefined ? placeOf(keys) : placeOf([...keys, key], 'key');
    return { place: { path, ...place }, message };
  });
}

function placed(text: string, path: string): ConfigurationProblem {
  const [, line, column, message] = text.startsWith(`${path}:`)
    ? (/^:(\d+):(\d+): (.*)$/s.exec(text.slice(path.length)) ?? [])
    : [];
  return message === undefined
    ? { place: null, message: text }
    : { place: { path, line: Number(line), column: Number(column) }, message };
}

/** Variables that Herald reads beside those of options. */
const otherVariables = ['HERALD_TOKEN', 'HERALD_BOT_TOKEN', 'HERALD_COMPONENT', 'HERALD_LOCK'];

/** A variable with the name of no option changes nothing, and nobody would say so. */
function mistyped(variables: Variables): readonly ConfigurationProblem[] {
  const names = Object.values(optionsByCommand).flatMap((schema) =>
    optionRows(schema).map(({ variable }) => variable.slice('HERALD_'.length)),
  );
  const known = new Set([...names.map((name) => `HERALD_${name}`), ...otherVariables]);
  const unknown = Object.keys(variables).filter((name) => name.startsWith('HERALD_') && !known.has(name));
  return unknown.sort().flatMap((name) => {
    const meant = nearest(name.slice('HERALD_'.length), names);
    return meant === null
      ? []
      : [{ place: null, message: `${name}: no option has this variable; did you mean HERALD_${meant}?` }];
  });
}

async function problemsOfVariables(variables: Variables): Promise<readonly ConfigurationProblem[]> {
  const found = new Set<string>();
  for (const schema of Object.values(optionsByCommand)) {
    try {
      await loadOptions(schema, { flags: {}, variables, files: null });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      for (const line of error.message.split('\n')) found.add(line);
    }
  }
  return [...[...found].map((message) => ({ place: null, message })), ...mistyped(variables)];
}

function inOrder(a: ConfigurationProblem, b: ConfigurationProblem): number {
  if (a.place === null || b.place === null) return Number(a.place === null) - Number(b.place === null);
  return a.place.line - b.place.line || a.place.column - b.place.column;
}

/**
 * Everything that is wrong with a configuration file, the quarantine of tests and the variables: the YAML, unknown
 * keys, values of any command's options, conditions, patterns, and the bot's settings. Throws `UsageError` for a file
 * that was named and is not there.
 */
export async function checkConfiguration(
  { path, named }: { readonly path: string; readonly named: boolean },
  { files, variables }: { readonly files: Files; readonly variables: Variables },
): Promise<CheckedConfiguration> {
  const file = await readConfigurationFile(path, { named, known: [] }, files);
  const at: At = (keys, message, of) => ({ place: { path, ...file.placeOf(keys, of) }, message });
  const ofOptions = problemsInFile(file).map((text) => placed(text, path));
  const inFile = [...ofOptions, ...problemsOfValues(file, at), ...problemsOfBot(file, at, ofOptions)];
  const others = [...(await problemsOfQuarantine(files)), ...(await problemsOfVariables(variables))];
  return { path, exists: file.exists, problems: [...inFile.sort(inOrder), ...others.sort(inOrder)] };
}
