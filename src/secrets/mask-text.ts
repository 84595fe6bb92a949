import { LiteralFinder } from './literal-finder.ts';
import { namedShapes } from './named-shapes.ts';
import { privateKeyShape } from './private-keys.ts';
import type { SecretShape } from './shape.ts';
import { type Span, withoutSpans } from './spans.ts';
import { tokenShapes } from './token-shapes.ts';

/** Everything that looks like a secret; what stands behind a name comes last, as it takes the least of what it does not know. */
export const secretShapes: readonly SecretShape[] = [privateKeyShape, ...tokenShapes, ...namedShapes];

/**
 * Makes the function that takes secrets out of texts of strangers: those that are known, in the forms that are given, and what looks like
 * one (`secretShapes`). It errs on the side of masking, and gives a text that it has masked before as it is. Most texts cost one pass.
 * Give it texts before they are cut or escaped, and without control characters: they can split a secret.
 */
export function createTextMask(knownForms: readonly string[]): (text: string) => string {
  const hints = secretShapes.flatMap(({ hints: words }, shape) => words.map((text) => ({ text, shape })));
  const finder = new LiteralFinder([
    ...knownForms.map((text) => ({ text, ignoresCase: false })),
    ...hints.map(({ text }) => ({ text, ignoresCase: true })),
  ]);
  let spans: Span[] = [];
  const suspected = new Set<number>();
  const found = (literal: number, start: number, length: number): void => {
    if (literal < knownForms.length) spans.push({ start, end: start + length });
    else suspected.add(hints[literal - knownForms.length]?.shape ?? 0);
  };
  return (text) => {
    finder.find(text, found);
    if (spans.length === 0 && suspected.size === 0) return text;
    let result = text;
    if (spans.length > 0) result = withoutSpans(text, spans);
    spans = [];
    if (suspected.size > 0) result = withoutShapes(result, suspected);
    suspected.clear();
    return result;
  };
}

function withoutShapes(text: string, suspected: ReadonlySet<number>): string {
  let result = text;
  for (const [index, shape] of secretShapes.entries()) if (suspected.has(index)) result = shape.hide(result);
  return result;
}
