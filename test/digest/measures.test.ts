import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/digest/calendar.ts';
import { measures, tables } from '../../src/digest/registry.ts';
import type { Sample } from '../../src/digest/sample.ts';
import { runs } from '../property-runs.ts';
import type { Answer } from './oracle/answer.ts';
import { ci } from './oracle/ci.ts';
import { delivery } from './oracle/delivery.ts';
import { issuesAndCode, mergeRequests } from './oracle/merge-requests.ts';
import { randomHistory, randomSettings, randomSpan } from './oracle/random-history.ts';

const oracle = { ...delivery, ...mergeRequests, ...issuesAndCode, ...ci };

/** A sample as the oracle writes it. */
function answerOf(sample: Sample, timeZone: string): Answer {
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
function rounded(answer: Answer): unknown {
  return JSON.parse(
    JSON.stringify(answer, (_key, value: unknown) =>
      typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
    ),
  );
}

test('every measure has a second computation', () => {
  expect(Object.keys(oracle).sort()).toStrictEqual(measures.map(({ id }) => id).sort());
});

test('measures and tables have names of their own', () => {
  expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length);
  expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length);
});

describe('over random histories', () => {
  test.each(measures.map((measure) => [measure.id, measure] as const))(
    '%s equals the plain computation',
    (id, measure) => {
      fc.assert(
        fc.property(randomHistory, randomSpan, randomSettings, (history, span, settings) => {
          const expected = oracle[id]?.({ history, span, settings });
          const sample = measure.sample(history, span, settings);
          expect(rounded(answerOf(sample, settings.timeZone))).toStrictEqual(
            expected === undefined ? undefined : rounded(expected),
          );
        }),
        { numRuns: runs(300) },
      );
    },
  );

  test('many spans in one pass are the same as one after another', () => {
    fc.assert(
      fc.property(randomHistory, randomSpan, randomSettings, (history, { from, until }, settings) => {
        const middle = Math.floor((from + until) / 2);
        const spans = [
          { from, until: middle },
          { from: middle, until },
        ];
        for (const { sample, samples } of measures) {
          if (samples === undefined) continue;
          expect(samples(history, spans, settings)).toStrictEqual(
            spans.map((span) => sample(history, span, settings)),
          );
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
