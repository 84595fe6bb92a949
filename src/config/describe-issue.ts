import type * as z from 'zod';
import { keysAt } from '../model/describe-problem.ts';
import { nearest } from '../model/nearest.ts';
import { shownValue, wrongSize, wrongType } from '../model/value-words.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import type { OptionRow } from './option-row.ts';
import { originText, type Provenance } from './origin.ts';

/** Facts about values that the schema refused. */
export interface Refused {
  readonly schema: z.ZodObject;
  readonly rows: readonly OptionRow[];
  readonly provenance: Provenance;
  readonly file: Pick<ConfigurationFile, 'path' | 'placeOf'>;
}

type Path = readonly PropertyKey[];

/** `did you mean …?`, or the choices there are. */
function choicesHint(written: unknown, choices: readonly string[]): string {
  if (choices.length === 0) return '';
  const suggestion = typeof written === 'string' ? nearest(written, choices) : null;
  return suggestion === null ? `; one of ${choices.join(', ')}` : `; did you mean "${suggestion}"?`;
}

function unknownKeys(keys: readonly string[], path: Path, schema: z.ZodObject): string {
  const known = keysAt(schema, path);
  return keys.map((key) => `unknown key "${key}"${choicesHint(key, known)}`).join('; ');
}

/** Messages of the schemas are ends of a sentence, such as "a whole commit SHA"; those of zod begin with "Invalid". */
function isOfZod({ message }: z.core.$ZodIssue): boolean {
  return message.startsWith('Invalid ');
}

function wrongForm(issue: z.core.$ZodIssueInvalidStringFormat): string {
  const wanted =
    issue.format === 'url' && isOfZod(issue) ? 'an address that begins with https://' : issue.message;
  return `must be ${wanted}, not ${shownValue(issue.input)}`;
}

function wrongChoice(issue: z.core.$ZodIssueInvalidValue): string {
  const choices = choicesHint(issue.input, issue.values.map(String));
  return `${shownValue(issue.input)} is not ${isOfZod(issue) ? 'possible' : `possible: ${issue.message}`}${choices}`;
}

function wordsOf(issue: z.core.$ZodIssue, schema: z.ZodObject): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, issue.path, schema);
    case 'invalid_value':
      return wrongChoice(issue);
    case 'invalid_type':
      return wrongType(issue, issue.input);
    case 'too_big':
    case 'too_small':
      return wrongSize(issue);
    case 'invalid_format':
      return wrongForm(issue);
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return issue.message;
  }
}

/** `--key`, `HERALD_KEY`, or `.herald.yml:3:7: key`. */
function placeOf(issue: z.core.$ZodIssue, { rows, provenance, file }: Refused): string {
  const [key, ...inside] = issue.path;
  const row = rows.find((candidate) => candidate.key === key);
  const origin = row === undefined ? undefined : provenance[row.key];
  const within = inside.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const own = row?.name ?? String(key ?? '');
  const name = `${own}${within}`;
  if (origin === undefined || origin.kind === 'default' || origin.kind === 'arguments') return name;
  if (origin.kind !== 'file') return originText(origin);
  const { line, column } = placeInFile(issue, [own, ...inside], file);
  return `${origin.path}:${line}:${column}: ${name}`;
}

/** Of an unknown key the place of the key, else that of the value. */
function placeInFile(
  issue: z.core.$ZodIssue,
  path: Path,
  file: Refused['file'],
): ReturnType<Refused['file']['placeOf']> {
  return issue.code === 'unrecognized_keys'
    ? file.placeOf([...path, ...issue.keys.slice(0, 1)], 'key')
    : file.placeOf(path, 'value');
}

/**
 * One line about a value that the schema refused: where it was set, the option, what is wrong, and a suggestion.
 */
export function describeIssue(issue: z.core.$ZodIssue, refused: Refused): string {
  const isMissing = issue.code !== 'custom' && issue.input === undefined;
  return `${placeOf(issue, refused)}: ${isMissing ? 'is missing' : wordsOf(issue, refused.schema)}`;
}
