import { describeProblems } from '../../model/describe-problem.ts';
import { once } from '../../model/once.ts';
import type { QuarantineEntry } from '../../model/quarantine.ts';
import { quarantineSchema } from './quarantine-schema.ts';

export type ParsedQuarantine =
  | { readonly kind: 'entries'; readonly entries: readonly QuarantineEntry[] }
  /** Each as `[2].expires: what`. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/**
 * The entries from the value of a `.herald/quarantine.yml`. A file with a mistake has none: half of a list would hide
 * which half. An empty file has no entries.
 */
export function parseQuarantine(value: unknown): ParsedQuarantine {
  if (value === null || value === undefined) return { kind: 'entries', entries: [] };
  const parsed = quarantineSchema.safeParse(value, once);
  if (parsed.success) return { kind: 'entries', entries: parsed.data };
  const refused = { schema: quarantineSchema, value };
  return { kind: 'problems', problems: describeProblems(parsed.error, refused, '').split('\n') };
}
