import { counted } from '../model/plural.ts';

/** Finds out why a text is not JSON, without repeating any of it: the user who sets the variable chooses the text. */

type Break =
  /** Up to its end the text is the beginning of JSON. */
  | { readonly kind: 'cut' }
  /** A text ends too soon or goes on over a line: something that is not JSON was put into it. */
  | { readonly kind: 'in a text'; readonly at: number }
  | { readonly kind: 'elsewhere'; readonly at: number };

const space = /[ \t\r\n]*/y;
const wholeText = /"[^"\\\x00-\x1f]*(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*)*"/y;
const openText = /"[^"\\\x00-\x1f]*(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*)*\\?$/y;
const literal = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const openLiteral = /(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?\d+\.|-?\d+(?:\.\d+)?[eE][+-]?)$/y;

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

type Wanted = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing';

interface State {
  readonly wanted: Wanted;
  readonly at: number;
}

const closes: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

/** What may follow a value. */
function afterValue(open: readonly string[]): Wanted {
  return open.length === 0 ? 'nothing' : 'comma or end';
}

function afterMark(mark: string, wanted: Wanted, open: string[]): Wanted | null {
  if (mark === ':' && wanted === 'colon') return 'value';
  if (mark === ',' && wanted === 'comma or end') return open.at(-1) === '{' ? 'name' : 'value';
  const canClose = wanted === 'comma or end' || wanted === 'name or end' || wanted === 'value or end';
  if (closes[mark] === undefined || !canClose || open.at(-1) !== closes[mark]) return null;
  open.pop();
  return afterValue(open);
}

function afterOpening(mark: string, wanted: Wanted, open: string[]): Wanted | null {
  if ((mark !== '{' && mark !== '[') || (wanted !== 'value' && wanted !== 'value or end')) return null;
  open.push(mark);
  return mark === '{' ? 'name or end' : 'value or end';
}

/** One token further; null where the text breaks. */
function step(text: string, { wanted, at }: State, open: string[]): State | null {
  const mark = text.charAt(at);
  const next = afterOpening(mark, wanted, open) ?? afterMark(mark, wanted, open);
  if (next !== null) return { wanted: next, at: at + 1 };
  const isName = wanted === 'name' || wanted === 'name or end';
  const isValue = wanted === 'value' || wanted === 'value or end';
  if (!isName && !isValue) return null;
  const end = endOf(wholeText, text, at) ?? (isValue ? endOf(literal, text, at) : null);
  return end === null ? null : { wanted: isName ? 'colon' : afterValue(open), at: end };
}

/** Where and how a text that `JSON.parse` refuses breaks. Takes time linear in its length. */
function breakOf(text: string): Break {
  const open: string[] = [];
  let state: State = { wanted: 'value', at: 0 };
  let wasText = false;
  for (;;) {
    const at = endOf(space, text, state.at) ?? state.at;
    if (at >= text.length) return { kind: 'cut' };
    const next = step(text, { ...state, at }, open);
    if (next === null) {
      const isOpen = endOf(openText, text, at) !== null || endOf(openLiteral, text, at) !== null;
      if (isOpen && state.wanted !== 'nothing') return { kind: 'cut' };
      return { kind: wasText || text.charAt(at) === '"' ? 'in a text' : 'elsewhere', at };
    }
    wasText = text.charAt(at) === '"';
    state = next;
  }
}

/** Some runners break variables above about 128 kB. */
const suspiciousBytes = 100_000;

/** The likely cause, as the end of a sentence about the payload. `text` is one that `JSON.parse` refuses. */
export function whyBroken(text: string): string {
  if (text.trim() === '') return 'it is empty';
  const bytes = Buffer.byteLength(text);
  const base = `it is not valid JSON (${counted(bytes, { one: 'byte', other: 'bytes' })})`;
  if (!/^\s*[{[]/.test(text))
    return `${base}: it does not begin with a brace, so it is not the body of a webhook`;
  const found = breakOf(text);
  switch (found.kind) {
    case 'cut':
      return `${base}: it ends too early, so it was cut off${bytes < suspiciousBytes ? '' : ', probably because of its size'}`;
    case 'in a text':
      return `${base}: at character ${found.at + 1} something was put into a text: an old GitLab probably expanded a text with a dollar sign in it as a variable`;
    case 'elsewhere':
      return `${base}: it breaks at character ${found.at + 1}, and it is neither cut off nor expanded: something else changed it`;
  }
}
