import { code, emphasis, type Inline, lineBreak, link, strong, text } from '../../model/document.ts';

const maxDepth = 5;
const punctuation = /[!-/:-@[-`{-~]/;
const word = /[\p{L}\p{N}_]/u;
const linkPattern =
  /!?\[((?:[^[\]\\]|\\.){0,500})\]\(\s*<?([^\s()<>]{1,2000})>?(?:\s+"[^"\n]{0,300}")?\s*\)/y;
const addressPattern = /<?(https?:\/\/[^\s<>()]{1,2000}[^\s<>().,;:!?'"*_~`])>?/y;
const breakPattern = /<br ?\/?>|\\\n/y;
const entityPattern = /&(amp|lt|gt|quot|nbsp);/y;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

interface Found {
  readonly inlines: readonly Inline[];
  /** Where reading goes on. */
  readonly end: number;
}

interface Source {
  readonly value: string;
  readonly depth: number;
  /** Delimiters of which there is none to close with further on: looking again would make reading quadratic. */
  readonly unclosed: Set<string>;
}

type Reader = (source: Source, at: number) => Found | null;

function matchAt(pattern: RegExp, value: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(value);
}

const readEscape: Reader = ({ value }, at) => {
  const next = value.charAt(at + 1);
  return value.charAt(at) === '\\' && punctuation.test(next) ? { inlines: [text(next)], end: at + 2 } : null;
};

const readBreak: Reader = ({ value }, at) => {
  const match = matchAt(breakPattern, value, at);
  return match === null ? null : { inlines: [lineBreak], end: at + match[0].length };
};

const readCode: Reader = ({ value, unclosed }, at) => {
  const run = /`+/y;
  const fence = matchAt(run, value, at)?.[0];
  if (fence === undefined || unclosed.has(fence)) return fence === undefined ? null : plain(fence, at);
  const closing = new RegExp(`(?<!\`)${fence}(?!\`)`, 'g');
  closing.lastIndex = at + fence.length;
  const end = closing.exec(value)?.index;
  if (end === undefined) {
    unclosed.add(fence);
    return plain(fence, at);
  }
  const content = value.slice(at + fence.length, end).replace(/\s+/g, ' ');
  const padded = content.startsWith(' ') && content.endsWith(' ') && content.trim() !== '';
  return { inlines: [code(padded ? content.slice(1, -1) : content)], end: end + fence.length };
};

function plain(value: string, at: number): Found {
  return { inlines: [text(value)], end: at + value.length };
}

/** Images become links to them: a comment loads nothing from anywhere. */
const readLink: Reader = ({ value, depth }, at) => {
  const match = matchAt(linkPattern, value, at);
  const [whole, label = '', url = ''] = match ?? [];
  if (whole === undefined) return null;
  const words = label.trim() === '' ? [code(url)] : inlinesOf(label, depth + 1);
  const bare = words.flatMap((inline) => (inline.kind === 'link' ? inline.children : [inline]));
  return { inlines: [link(url, ...bare)], end: at + whole.length };
};

const readAddress: Reader = ({ value }, at) => {
  const [whole, url] = matchAt(addressPattern, value, at) ?? [];
  if (whole === undefined || url === undefined) return null;
  return { inlines: [link(url, code(url))], end: at + whole.length };
};

/** Where a run of `*` or `_` closes: not after a space, and an underscore not inside a word. */
function closingOf(value: string, delimiter: string, from: number): number {
  for (let at = value.indexOf(delimiter, from); at !== -1; at = value.indexOf(delimiter, at + 1)) {
    const before = value.charAt(at - 1);
    const after = value.charAt(at + delimiter.length);
    const isLonger = delimiter.length === 1 && (before === delimiter || after === delimiter);
    const isInWord = delimiter.startsWith('_') && word.test(after);
    if (at > from && !/\s/.test(before) && !isLonger && !isInWord) return at;
  }
  return -1;
}

const readMarked: Reader = ({ value, depth, unclosed }, at) => {
  const delimiter = /^(?:\*\*|__|\*|_)/.exec(value.slice(at, at + 2))?.[0];
  if (delimiter === undefined) return null;
  const start = at + delimiter.length;
  const isInWord = delimiter.startsWith('_') && word.test(value.charAt(at - 1));
  if (unclosed.has(delimiter) || isInWord || !/\S/.test(value.charAt(start))) return plain(delimiter, at);
  const end = closingOf(value, delimiter, start);
  if (end === -1) {
    unclosed.add(delimiter);
    return plain(delimiter, at);
  }
  const children = inlinesOf(value.slice(start, end), depth + 1);
  const marked = delimiter.length === 2 ? strong(...children) : emphasis(...children);
  return { inlines: [marked], end: end + delimiter.length };
};

const readEntity: Reader = ({ value }, at) => {
  const match = matchAt(entityPattern, value, at);
  const character = entities[match?.[1] ?? ''];
  return match === null || character === undefined
    ? null
    : { inlines: [text(character)], end: at + match[0].length };
};

/** By the character that something can begin with. */
const readers: Readonly<Record<string, readonly Reader[]>> = {
  '\\': [readBreak, readEscape],
  '`': [readCode],
  '[': [readLink],
  '!': [readLink],
  '<': [readBreak, readAddress],
  h: [readAddress],
  '*': [readMarked],
  _: [readMarked],
  '&': [readEntity],
};
const special = /[\\`[!<h*_&]/g;

function inlinesOf(value: string, depth: number): readonly Inline[] {
  if (depth > maxDepth) return [text(value)];
  const source: Source = { value, depth, unclosed: new Set() };
  const result: Inline[] = [];
  let from = 0;
  let at = 0;
  while (at < value.length) {
    special.lastIndex = at;
    const next = special.exec(value)?.index;
    if (next === undefined) break;
    const found = firstFound(source, next);
    at = found?.end ?? next + 1;
    if (found === null) continue;
    if (next > from) result.push(text(value.slice(from, next)));
    result.push(...found.inlines);
    from = at;
  }
  return from < value.length ? [...result, text(value.slice(from))] : result;
}

function firstFound(source: Source, at: number): Found | null {
  for (const reader of readers[source.value.charAt(at)] ?? []) {
    const found = reader(source, at);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The inline part of Markdown that a comment may hold, as values: emphasis, code, links, line breaks. Everything else
 * is text, HTML too. Takes time in proportion to the length of the text.
 */
export function parseInlineMarkdown(value: string): readonly Inline[] {
  return inlinesOf(value, 0);
}
