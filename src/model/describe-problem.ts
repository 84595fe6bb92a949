import * as z from 'zod';
import { nearest } from './nearest.ts';
import { counted } from './plural.ts';
import { wrongSize, wrongType } from './value-words.ts';

type Path = readonly PropertyKey[];

/** `bot.rules[2].when.labels` */
function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

/**
 * The inner schemas of a schema: options of a union, and the content of optional values, lists, pipes and lazy
 * ones.
 */
function insides(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return insides(schema.def.innerType);
  if (schema instanceof z.ZodLazy) return insides(schema.unwrap());
  if (schema instanceof z.ZodPipe) return insides(schema.def.in);
  if (schema instanceof z.ZodUnion) return schema.def.options.flatMap(insides);
  return [schema];
}

function schemasAt(schemas: readonly z.core.$ZodType[], path: Path): readonly z.core.$ZodType[] {
  const [head, ...rest] = path;
  const open = schemas.flatMap(insides);
  if (head === undefined) return open;
  const inner = open.flatMap((schema): readonly z.core.$ZodType[] => {
    if (schema instanceof z.ZodArray) return [schema.def.element];
    if (schema instanceof z.ZodRecord) return [schema.def.valueType];
    if (!(schema instanceof z.ZodObject)) return [];
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([key, field]) =>
      key === head ? [field] : [],
    );
  });
  return schemasAt(inner, rest);
}

/** The keys that a schema has at a path, whatever it is wrapped in. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  return schemasAt([schema], path).flatMap((at) => (at instanceof z.ZodObject ? Object.keys(at.shape) : []));
}

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  return keys
    .slice(0, 5)
    .map((key) => {
      const meant = nearest(key, known);
      const hint = meant === null ? `; known are ${known.join(', ')}` : `; did you mean "${meant}"?`;
      return `unknown key "${key.slice(0, 80)}"${known.length === 0 ? '' : hint}`;
    })
    .join('; ');
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? new Map<PropertyKey, unknown>(Object.entries(inner)).get(String(key))
        : undefined,
    value,
  );
}

/** The value has another kind than this option of a union expects, so the author did not mean this option. */
function isAboutKind(issue: z.core.$ZodIssue, value: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union')
    return issue.errors.every((option) => option.some((inner) => isAboutKind(inner, value)));
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof value === 'object');
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}

/** The option of a union that the author probably meant: it has the kind of the value, and its problem lies deepest. */
function likeliest(
  options: readonly (readonly z.core.$ZodIssue[])[],
  value: unknown,
): readonly z.core.$ZodIssue[] | null {
  const meant = options.filter((option) => !option.some((issue) => isAboutKind(issue, value)));
  const [first = null] = [...meant].sort((a, b) => depthOf(b) - depthOf(a));
  return first;
}

interface Found {
  readonly path: Path;
  readonly words: string;
}

/** With an unknown key, known ones are often missing: the message then mentions only the unknown key. */
function withoutConsequences(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const unknown = issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => pathText(path));
  return issues.filter(({ code, path }) => code !== 'custom' || !unknown.includes(pathText(path)));
}

/** Messages of the schemas say what is wanted; those of zod begin with these words, and zod's names of types. */
function isOfZod({ message }: z.core.$ZodIssue): boolean {
  return /^(?:Invalid|Too) /.test(message);
}

function wrongChoice({ values }: z.core.$ZodIssueInvalidValue, value: unknown): string {
  const choices = values.map(String);
  const meant = typeof value === 'string' ? nearest(value, choices) : null;
  return `one of ${choices.join(', ')}${meant === null ? '' : `; did you mean "${meant}"?`}`;
}

function wordsOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (!isOfZod(issue)) return issue.message;
  if (issue.code === 'invalid_value') return wrongChoice(issue, value);
  if (issue.code === 'invalid_type') return wrongType(issue, value);
  if (issue.code === 'too_big' || issue.code === 'too_small') return wrongSize(issue);
  return issue.message.replace(/^Invalid input: /, '');
}

interface Refused {
  readonly schema: z.core.$ZodType;
  readonly value: unknown;
}

function flattened(issues: readonly z.core.$ZodIssue[], refused: Refused, base: Path): readonly Found[] {
  return withoutConsequences(issues).flatMap((issue): readonly Found[] => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys')
      return [{ path, words: unknownKeys(issue.keys, keysAt(refused.schema, path)) }];
    const value = valueAt(refused.value, path);
    if (value === undefined && issue.code !== 'custom') return [{ path, words: 'is missing' }];
    const inside = issue.code === 'invalid_union' ? likeliest(issue.errors, value) : null;
    if (inside !== null) return flattened(inside, refused, path);
    return [{ path, words: wordsOf(issue, value) }];
  });
}

const maxProblems = 10;

/**
 * Problems of a configuration value, one line each: where (`bot.rules[2].when`), what is wrong, and a suggestion.
 * `base` is where in the file the schema begins.
 */
export function describeProblems(error: z.ZodError, refused: Refused, base: string): string {
  const found = flattened(error.issues, refused, []);
  const lines = found.slice(0, maxProblems).map(({ path, words }) => {
    const inner = pathText(path);
    const where =
      inner === '' || base === ''
        ? `${base}${inner}`
        : inner.startsWith('[')
          ? `${base}${inner}`
          : `${base}.${inner}`;
    return where === '' ? words : `${where}: ${words}`;
  });
  const more = found.length - lines.length;
  return [
    ...lines,
    ...(more > 0 ? [`and ${counted(more, { one: 'more problem', other: 'more problems' })}`] : []),
  ].join('\n');
}
