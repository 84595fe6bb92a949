/** The end of the domain, or null when there is none that counts: an underscore in its last two parts. */
function domainEnd(text: string, from: number, max: number): number | null {
  const pattern = /(?:[-_.\\]|[^\s\p{P}\p{S}])*/uy;
  pattern.lastIndex = from;
  const domain = (pattern.exec(text)?.[0] ?? '').slice(0, max - from);
  const parts = domain.split('.');
  const hasUnderscore = parts.slice(-2).some((part) => part.includes('_'));
  const isLast = from + domain.length === max;
  return hasUnderscore && !(isLast && parts.length > 11) ? null : from + domain.length;
}

const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** How many more there are of a closing bracket than of its opening one. */
function surplusOf(text: string, closing: string): number {
  let surplus = 0;
  for (const character of text) {
    if (character === closing) surplus += 1;
    else if (character === pairs[closing]) surplus -= 1;
  }
  return surplus;
}

/** An address without what ends a sentence, a bracket that it does not open, and an entity. */
function withoutEnding(address: string): string {
  const surplus = new Map(Object.keys(pairs).map((closing) => [closing, surplusOf(address, closing)]));
  let end = address.length;
  while (end > 0) {
    const last = address.charAt(end - 1);
    const more = surplus.get(last);
    if (last === ';') end = beforeEntity(address, end);
    else if ('?!.,:*_~\'"'.includes(last)) end -= 1;
    else if (more !== undefined && more > 0) {
      surplus.set(last, more - 1);
      end -= 1;
    } else break;
  }
  return address.slice(0, end);
}

function beforeEntity(address: string, end: number): number {
  let at = end - 2;
  while (at > 0 && /[a-z]/i.test(address.charAt(at))) at -= 1;
  return at < end - 2 && address.charAt(at) === '&' ? at : end - 1;
}

interface AddressStart {
  readonly start: number;
  /** How long the part before the domain is. */
  readonly prefix: number;
  /** Where the text ends. */
  readonly max: number;
}

/**
 * Where an address that begins in a text without brackets around it ends, by the rules of
 * https://github.github.com/gfm/#autolinks-extension- as GitLab's parser has them: any protocol, and within brackets
 * too. Null when it is none.
 */
export function addressEnd(text: string, { start, prefix, max }: AddressStart): number | null {
  if (text.length - start < 4 || domainEnd(text, start + prefix, max) === null) return null;
  const pattern = /(?:(?!\]\()[^\s<])*/y;
  pattern.lastIndex = start;
  const address = (pattern.exec(text)?.[0] ?? '').slice(0, max - start);
  // An address in the words of a link would take the link's end.
  return text.startsWith('](', start + address.length) ? null : start + withoutEnding(address).length;
}
