import { dayOf } from '../../src/digest/calendar.ts';
import type { Sample } from '../../src/digest/sample.ts';
import type { Answer } from './oracle/answer.ts';
import { ci } from './oracle/ci.ts';
import { delivery } from './oracle/delivery.ts';
import { issuesAndCode, mergeRequests } from './oracle/merge-requests.ts';

/** The second computation of every measure. */
export const oracle = { ...delivery, ...mergeRequests, ...issuesAndCode, ...ci };

/** A sample as the oracle writes it. */
export function answerOf(sample: Sample, timeZone: string): Answer {
  switch (sample.kind) {
    case 'values':
      return {
        values: [...sample.values].sort((one, other) => one - other),
        without: sample.without,
        negative: sample.negative,
      };
    case 'share':
      return { part: sample.part, whole: sample.whole, without: sample.without };
    case 'count':
      return { amount: sample.amount, n: sample.n };
    case 'days':
      return { days: sample.days.map((day) => dayOf(day, timeZone)).sort() };
    case 'ratio':
      return { timePart: sample.part, timeWhole: sample.whole };
    case 'none':
      return { none: true };
  }
}

/** Sums of fractions in another order differ in their last digits. */
export function rounded(answer: Answer | undefined): unknown {
  if (answer === undefined) return undefined;
  return JSON.parse(
    JSON.stringify(answer, (_key, value: unknown) =>
      typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
    ),
  );
}
