import { RepeatedTexts } from '../collect/repeated-texts.ts';
import { COLON, maxNameBytes } from './bytes.ts';

/** Local names of elements. */
export class XmlNames {
  readonly #texts = new RepeatedTexts(256);

  /** The name between two positions, without its namespace prefix. */
  localName(buffer: Buffer, from: number, to: number): string {
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
