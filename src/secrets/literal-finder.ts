/** A text to look for. */
export interface Literal {
  readonly text: string;
  /** True: capital and small letters of ASCII are the same; the text has small ones. */
  readonly ignoresCase: boolean;
}

/**
 * Gets the literal's index in the list, its start, and its length in the text, which is shorter only at the end of the
 * text.
 */
export type Found = (literal: number, start: number, length: number) => void;

/** Five bits of each of three characters: in them letters have no case. */
const gramLength = 3;
const gramMask = 0x7fff;
const bitsOfCharacter = 31;
const lineFeed = 10;

/** Shorter texts are whole: readers of reports cut at more characters. */
const leastCutLength = 300;
/** A shorter part of a literal at the end of a text is a common word. */
const leastCutPart = 8;

function gramOf(text: string): number {
  let gram = 0;
  for (let index = 0; index < gramLength; index += 1)
    gram = (gram << 5) | (text.charCodeAt(index) & bitsOfCharacter);
  return gram;
}

function lowered(unit: number): number {
  return unit >= 65 && unit <= 90 ? unit | 32 : unit;
}

/**
 * Finds many literals in a text in one pass: at most places one table lookup shows that none begins there. Also
 * found is the first part of a literal that the end of a long text cuts off.
 */
export class LiteralFinder {
  readonly #literals: readonly Literal[];
  /** By the first three characters of a literal: which of `#buckets` has it; 0 = none. */
  readonly #table = new Uint16Array(gramMask + 1);
  readonly #buckets: number[][] = [[]];
  /** Too short for the table: indices of literals. */
  readonly #short: number[] = [];

  constructor(literals: readonly Literal[]) {
    this.#literals = literals;
    for (const [index, { text }] of literals.entries()) {
      if (text === '') continue;
      if (text.length < gramLength) this.#short.push(index);
      else this.#bucketOf(gramOf(text)).push(index);
    }
  }

  /**
   * Calls `found` for every place of every literal, in no particular order. True when the text may have control
   * characters other than line feed, which can split what would be found without them.
   */
  find(text: string, found: Found): boolean {
    const table = this.#table;
    let gram = 0;
    let hasControls = false;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      // C0, C1 and their likes in other blocks; DEL.
      if (((unit & 0x60) === 0 || unit === 0x7f) && unit !== lineFeed) hasControls = true;
      gram = ((gram << 5) | (unit & bitsOfCharacter)) & gramMask;
      const bucket = table[gram] ?? 0;
      if (bucket !== 0 && index >= gramLength - 1)
        this.#findAt(text, { start: index - gramLength + 1, bucket }, found);
    }
    for (const literal of this.#short) this.#findShort(text, literal, found);
    return hasControls;
  }

  #bucketOf(gram: number): number[] {
    const known = this.#buckets[this.#table[gram] ?? 0];
    if (known !== undefined && this.#table[gram] !== 0) return known;
    const bucket: number[] = [];
    this.#table[gram] = this.#buckets.length;
    this.#buckets.push(bucket);
    return bucket;
  }

  #findAt(text: string, at: { readonly start: number; readonly bucket: number }, found: Found): void {
    for (const index of this.#buckets[at.bucket] ?? []) {
      const literal = this.#literals[index];
      if (literal === undefined) continue;
      const length = lengthAt(text, at.start, literal);
      if (length > 0) found(index, at.start, length);
    }
  }

  #findShort(text: string, literal: number, found: Found): void {
    const part = this.#literals[literal]?.text ?? '';
    for (let start = text.indexOf(part); start !== -1; start = text.indexOf(part, start + 1))
      found(literal, start, part.length);
  }
}

/** How many characters of a literal are at a place: all, those before the end of the text, or 0. */
function lengthAt(text: string, start: number, { text: wanted, ignoresCase }: Literal): number {
  if (ignoresCase) return startsWithIgnoringCase(text, start, wanted) ? wanted.length : 0;
  if (text.startsWith(wanted, start)) return wanted.length;
  const end = text.endsWith('…') ? text.length - 1 : text.length;
  const left = end - start;
  const isCut = text.length >= leastCutLength && left >= leastCutPart && left < wanted.length;
  return isCut && wanted.startsWith(text.slice(start, end)) ? left : 0;
}

function startsWithIgnoringCase(text: string, start: number, wanted: string): boolean {
  for (let index = 0; index < wanted.length; index += 1)
    if (lowered(text.charCodeAt(start + index)) !== wanted.charCodeAt(index)) return false;
  return true;
}
