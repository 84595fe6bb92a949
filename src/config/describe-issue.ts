import * as z from 'zod';
import { nearest } from '../model/nearest.ts';
import type { OptionRow } from './option-row.ts';

/** Facts about values that the schema refused. */
export interface Refused {
  readonly schema: z.ZodObject;
  readonly rows: readonly OptionRow[];
  readonly provenance: Readonly<Record<string, string>>;
}

type Path = readonly PropertyKey[];

/** The schema at a path: defaults and optionality are looked through. */
function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | null {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return schemaAt(schema.def.innerType, path);
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  if (!(schema instanceof z.ZodObject)) return null;
  const inner = new Map<string, z.core.$ZodType>(Object.entries(schema.shape)).get(String(head));
  return inner === undefined ? null : schemaAt(inner, rest);
}

/** `did you mean …?`, or the choices there are. */
function choicesHint(written: unknown, choices: readonly string[]): string {
  const suggestion = typeof written === 'string' ? nearest(written, choices) : null;
  return suggestion === null ? `; one of ${choices.join(', ')}` : `; did you mean "${suggestion}"?`;
}

function unknownKeys(keys: readonly string[], path: Path, schema: z.ZodObject): string {
  const at = schemaAt(schema, path);
  const known = at instanceof z.ZodObject ? Object.keys(at.shape) : [];
  return keys.map((key) => `unknown key "${key}"${choicesHint(key, known)}`).join('; ');
}

/**
 * One line about a value that the schema refused: the option, where it was set, what is wrong, and a suggestion.
 */
export function describeIssue(issue: z.core.$ZodIssue, refused: Refused): string {
  const [key, ...inside] = issue.path;
  const row = refused.rows.find((candidate) => candidate.key === key);
  const name = [row?.name ?? String(key ?? ''), ...inside.map(String)].join('.');
  const where = row === undefined ? name : `${name} (from ${refused.provenance[row.key] ?? 'default'})`;
  if (issue.code === 'unrecognized_keys')
    return `${where}: ${unknownKeys(issue.keys, issue.path, refused.schema)}`;
  if (issue.code === 'invalid_value')
    return `${where}: ${issue.message}${choicesHint(issue.input, issue.values.map(String))}`;
  return `${where}: ${issue.message}`;
}
