import type { XmlAttributes } from '../../format.ts';
import { afterSpaces, indexOfByte, isAt, LESS_THAN } from '../../xml/bytes.ts';
import { PlainTag } from '../../xml/plain-tag.ts';
import { caseAttributes } from './junit-elements.ts';

const endOfCase: Buffer = Buffer.from('</testcase>');
const startOfCdata: Buffer = Buffer.from('<![CDATA[');
const endOfCdata: Buffer = Buffer.from(']]>');
/** What a test printed says nothing where the test passed. */
const outputs = ['system-out', 'system-err'].map((name) => ({
  start: Buffer.from(`<${name}>`),
  end: Buffer.from(`</${name}>`),
}));

/** Where the next `<` is; the buffer's length when there is none. */
function nextMarkup(buffer: Buffer, from: number): number {
  const at = indexOfByte(buffer, LESS_THAN, from);
  return at < 0 ? buffer.length : at;
}

/** The position after the output whose start tag is at `from`; -1 for anything else, and for one that does not end. */
function afterOutput(buffer: Buffer, from: number): number {
  const output = outputs.find(({ start }) => isAt(buffer, from, start));
  if (output === undefined) return -1;
  let at = nextMarkup(buffer, from + output.start.length);
  while (isAt(buffer, at, startOfCdata)) {
    const end = buffer.indexOf(endOfCdata, at + startOfCdata.length);
    if (end < 0) return -1;
    at = nextMarkup(buffer, end + endOfCdata.length);
  }
  return isAt(buffer, at, output.end) ? at + output.end.length : -1;
}

/** Reads test cases without a verdict, as nearly all of a million are, right from their bytes. */
export class PlainCases {
  readonly #tag = new PlainTag('testcase', caseAttributes);

  /**
   * Takes cases from `from` on, with white space between them, as long as `count` counts them; gives the position after
   * the last one.
   */
  take(buffer: Buffer, from: number, count: (attributes: XmlAttributes) => boolean): number {
    let taken = from;
    for (let at = from; at < buffer.length; at = afterSpaces(buffer, taken)) {
      const end = this.read(buffer, at);
      if (end < 0 || !count(this.#tag)) break;
      taken = end;
    }
    return taken;
  }

  /**
   * The position after the case whose `<` is at `from`. -1 for anything else: other elements, cases with a verdict or
   * with elements that nobody expects, those that do not end in the buffer.
   */
  read(buffer: Buffer, from: number): number {
    const tagEnd = this.#tag.read(buffer, from);
    if (tagEnd < 0 || this.#tag.isEmpty) return tagEnd;
    let at = nextMarkup(buffer, tagEnd);
    while (!isAt(buffer, at, endOfCase)) {
      const after = afterOutput(buffer, at);
      if (after < 0) return -1;
      at = nextMarkup(buffer, after);
    }
    return at + endOfCase.length;
  }
}
