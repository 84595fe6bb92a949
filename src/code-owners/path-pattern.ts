/**
 * Paths as a CODEOWNERS file names them: Ruby's `File.fnmatch` with `FNM_PATHNAME` and `FNM_DOTMATCH`, in time that
 * grows with the product of both lengths and no faster. A star ends at a slash, two stars before a slash are any
 * folders or none, dots are nothing special, braces neither. Sources: https://docs.gitlab.com/user/project/codeowners/reference/#path-matching,
 * https://docs.gitlab.com/user/project/codeowners/advanced/#pattern-matching, https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
 *
 * Neither the globs of rules nor picomatch can replace it: there `docs/**` is all that is below, braces mean
 * alternatives, a class that nothing closes is text; here, who must approve would change.
 */

type Piece = 'many' | ((character: string) => boolean);

/** A part of a pattern between slashes. */
type Segment = 'folders' | readonly Piece[];

function isInClass(members: readonly (readonly [string, string])[], character: string): boolean {
  return members.some(([from, to]) => from <= character && character <= to);
}

interface ReadClass {
  readonly piece: Piece;
  /** Index of the character behind the class. */
  readonly next: number;
}

/** A class from behind its bracket; null when nothing closes it. */
function readClass(characters: readonly string[], start: number): ReadClass | null {
  const isNegated = characters[start] === '!' || characters[start] === '^';
  const members: (readonly [string, string])[] = [];
  let at = isNegated ? start + 1 : start;
  const take = (): string => {
    if (characters[at] === '\\') at += 1;
    at += 1;
    return characters[at - 1] ?? '';
  };
  while (at < characters.length && characters[at] !== ']') {
    const from = take();
    const isRange = characters[at] === '-' && ![undefined, ']'].includes(characters[at + 1]);
    if (isRange) at += 1;
    members.push([from, isRange ? take() : from]);
  }
  if (at >= characters.length) return null;
  return { piece: (character) => isInClass(members, character) !== isNegated, next: at + 1 };
}

function literal(wanted: string): Piece {
  return (character) => character === wanted;
}

/** Null for a segment that nothing can match. */
function piecesOf(text: string): readonly Piece[] | null {
  const characters = Array.from(text);
  const pieces: Piece[] = [];
  let at = 0;
  while (at < characters.length) {
    const character = characters[at] ?? '';
    if (character === '[') {
      const found = readClass(characters, at + 1);
      if (found === null) return null;
      pieces.push(found.piece);
      at = found.next;
      continue;
    }
    if (character === '*') {
      if (pieces.at(-1) !== 'many') pieces.push('many');
    } else if (character === '?') pieces.push(() => true);
    else {
      const isEscaped = character === '\\' && at + 1 < characters.length;
      if (isEscaped) at += 1;
      pieces.push(literal(characters[at] ?? ''));
    }
    at += 1;
  }
  return pieces;
}

/**
 * Goes through both side by side; where they part, the last wildcard takes one more. An earlier one need not: what it
 * could take besides, the later one can take as well.
 */
function isMatch<P, T>(
  pattern: readonly P[],
  text: readonly T[],
  { isMany, fits }: { readonly isMany: (piece: P) => boolean; readonly fits: (piece: P, one: T) => boolean },
): boolean {
  let [piece, at] = [0, 0];
  let [wildcard, taken] = [-1, 0];
  while (at < text.length) {
    const wanted = pattern[piece];
    const one = text[at];
    if (wanted !== undefined && isMany(wanted)) {
      [wildcard, taken] = [piece, at];
      piece += 1;
    } else if (wanted !== undefined && one !== undefined && fits(wanted, one)) {
      piece += 1;
      at += 1;
    } else {
      if (wildcard < 0) return false;
      taken += 1;
      [piece, at] = [wildcard + 1, taken];
    }
  }
  while (piece < pattern.length) {
    const rest = pattern[piece];
    if (rest === undefined || !isMany(rest)) return false;
    piece += 1;
  }
  return true;
}

const characterRules = {
  isMany: (piece: Piece): boolean => piece === 'many',
  fits: (piece: Piece, character: string): boolean => piece !== 'many' && piece(character),
};

const segmentRules = {
  isMany: (segment: Segment): boolean => segment === 'folders',
  fits: (segment: Segment, name: readonly string[]): boolean =>
    segment !== 'folders' && isMatch(segment, name, characterRules),
};

/** GitLab's own completion: without a slash in front at any depth, with one at the end all that is below. */
function completed(pattern: string): string {
  if (pattern === '*') return '**/*';
  const rooted = pattern.startsWith('/') ? pattern.slice(1) : `**/${pattern}`;
  return rooted.endsWith('/') ? `${rooted}**/*` : rooted;
}

/** A path taken apart, once for many patterns. */
export type SplitPath = readonly (readonly string[])[];

/** A path of the repository, without a slash in front. */
export function splitPath(path: string): SplitPath {
  return path.split('/').map((name) => Array.from(name));
}

/** Whether a path fits a pattern. */
export function pathPattern(pattern: string): (path: SplitPath) => boolean {
  const parts = completed(pattern).split('/');
  const segments: Segment[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === '**' && index < parts.length - 1) {
      if (segments.at(-1) !== 'folders') segments.push('folders');
      continue;
    }
    const pieces = piecesOf(part);
    if (pieces === null) return () => false;
    segments.push(pieces);
  }
  return (path) => isMatch(segments, path, segmentRules);
}
