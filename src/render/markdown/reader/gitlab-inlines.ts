import type { MarkdownIt, StateInline } from 'markdown-it';
import { addressEnd } from './bare-address.ts';

type Rule = (state: StateInline, silent: boolean) => boolean;

/** A line end in a paragraph with its position, so that the line in the source can be found. */
function lineEnd(state: StateInline, kind: 'softbreak' | 'hardbreak', at: number): void {
  state.push(kind, 'br', 0).meta = { at };
}

function afterIndentation({ src, posMax }: StateInline, from: number): number {
  let at = from;
  while (at < posMax && (src.charAt(at) === ' ' || src.charAt(at) === '\t')) at += 1;
  return at;
}

/** https://spec.commonmark.org/0.31.2/#hard-line-breaks */
const newline: Rule = (state, silent) => {
  const at = state.pos;
  if (state.src.charAt(at) !== '\n') return false;
  if (!silent) {
    const isHard = state.pending.endsWith('  ');
    state.pending = withoutLastSpaces(state.pending);
    lineEnd(state, isHard ? 'hardbreak' : 'softbreak', at);
  }
  state.pos = afterIndentation(state, at + 1);
  return true;
};

/** A pattern would try again from every space. */
function withoutLastSpaces(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === ' ') end -= 1;
  return text.slice(0, end);
}

const escapedNewline: Rule = (state, silent) => {
  if (!state.src.startsWith('\\\n', state.pos) || state.pos + 1 >= state.posMax) return false;
  if (!silent) lineEnd(state, 'hardbreak', state.pos + 1);
  state.pos = afterIndentation(state, state.pos + 2);
  return true;
};

/** Kinds of delimiters that nothing closes any more in a text: looking again would take the square of its length. */
const unclosed = new WeakMap<StateInline, Set<string>>();

function isUnclosed(state: StateInline, kind: string): boolean {
  return unclosed.get(state)?.has(kind) === true;
}

function rememberUnclosed(state: StateInline, kind: string): null {
  unclosed.set(state, (unclosed.get(state) ?? new Set()).add(kind));
  return null;
}

/** The end of a formula in `$`: no space within the signs, no digit after the second, which no backslash precedes. */
function endOfShortFormula(state: StateInline, start: number): number | null {
  if (/\s/.test(state.src.charAt(start)) || isUnclosed(state, '$')) return null;
  for (let at = state.src.indexOf('$', start); at !== -1; at = state.src.indexOf('$', at + 1)) {
    const before = state.src.charAt(at - 1);
    if (before === '\\') continue;
    return /\s/.test(before) || /\d/.test(state.src.charAt(at + 1)) || at === start ? null : at + 1;
  }
  return rememberUnclosed(state, '$');
}

function endAfter(state: StateInline, start: number, closing: string): number | null {
  if (isUnclosed(state, closing)) return null;
  const at = state.src.indexOf(closing, start + 1);
  return at === -1 ? rememberUnclosed(state, closing) : at + closing.length;
}

/** https://docs.gitlab.com/user/markdown/#math */
const math: Rule = (state, silent) => {
  const { src, pos, posMax } = state;
  if (src.charAt(pos) !== '$') return false;
  let start = pos;
  while (src.charAt(start) === '$' && start < posMax) start += 1;
  const length = start - pos;
  const isCode = length === 1 && src.charAt(start) === '`';
  const end = isCode ? endAfter(state, start + 1, '`$') : endOfFormula(state, start, length);
  const isFormula = end !== null && end <= posMax;
  state.pos = isFormula ? end : isCode ? pos + 1 : start;
  if (silent) return true;
  if (isFormula) state.push('math', '', 0).content = src.slice(pos, end);
  else state.pending += src.slice(pos, state.pos);
  return true;
};

function endOfFormula(state: StateInline, start: number, length: number): number | null {
  if (length === 1) return endOfShortFormula(state, start);
  return length === 2 ? endAfter(state, start, '$$') : null;
}

/** `[[title|page]]`: https://docs.gitlab.com/user/markdown/#wiki-specific-markdown */
const wikiLink: Rule = (state, silent) => {
  const pattern = /\[\[(?:\\[^]|[^\\[\]|]){0,1000}(?:\|(?:\\[^]|[^\\[\]|]){0,1000})?\]\]/y;
  pattern.lastIndex = state.pos;
  const found = pattern.exec(state.src)?.[0];
  if (found === undefined || state.pos + found.length > state.posMax) return false;
  if (!silent) state.push('wiki_link', '', 0).content = found;
  state.pos += found.length;
  return true;
};

function pushAddress(state: StateInline, url: string): void {
  const open = state.push('link_open', 'a', 1);
  open.attrs = [['href', url.startsWith('www.') ? `http://${url}` : url]];
  open.markup = 'linkify';
  state.push('text', '', 0).content = url;
  state.push('link_close', 'a', -1).markup = 'linkify';
}

/** An address with its protocol, of which the letters before the colon are read already. */
const address: Rule = (state, silent) => {
  const { src, pos } = state;
  if (!src.startsWith('://', pos)) return false;
  const end = addressEnd(src, { start: pos, prefix: 3, max: state.posMax });
  if (end === null) return false;
  if (!silent && state.linkLevel === 0) {
    const scheme = /[a-z]*$/i.exec(state.pending.slice(-20))?.[0] ?? '';
    state.pending = state.pending.slice(0, state.pending.length - scheme.length);
    pushAddress(state, scheme + src.slice(pos, end));
  } else if (!silent) state.pending += src.slice(pos, end);
  state.pos = end;
  return true;
};

/** An address that begins with `www.`, after white space or a delimiter. */
const webAddress: Rule = (state, silent) => {
  const { src, pos } = state;
  if (!src.startsWith('www.', pos) || !/^[\s*_~([]?$/.test(src.charAt(pos - 1))) return false;
  const end = addressEnd(src, { start: pos, prefix: 4, max: state.posMax });
  if (end === null) return false;
  if (!silent && state.linkLevel === 0) pushAddress(state, src.slice(pos, end));
  else if (!silent) state.pending += src.slice(pos, end);
  state.pos = end;
  return true;
};

const plain = /(?:(?![\n!#$%&*+\-:<=>@[\\\]^_`{}~])(?!(?<=[\s*_~([])www\.)[^])+/y;

/** As markdown-it's own, and it ends where an address can begin. */
const text: Rule = (state, silent) => {
  plain.lastIndex = state.pos;
  const found = plain.exec(state.src)?.[0].slice(0, state.posMax - state.pos);
  if (found === undefined) return false;
  if (!silent) state.pending += found;
  state.pos += found.length;
  return true;
};

/** The inline content of GitLab Flavored Markdown that markdown-it does not know, and where lines end. */
export function addGitLabInlines({ inline: { ruler } }: MarkdownIt): void {
  ruler.at('text', text);
  ruler.before('text', 'web_address', webAddress);
  ruler.at('newline', newline);
  ruler.before('escape', 'escaped_newline', escapedNewline);
  ruler.before('backticks', 'math', math);
  ruler.before('link', 'wiki_link', wikiLink);
  ruler.after('link', 'address', address);
}
