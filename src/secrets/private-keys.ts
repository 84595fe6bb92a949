import type { SecretShape } from './shape.ts';
import { masked, type Span, withoutSpans } from './spans.ts';

const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_BEGINS = new RegExp(KEY_BEGIN, 'g');
const KEY_ENDS = new RegExp(KEY_END, 'g');
const maxKeyLines = 200;

/** A whole block goes; one that is cut off, all that follows it. */
export const privateKeyShape: SecretShape = {
  name: 'private key',
  hints: ['private key'],
  hide(text) {
    const spans: Span[] = [];
    const ends = [...text.matchAll(KEY_ENDS)].map((end) => end.index + end[0].length);
    let next = 0;
    for (const { index: start } of text.matchAll(KEY_BEGINS)) {
      while (next < ends.length && (ends[next] ?? 0) <= start) next += 1;
      spans.push({ start, end: ends[next] ?? text.length });
    }
    return spans.length === 0 ? text : withoutSpans(text, spans);
  },
};

/** Makes a function that hides the lines of private keys, which it must be given in order. */
export function createKeyHider(): (text: string) => string {
  let linesLeft = 0;
  return (text) => {
    if (linesLeft === 0) {
      if (!text.includes('PRIVATE KEY') || !KEY_BEGIN.test(text)) return text;
      linesLeft = KEY_END.test(text) ? 0 : maxKeyLines;
      return masked;
    }
    linesLeft = KEY_END.test(text) ? 0 : linesLeft - 1;
    return masked;
  };
}
