import type { MeasureSettings } from '../../../src/digest/measure.ts';
import type { Span } from '../../../src/model/digest.ts';
import type { ProjectHistory } from '../../../src/model/project-history.ts';

/** What a figure is made of, counted in the plainest way. */
export type Answer =
  | { readonly values: readonly number[]; readonly without: number; readonly negative: number }
  | { readonly part: number; readonly whole: number; readonly without: number }
  | { readonly amount: number; readonly n: number }
  | { readonly days: readonly string[] }
  | { readonly timePart: number; readonly timeWhole: number }
  | { readonly none: true };

export interface Asked {
  readonly history: ProjectHistory;
  readonly span: Span;
  readonly settings: MeasureSettings;
}

export type Oracle = Readonly<Record<string, (asked: Asked) => Answer>>;

export function inside(moment: number | null, span: Span): boolean {
  return moment !== null && span.from <= moment && moment < span.until;
}

/** "Missing part = null, not 0; negative = null and counted." */
export function medianOver(all: readonly (number | null)[]): Answer {
  const values: number[] = [];
  let without = 0;
  let negative = 0;
  for (const value of all) {
    if (value === null) without += 1;
    else if (value < 0) {
      without += 1;
      negative += 1;
    } else values.push(value);
  }
  values.sort((one, other) => one - other);
  return { values, without, negative };
}

export function share(all: readonly (boolean | null)[]): Answer {
  let part = 0;
  let whole = 0;
  for (const has of all) {
    if (has === null) continue;
    whole += 1;
    if (has) part += 1;
  }
  return { part, whole, without: all.length - whole };
}

export function count(things: readonly unknown[]): Answer {
  return { amount: things.length, n: things.length };
}

export function sum(weights: readonly number[]): Answer {
  let amount = 0;
  for (const weight of weights) amount += weight;
  return { amount, n: weights.length };
}
