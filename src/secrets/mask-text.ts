import { LiteralFinder } from './literal-finder.ts';
import { namedShapes } from './named-shapes.ts';
import { privateKeyShape } from './private-keys.ts';
import type { SecretShape } from './shape.ts';
import { type Span, withoutSpans } from './spans.ts';
import { tokenShapes } from './token-shapes.ts';
import { withoutControls } from './without-controls.ts';

/**
 * Everything that looks like a secret. Values after a name come last, because their patterns are the least specific.
 */
export const secretShapes: readonly SecretShape[] = [privateKeyShape, ...tokenShapes, ...namedShapes];

/**
 * Makes the function that masks secrets in texts from outside: known secrets in the given forms, and everything that
 * looks like one (`secretShapes`). In doubt it masks. It returns an already masked text unchanged. Most texts cost one
 * pass. It also finds a secret that is split by terminal sequences or control characters, and then removes these from
 * the text. Pass texts before they are cut or escaped.
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
  const forget = (): void => {
    spans = [];
    suspected.clear();
  };
  return (text) => {
    const hasControls = finder.find(text, found);
    const clean = hasControls ? withoutControls(text) : text;
    if (clean.length !== text.length) {
      // The found secrets are searched again at their new places.
      forget();
      finder.find(clean, found);
    }
    if (spans.length === 0 && suspected.size === 0) return text;
    const known = spans.length === 0 ? clean : withoutSpans(clean, spans);
    const result = suspected.size === 0 ? known : withoutShapes(known, suspected);
    forget();
    return result === clean ? text : result;
  };
}

function withoutShapes(text: string, suspected: ReadonlySet<number>): string {
  let result = text;
  for (const index of [...suspected].sort((a, b) => a - b))
    result = secretShapes[index]?.hide(result) ?? result;
  return result;
}
