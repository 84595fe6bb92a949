import type { EmbeddedDiff, EmbeddedDiffFile } from './state/state.ts';

export interface LargeDiff {
  readonly files: number;
  /** Added lines of each file. */
  readonly lines: number;
  readonly rawFails?: boolean;
}

function patchOf(lines: number): string {
  return `@@ -1 +1,${lines + 1} @@\n first\n${'+added\n'.repeat(lines)}`;
}

/** A diff of many files, `src/0.ts` and so on; each adds lines from the second one on. */
export function aLargeDiff({ files, lines, rawFails = false }: LargeDiff): EmbeddedDiff {
  const listed = Array.from({ length: files }, (_, index): EmbeddedDiffFile => {
    const path = `src/${index}.ts`;
    const flags = { new_file: false, renamed_file: false, deleted_file: false };
    return {
      old_path: path,
      new_path: path,
      ...flags,
      diff: patchOf(lines),
      collapsed: false,
      too_large: false,
    };
  });
  const raw = listed
    .map(
      ({ new_path: path, diff }) => `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${diff}`,
    )
    .join('');
  return { raw, files: listed, rawFails };
}
