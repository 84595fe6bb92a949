const maxPatternCharacters = 500;
/** Repetitions of nearly any character: each multiplies the ways in which a line can be tried. */
const maxWideRepetitions = 4;

interface Group {
  /** It holds a repetition without an upper bound, so that repeating it can take exponential time. */
  repeats: boolean;
  /** It holds alternatives, which may overlap. */
  branches: boolean;
}

interface Scan {
  readonly groups: Group[];
  /** The group that was closed by the atom before, null when that was no group. */
  closed: Group | null;
  /** The atom before matches nearly any character. */
  wide: boolean;
  wideRepetitions: number;
  problem: string | null;
}

// An atom, a group's beginning or end, an alternative, or a quantifier; what else there is counts as an atom.
const TOKEN =
  /\\k<|\\[1-9]|\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<[A-Za-z]\w*>|<?[=!]|:))?|\)|\||[*+]|\?|\{\d+(?:,\d*)?\}|[^]/g;

function isQuantifier(token: string): boolean {
  return token === '*' || token === '+' || token === '?' || /^\{\d/.test(token);
}

function isUnbounded(token: string): boolean {
  const bounds = /^\{\d+(,(\d*))?\}$/.exec(token);
  if (bounds === null) return token !== '?';
  return bounds[1] !== undefined && (bounds[2] === '' || Number(bounds[2]) > 50);
}

function isWide(token: string): boolean {
  return token === '.' || token.startsWith('[^') || ['\\S', '\\D', '\\W', '\\s\\S'].includes(token);
}

function quantify(scan: Scan, token: string): void {
  if (!isUnbounded(token)) return;
  if (scan.closed !== null && (scan.closed.repeats || scan.closed.branches))
    scan.problem = 'repeats a group that itself holds a repetition or alternatives';
  if (scan.wide) scan.wideRepetitions += 1;
  for (const group of scan.groups) group.repeats = true;
}

function step(scan: Scan, token: string): void {
  const { groups } = scan;
  if (/^\\(?:k<|[1-9])/.test(token)) scan.problem = 'refers back to a group';
  if (isQuantifier(token)) {
    quantify(scan, token);
    return;
  }
  const isEnd = token === ')';
  scan.closed = isEnd ? (groups.pop() ?? null) : null;
  scan.wide = isWide(token);
  if (token.startsWith('(')) groups.push({ repeats: false, branches: false });
  else if (token === '|') for (const group of groups) group.branches = true;
}

/**
 * Says why a regular expression could take very long on a hostile line, null when it looks harmless. Practical, no proof:
 * repeated groups with repetitions or alternatives, references back, and many wide repetitions are refused.
 */
export function unsafePatternReason(source: string): string | null {
  if (source.length > maxPatternCharacters) return `is longer than ${maxPatternCharacters} characters`;
  const scan: Scan = { groups: [], closed: null, wide: false, wideRepetitions: 0, problem: null };
  for (const [token] of source.matchAll(TOKEN)) step(scan, token);
  if (scan.problem !== null) return scan.problem;
  return scan.wideRepetitions > maxWideRepetitions
    ? `has more than ${maxWideRepetitions} repetitions of nearly any character, as in .*`
    : null;
}
