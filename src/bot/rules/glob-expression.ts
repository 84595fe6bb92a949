import { linearPattern } from '../../patterns/linear-match.ts';

/**
 * In names a star matches everything, including slashes, as in GitLab's own wildcards; in paths it ends at a slash, and
 * `**` does not.
 */
export type GlobKind = 'name' | 'path';

/**
 * Two stars between slashes, any stars, a question mark, a class, braces and commas, an escaped character, any other
 * one.
 */
const token = /(?<=^|[/{,])\*\*\/|(?<=^|[/{,])\*\*(?=$|[},])|\*+|\[[!^]?\]?[^\]]*\]|\\[^]|[^]/g;

const wide = { name: '[^]*', path: '[^/]*' } as const;
const one = { name: '[^]', path: '[^/]' } as const;

function classOf(text: string, kind: GlobKind): string {
  const [, negation, inner = ''] = /^\[([!^]?)([^]*)\]$/.exec(text) ?? [];
  const escaped = inner.replace(/[\\\]^[]/g, '\\$&');
  return negation === '' ? `[${escaped}]` : `[^${kind === 'path' ? '/' : ''}${escaped}]`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.|+()[\]{}?*]/g, '\\$&');
}

/** Braces that open and close; of others none has a meaning. */
function hasBraces(glob: string): boolean {
  let depth = 0;
  for (const character of glob) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** A wildcard or an escape; null for any other character. */
function wildcardSource(text: string, kind: GlobKind): string | null {
  if (text === '**/') return kind === 'path' ? '(?:[^]*/)?' : `${wide.name}/`;
  if (text === '**') return '[^]*';
  if (text.startsWith('*')) return wide[kind];
  if (text === '?') return one[kind];
  if (text.startsWith('[') && text.length > 2) return classOf(text, kind);
  return text.startsWith('\\') && text.length > 1 ? literal(text.slice(1)) : null;
}

function sourceOf(glob: string, kind: GlobKind): string {
  const braces = hasBraces(glob);
  let depth = 0;
  const source = (text: string): string => {
    const wildcard = wildcardSource(text, kind);
    if (wildcard !== null || !braces) return wildcard ?? literal(text);
    if (text === '{') depth += 1;
    if (text === '}') depth -= 1;
    if (text === '{') return '(?:';
    if (text === '}') return ')';
    return text === ',' && depth > 0 ? '|' : literal(text);
  };
  return `^(?:${[...glob.matchAll(token)].map(([text]) => source(text)).join('')})$`;
}

/** Up to this length the engine is quick with a few wildcards: what it may cost grows with the third power. */
const shortText = 256;

/** What the engine, which goes back and tries again, does quickly on every short text. */
function isQuick(glob: string): boolean {
  return (glob.match(/\*+/g) ?? []).length <= 3 && (glob.match(/\*\*/g) ?? []).length <= 2;
}

/**
 * A glob as a test of a whole text: `*`, `**`, `?`, `[a-z]`, `[!a]`, `{a,b}`, and `\` before one of them. Case does not
 * count in names. No text makes it slow. Throws `SyntaxError` for an invalid class, such as `[z-a]`.
 */
export function globTest(glob: string, kind: GlobKind): (text: string) => boolean {
  const expression = new RegExp(sourceOf(glob, kind), kind === 'name' ? 'i' : '');
  if (!isQuick(glob)) return linearPattern(expression);
  let linear: ReturnType<typeof linearPattern> | null = null;
  return (text) => {
    if (text.length <= shortText) return expression.test(text);
    linear ??= linearPattern(expression);
    return linear(text);
  };
}
