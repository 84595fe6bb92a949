import { createHash } from 'node:crypto';
import type { Diff, DiffHunk } from '../../model/diff.ts';
import { type Inline, link } from '../../model/document.ts';
import type { Summary } from '../../model/summary.ts';
import { type FilePlace, fileAddress } from '../markdown/link-address.ts';

/** The old side's line that is at line `wanted` of the new side of a hunk; null when the hunk does not show it. */
function oldLineAt({ oldStart, newStart, lines }: DiffHunk, wanted: number): number | null {
  let oldLine = oldStart;
  let newLine = newStart;
  for (const mark of lines) {
    if (mark !== '-' && newLine === wanted) return oldLine;
    if (mark !== '+') oldLine += 1;
    if (mark !== '-') newLine += 1;
  }
  return null;
}

/**
 * GitLab's name for a line of a diff: `<sha1 of the path>_<old line>_<new line>`, the anchor of the line on the page of
 * changes. Source: https://docs.gitlab.com/api/discussions/#line-code
 */
function lineCode(diff: Diff, { path, line }: FilePlace): string | null {
  if (line === null) return null;
  const file = diff.files.find(({ newPath, change }) => newPath === path && change !== 'deleted');
  for (const hunk of file?.hunks ?? []) {
    const oldLine = oldLineAt(hunk, line);
    if (oldLine !== null) return `${createHash('sha1').update(path).digest('hex')}_${oldLine}_${line}`;
  }
  return null;
}

/**
 * The address where a reader sees a line best: in the changes when they show it, else in the file at the head commit.
 */
function placeAddress({ context, mergeRequest, diff }: Summary, place: FilePlace): string | null {
  const code = diff === null ? null : lineCode(diff, place);
  if (mergeRequest !== null && code !== null) return `${mergeRequest.url}/diffs#${code}`;
  // The internal merge commit of a merged-results pipeline is in no branch and will be gone: link to the head.
  return fileAddress(context.project.url, mergeRequest?.headSha ?? context.commit.sha, place);
}

/** A place in the code as a link; the words alone where it cannot be linked. */
export function placeLink(summary: Summary, place: FilePlace, label: Inline): Inline {
  const address = placeAddress(summary, place);
  return address === null ? label : link(address, label);
}
