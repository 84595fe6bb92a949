import { RepeatedTexts } from '../collect/repeated-texts.ts';
import { COLON, maxNameBytes } from './bytes.ts';

/** Local names of elements. */
export class XmlNames {
  readonly #texts = new RepeatedTexts(256, 32);
  #last = '';

  /** The name between two positions, without its namespace prefix. */
  localName(buffer: Buffer, from: number, to: number): string {
    // Tags of one name follow one another.
    if (this.#isLast(buffer, from, to)) return this.#last;
    const name = this.#otherName(buffer, from, to);
    this.#last = name;
    return name;
  }

  #isLast(buffer: Buffer, from: number, to: number): boolean {
    const last = this.#last;
    if (to - from !== last.length) return false;
    for (let at = 0; at < last.length; at += 1) {
      const byte = buffer[from + at] ?? 0;
      if (byte >= 0x80 || byte !== last.charCodeAt(at)) return false;
    }
    return true;
  }

  #otherName(buffer: Buffer, from: number, to: number): string {
    const end = Math.min(to, from + maxNameBytes);
    let start = from;
    let all = 0;
    for (let at = from; at < end; at += 1) {
      const byte = buffer[at] ?? 0;
      if (byte === COLON && at + 1 < end) start = at + 1;
      all |= byte;
    }
    return all < 0x80 ? this.#texts.text(buffer, start, end) : buffer.toString('utf8', start, end);
  }
}
