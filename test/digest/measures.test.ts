import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measures, tables } from '../../src/digest/registry.ts';
import { runs } from '../property-runs.ts';
import { answerOf, oracle, rounded } from './answer-of.ts';
import { randomHistory, randomSettings, randomSpan } from './oracle/random-history.ts';

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
          expect(rounded(answerOf(sample, settings.timeZone))).toStrictEqual(rounded(expected));
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
