import type { ChangesFacts } from '../../model/facts.ts';

export interface ChangedLines {
  /** Lines added and removed. */
  readonly count: number;
  /** False where there may be more. */
  readonly complete: boolean;
}

/** How many lines change, as far as GitLab gives them; null without any changes known. */
export function changedLines(changes: ChangesFacts | null): ChangedLines | null {
  if (changes === null) return null;
  const { additions, deletions, linesComplete } = changes;
  return { count: additions + deletions, complete: linesComplete };
}
