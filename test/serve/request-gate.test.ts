import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRequestGate } from '../../src/serve/request-gate.ts';
import { aClock } from './a-clock.ts';

test('row 109: no more at once than allowed, in the order of asking', () => {
  const gate = createRequestGate({ maxRequestsPerMinute: 100, maxInFlight: 2 }, aClock());
  const begun: string[] = [];
  const enter = (name: string) => gate.enter(() => begun.push(name));
  const [a, , c] = [enter('a'), enter('b'), enter('c'), enter('d')];
  expect(begun).toEqual(['a', 'b']);
  a();
  a();
  expect(begun).toEqual(['a', 'b', 'c']);
  c();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
});

test('one that no longer waits leaves its place to the next, and takes none away', () => {
  const gate = createRequestGate({ maxRequestsPerMinute: 100, maxInFlight: 1 }, aClock());
  const begun: string[] = [];
  const first = gate.enter(() => begun.push('first'));
  const gone = gate.enter(() => begun.push('gone'));
  gate.enter(() => begun.push('last'));
  gone();
  first();
  expect(begun).toEqual(['first', 'last']);
});

test('row 109: in no minute more than allowed, whenever they are asked for', () => {
  const asked = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(
      asked,
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 4 }),
      (moments, most, at) => {
        const clock = aClock();
        const gate = createRequestGate({ maxRequestsPerMinute: most, maxInFlight: at }, clock);
        const begun: number[] = [];
        for (const moment of moments.toSorted((a, b) => a - b)) {
          clock.moveTo(moment);
          const leave = gate.enter(() => {
            begun.push(clock.now());
            clock.callAfter(100, () => {
              leave();
            });
          });
        }
        clock.moveTo(100_000_000);
        expect(begun).toHaveLength(moments.length);
        for (const [index, start] of begun.entries()) {
          const sameMinute = begun.slice(index).filter((one) => one < start + 60_000);
          expect(sameMinute.length).toBeLessThanOrEqual(most);
        }
      },
    ),
    { numRuns: 60 },
  );
});
