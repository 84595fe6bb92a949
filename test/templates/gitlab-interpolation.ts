/**
 * GitLab's interpolation of inputs, for tests: the rules of lib/gitlab/ci/config/interpolation/template.rb in our own
 * words. A node that is one block becomes the value with its type. Within a longer text, the value's Ruby text takes
 * the block's place, by `String#gsub` with a text as replacement, which has a meaning for backslashes.
 */

export type Context = Readonly<Record<string, unknown>>;

const named: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\v': '\\v',
  '\b': '\\b',
  '\u0007': '\\a',
  '\u001b': '\\e',
};

/** Ruby's `String#inspect` in UTF-8: https://docs.ruby-lang.org/en/3.2/String.html#method-i-inspect */
function inspectText(text: string): string {
  const inside = Array.from(text).map((character, index, all) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    if (character === '#' && ['{', '$', '@'].includes(all[index + 1] ?? '')) return '\\#';
    if (named[character] !== undefined) return named[character];
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    if (/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(character))
      return code > 0xffff
        ? `\\u{${code.toString(16).toUpperCase()}}`
        : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    return character;
  });
  return `"${inside.join('')}"`;
}

function inspect(value: unknown): string {
  if (value === null) return 'nil';
  if (typeof value === 'string') return inspectText(value);
  if (Array.isArray(value)) return `[${value.map(inspect).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, one]) => `${inspectText(key)}=>${inspect(one)}`)
      .join(', ')}}`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Ruby's `to_s`: nothing for nil. */
function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : inspect(value);
}

/** What a replacement text of `String#gsub` means: https://docs.ruby-lang.org/en/3.2/String.html (substitution methods) */
function asReplacement(replacement: string, match: string, whole: string, at: number): string {
  return replacement.replace(/\\(?:([0-9&])|([`'])|(\\)|k<[^>]*>)/g, (text, digit, side, backslash) => {
    if (backslash !== undefined) return '\\';
    if (digit !== undefined) return digit === '0' || digit === '&' ? match : '';
    if (side === '`') return whole.slice(0, at);
    return side === "'" ? whole.slice(at + match.length) : text;
  });
}

function valueOf(block: string, context: Context): unknown {
  const name = block.slice('$[['.length, -']]'.length).trim();
  if (!Object.hasOwn(context, name)) throw new Error(`unknown interpolation key: ${name}`);
  return context[name];
}

const blocks = /\$\[\[.*?\]\]/g;

/** A longer text with its blocks replaced. */
export function insideText(node: string, context: Context): string {
  return [...node.matchAll(blocks)].reduce((text, [block]) => {
    const value = textOf(valueOf(block, context));
    return text.replaceAll(block, (match, at: number) => asReplacement(value, match, text, at));
  }, node);
}

/** A document of YAML with all of its blocks replaced, in keys and values. */
export function interpolated(node: unknown, context: Context): unknown {
  if (Array.isArray(node)) return node.map((one) => interpolated(one, context));
  if (typeof node === 'object' && node !== null)
    return Object.fromEntries(
      Object.entries(node).map(([key, one]) => [insideText(key, context), interpolated(one, context)]),
    );
  if (typeof node !== 'string' || !node.includes('$[[')) return node;
  const [only, ...more] = node.match(blocks) ?? [];
  return only === node && more.length === 0 ? valueOf(only, context) : insideText(node, context);
}
