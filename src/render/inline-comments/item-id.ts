import { createHash } from 'node:crypto';
import type { InlineKind } from '../../model/inline-comment.ts';

function hash(parts: readonly string[], length: number): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, length);
}

/** The stable name of what a comment is about: 16 hexadecimal digits. */
export function itemId(kind: InlineKind, ...parts: readonly string[]): string {
  return hash([kind, ...parts], 16);
}

/**
 * A short name of the report that something came from: 8 hexadecimal digits. Coverage has no path: it is merged from
 * all reports.
 */
export function sourceOf(kind: InlineKind, reportPath = ''): string {
  return hash([kind, reportPath], 8);
}
