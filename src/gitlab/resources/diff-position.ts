import type { DiffLineEnd } from '../../model/inline-comment.ts';
import type { DiffPosition } from '../ports/conversations.ts';

function endOf({ lineCode, type, oldLine, newLine }: DiffLineEnd): object {
  return {
    line_code: lineCode,
    type,
    ...(oldLine === null ? {} : { old_line: oldLine }),
    ...(newLine === null ? {} : { new_line: newLine }),
  };
}

/** A position as the API takes it. Source: https://docs.gitlab.com/api/discussions/#create-a-new-thread-in-the-merge-request-diff */
export function positionBody({ spot, version }: DiffPosition): object {
  const { oldPath, newPath, oldLine, newLine, range } = spot;
  return {
    position_type: 'text',
    base_sha: version.baseSha,
    start_sha: version.startSha,
    head_sha: version.headSha,
    old_path: oldPath,
    new_path: newPath,
    ...(oldLine === null ? {} : { old_line: oldLine }),
    ...(newLine === null ? {} : { new_line: newLine }),
    ...(range === null ? {} : { line_range: { start: endOf(range.start), end: endOf(range.end) } }),
  };
}
