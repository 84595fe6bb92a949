import type { Attachment } from '../../model/tests.ts';
import type { FindAttachments } from './kept-test-cases.ts';
import type { PathResolver } from './source-paths.ts';

const maxAttachments = 5;
const maxPathCharacters = 400;
const noRoots: readonly string[] = [];

/**
 * True for what lies in the project: no address, no path of a machine, none that leaves the project or hides a part.
 */
function isInProject(path: string): boolean {
  const isElsewhere = path.startsWith('/') || /[:\\\p{C}\p{Zl}\p{Zp}]/u.test(path);
  return path !== '' && !isElsewhere && !path.split('/').some((part) => part === '..' || part === '.');
}

interface Source {
  readonly resolvePath: PathResolver | null;
  /** The job that handed the report over; null where that is not known. */
  readonly jobId?: number | null;
}

/**
 * Makes the function that finds the files of the project that a run left: at most 5, each path at most 400 characters.
 */
export function createAttachmentFinder({ resolvePath, jobId = null }: Source): FindAttachments {
  return ({ attachments }): readonly Attachment[] => {
    if (resolvePath === null || attachments.length === 0) return [];
    const paths = attachments
      .filter((written) => written.length <= 4 * maxPathCharacters)
      .slice(0, 10 * maxAttachments)
      .map((written) => resolvePath(written, noRoots))
      .filter((path) => path.length <= maxPathCharacters && isInProject(path));
    return [...new Set(paths)].slice(0, maxAttachments).map((path) => ({ path, jobId }));
  };
}
