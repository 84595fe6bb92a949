import type { EmbeddedDiffFile, EmbeddedMergeRequest } from '../state/state.ts';

interface Lines {
  readonly oldLine: number | null;
  readonly newLine: number | null;
}

/** Every line that the hunks of a file show, as GitLab counts them. */
function shownLines({ diff }: EmbeddedDiffFile): readonly Lines[] {
  const shown: Lines[] = [];
  let [oldLine, newLine] = [0, 0];
  for (const line of diff.split('\n')) {
    const [, oldStart, newStart] = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line) ?? [];
    if (oldStart !== undefined) [oldLine, newLine] = [Number(oldStart), Number(newStart)];
    else if (line.startsWith('+')) shown.push({ oldLine: null, newLine: newLine++ });
    else if (line.startsWith('-')) shown.push({ oldLine: oldLine++, newLine: null });
    else if (line.startsWith(' ')) shown.push({ oldLine: oldLine++, newLine: newLine++ });
  }
  return shown;
}

/** Whether GitLab takes a comment there: https://docs.gitlab.com/api/discussions/#create-a-new-thread-in-the-merge-request-diff */
export function isOnDiff(position: object, mr: EmbeddedMergeRequest): boolean {
  const given = new Map(Object.entries(position));
  const file = mr.diff?.files.find(
    (one) => one.new_path === given.get('new_path') && one.old_path === given.get('old_path'),
  );
  if (file === undefined || given.get('head_sha') !== mr.sha) return false;
  const oldLine: unknown = given.get('old_line') ?? null;
  const newLine: unknown = given.get('new_line') ?? null;
  return shownLines(file).some((line) => line.oldLine === oldLine && line.newLine === newLine);
}
