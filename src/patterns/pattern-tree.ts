/** The parts of a regular expression, for matching without backtracking. */
import { UsageError } from '../errors.ts';

/** One character, as a string of one UTF-16 unit. */
type CharacterTest = (character: string) => boolean;

export type PatternNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  /** Looks at the characters around a place; empty strings stand for the ends of the text. */
  | { readonly kind: 'assertion'; readonly holds: (before: string, after: string) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  /** With a name. */
  | { readonly kind: 'group'; readonly name: string; readonly inner: PatternNode }
  | {
      readonly kind: 'repetition';
      readonly inner: PatternNode;
      readonly min: number;
      readonly max: number;
      /** As few as possible are preferred. */
      readonly lazy: boolean;
    };

const token =
  /\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\c[A-Za-z]|\\[^]|\[(?:\\[^]|[^\]\\])*\]|\(\?(?:<[A-Za-z_$][\w$]*>|<=|<!|[=!:])|[()|^$]|[*+?]\??|\{\d+(?:,\d*)?\}\??|[^]/g;

/**
 * The engine itself says what one character is in a class, an escape, a dot; it is asked for one character at a time.
 */
function characterTest(source: string, flags: string): CharacterTest {
  const expression = new RegExp(`^(?:${source})$`, flags);
  const known = Array.from({ length: 128 }, (_, code) => expression.test(String.fromCharCode(code)));
  return (character) => known[character.charCodeAt(0)] ?? expression.test(character);
}

const word = /^\w$/;

function isBoundary(before: string, after: string): boolean {
  return word.test(before) !== word.test(after);
}

const assertions: Readonly<Record<string, (before: string, after: string) => boolean>> = {
  '^': (before) => before === '',
  $: (_before, after) => after === '',
  '\\b': isBoundary,
  '\\B': (before, after) => !isBoundary(before, after),
};

const empty: PatternNode = { kind: 'sequence', parts: [] };

interface Reading {
  readonly tokens: readonly string[];
  readonly flags: string;
  at: number;
}

function peek({ tokens, at }: Reading): string | null {
  return tokens[at] ?? null;
}

type Bounds = Pick<Extract<PatternNode, { kind: 'repetition' }>, 'min' | 'max' | 'lazy'>;

function boundsOf(quantifier: string): Bounds | null {
  const lazy = quantifier.length > 1 && quantifier.endsWith('?');
  if (/^[*+?]\??$/.test(quantifier))
    return { min: quantifier.startsWith('+') ? 1 : 0, max: quantifier.startsWith('?') ? 1 : Infinity, lazy };
  const [, min, comma, max] = /^\{(\d+)(,)?(\d*)\}\??$/.exec(quantifier) ?? [];
  if (min === undefined) return null;
  const upper = comma === undefined ? Number(min) : max === '' ? Infinity : Number(max);
  return { min: Number(min), max: upper, lazy };
}

function readAtom(reading: Reading): PatternNode {
  const source = peek(reading) ?? '';
  reading.at += 1;
  if (/^\(\?<?[=!]$/.test(source)) throw new UsageError('looks ahead or behind');
  if (/^\\(?:[1-9]|k)/.test(source)) throw new UsageError('refers back to a group');
  if (source === '\\u' || source === '\\p' || source === '\\P')
    throw new UsageError(`has ${source}, which needs Unicode mode`);
  if (source.startsWith('(')) {
    const inner = readChoice(reading);
    reading.at += 1;
    const [, name] = /^\(\?<([^>]+)>$/.exec(source) ?? [];
    return name === undefined ? inner : { kind: 'group', name, inner };
  }
  const holds = Object.hasOwn(assertions, source) ? assertions[source] : undefined;
  return holds === undefined
    ? { kind: 'character', test: characterTest(source, reading.flags) }
    : { kind: 'assertion', holds };
}

function readSequence(reading: Reading): PatternNode {
  const parts: PatternNode[] = [];
  for (let next = peek(reading); next !== null && next !== '|' && next !== ')'; next = peek(reading)) {
    const inner = readAtom(reading);
    const bounds = boundsOf(peek(reading) ?? '');
    if (bounds !== null) reading.at += 1;
    parts.push(bounds === null ? inner : { kind: 'repetition', inner, ...bounds });
  }
  return parts.length === 0 ? empty : { kind: 'sequence', parts };
}

function readChoice(reading: Reading): PatternNode {
  const options = [readSequence(reading)];
  while (peek(reading) === '|') {
    reading.at += 1;
    options.push(readSequence(reading));
  }
  return { kind: 'choice', options };
}

/**
 * Reads a regular expression that has no flag but `i`. Throws `UsageError` for what
 * takes backtracking: references back, looking ahead and behind.
 */
export function parsePattern({ source, flags }: RegExp): PatternNode {
  const tokens = [...source.matchAll(token)].map(([text]) => text);
  return readChoice({ tokens, flags, at: 0 });
}
