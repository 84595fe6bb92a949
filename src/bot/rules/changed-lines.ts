import type { ChangesFacts } from '../../model/facts.ts';

/** Lines added and removed; null where that is not known for all files. */
export function changedLines(changes: ChangesFacts | null): number | null {
  if (changes === null) return null;
  const { additions, deletions } = changes;
  return additions === null || deletions === null ? null : additions + deletions;
}
