import { decodeXmlText } from './text.ts';

const startBytes = 1_024;
/** The most bytes that a character of UTF-16 has in UTF-8, an entity such as `&#x1F600;` apart. */
const bytesPerCharacter = 4;

/** Character data of one element, as bytes until the element closes; what is over the limit is not kept. */
export class KeptText {
  readonly #maxCharacters: number;
  readonly #maxBytes: number;
  #bytes: Buffer = Buffer.allocUnsafe(startBytes);
  #length = 0;
  /** Where verbatim sections (CDATA) and others follow one another. */
  readonly #parts: { readonly verbatim: boolean; end: number }[] = [];

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
    this.#maxBytes = maxCharacters * bytesPerCharacter;
  }

  /** Copies `buffer[from, to)`. */
  add(buffer: Buffer, range: { readonly from: number; readonly to: number }, verbatim: boolean): void {
    const kept = Math.min(range.to - range.from, this.#maxBytes - this.#length);
    if (kept <= 0) return;
    if (this.#length + kept > this.#bytes.length) this.#grow(this.#length + kept);
    buffer.copy(this.#bytes, this.#length, range.from, range.from + kept);
    this.#length += kept;
    const last = this.#parts.at(-1);
    if (last?.verbatim === verbatim) last.end = this.#length;
    else this.#parts.push({ verbatim, end: this.#length });
  }

  /** The text, decoded and cut. */
  decoded(): string {
    let from = 0;
    let text = '';
    for (const { verbatim, end } of this.#parts) {
      text += decodeXmlText(this.#bytes.toString('utf8', from, end), verbatim);
      from = end;
      if (text.length > this.#maxCharacters) return text.slice(0, this.#maxCharacters);
    }
    return text;
  }

  #grow(needed: number): void {
    const bigger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(bigger, 0, 0, this.#length);
    this.#bytes = bigger;
  }
}
