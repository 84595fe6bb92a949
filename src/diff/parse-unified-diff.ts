import type { Diff, DiffFile } from '../model/diff.ts';
import { LineCursor, parseHunks } from './parse-hunks.ts';
import { pathsOfHeader, unquotedPath, withoutPrefix } from './quoted-path.ts';

/** More files than GitLab shows of one merge request; a larger diff does not help anybody. */
const maxFiles = 20_000;

interface Header {
  oldPath: string | null;
  newPath: string | null;
  change: DiffFile['change'];
}

/** What the lines between `diff --git` and the first hunk say; later lines are surer than earlier ones. */
function readHeader(cursor: LineCursor, rest: string): Header {
  const paths = pathsOfHeader(rest);
  const found: Header = {
    oldPath: paths?.oldPath ?? null,
    newPath: paths?.newPath ?? null,
    change: 'modified',
  };
  for (
    let line = cursor.line();
    line !== null && !startsFile(line) && !line.startsWith('@@ ');
    line = cursor.line()
  ) {
    readHeaderLine(line, found);
    cursor.next();
  }
  return found;
}

function readHeaderLine(line: string, found: Header): void {
  const header = found;
  const [, word, path] = /^(--- |\+\+\+ |rename from |rename to |copy from |copy to )(.*)$/.exec(line) ?? [];
  if (line.startsWith('new file mode')) header.change = 'added';
  else if (line.startsWith('deleted file mode')) header.change = 'deleted';
  if (word === undefined || path === undefined) return;
  // Some tools put a tab and the time behind the path.
  const plain = unquotedPath(path.replace(/\t[^]*$/, ''));
  if (word === 'rename from ') header.oldPath = plain;
  else if (word === 'rename to ') {
    header.newPath = plain;
    header.change = 'renamed';
  } else if (word === 'copy to ') {
    // Every line of a copy is new to the project.
    header.newPath = plain;
  } else if (plain !== '/dev/null') {
    if (word === '--- ') header.oldPath = withoutPrefix(plain);
    if (word === '+++ ') header.newPath = withoutPrefix(plain);
  }
}

function startsFile(line: string): boolean {
  return /^diff --(?:git|cc|combined) /.test(line);
}

function readFile(cursor: LineCursor): DiffFile | null {
  const line = cursor.line() ?? '';
  cursor.next();
  // Combined diffs of merge commits have a column per parent: no sides to speak of.
  if (!line.startsWith('diff --git ')) return null;
  const { oldPath, newPath, change } = readHeader(cursor, line.slice('diff --git '.length));
  const { hunks, complete } = parseHunks(cursor);
  const path = newPath ?? oldPath;
  return path === null ? null : { oldPath: oldPath ?? path, newPath: path, change, hunks, complete };
}

/**
 * Reads a patch in git's unified format, as GitLab's `raw_diffs` and `git diff` give it. The text is untrusted: other text is skipped, and nothing is thrown. Source: https://git-scm.com/docs/diff-format
 */
export function parseUnifiedDiff(text: string): Diff {
  const cursor = new LineCursor(text);
  const files: DiffFile[] = [];
  let complete = true;
  for (let line = cursor.line(); line !== null && files.length < maxFiles; line = cursor.line()) {
    if (!startsFile(line)) {
      cursor.next();
      continue;
    }
    const file = readFile(cursor);
    if (file === null) complete = false;
    else {
      files.push(file);
      complete &&= file.complete;
    }
  }
  return { files, complete: complete && cursor.line() === null };
}
