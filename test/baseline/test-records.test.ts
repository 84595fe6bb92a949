import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeOutcomes,
  encodeOutcomes,
  isForgotten,
  recordFrom,
  windowRuns,
  withRun,
} from '../../src/baseline/test-records.ts';

const p = (count: number) => 'p'.repeat(count);

describe('what a test did', () => {
  test.each([
    {
      name: 'failing in two stretches with passes between them is flaky',
      outcomes: `${p(10)}f${p(10)}f${p(10)}`,
      record: { runs: 32, failedRuns: 2, retriedRuns: 0, flaky: true },
    },
    {
      name: 'one stretch that was mended is no flakiness, however long it was',
      outcomes: `${p(10)}${'f'.repeat(20)}${p(10)}`,
      record: { runs: 40, failedRuns: 20, retriedRuns: 0, flaky: false },
    },
    {
      name: 'one that failed once and passes since is not called flaky on that evidence',
      outcomes: `${p(10)}f${p(10)}`,
      record: { runs: 21, failedRuns: 1, retriedRuns: 0, flaky: false },
    },
    {
      name: 'failing ever since is a failure',
      outcomes: `fff${p(20)}`,
      record: { runs: 23, failedRuns: 3, retriedRuns: 0, flaky: false },
    },
    {
      name: 'passing only on a retry is flaky at once',
      outcomes: `${p(3)}r${p(3)}`,
      record: { runs: 7, failedRuns: 0, retriedRuns: 1, flaky: true },
    },
    {
      name: 'four runs are no sample',
      outcomes: 'fpfp',
      record: { runs: 4, failedRuns: 2, retriedRuns: 0, flaky: false },
    },
    {
      name: 'runs that skipped it or did not have it are no sample',
      outcomes: `${p(4)}${'s'.repeat(10)}${'.'.repeat(10)}f`,
      record: { runs: 5, failedRuns: 1, retriedRuns: 0, flaky: false },
    },
    {
      name: 'a skip between failures does not make them two stretches',
      outcomes: `pfsf${p(4)}`,
      record: { runs: 7, failedRuns: 2, retriedRuns: 0, flaky: false },
    },
    {
      name: 'errors count as failures',
      outcomes: `epepp`,
      record: { runs: 5, failedRuns: 2, retriedRuns: 0, flaky: true },
    },
  ])('$name', ({ outcomes, record }) => {
    expect(recordFrom(outcomes)).toEqual(record);
  });

  test('the window keeps the newest', () => {
    expect(withRun(p(windowRuns - 1) + 'f', 'p')).toBe(p(windowRuns));
  });

  test.each([
    { outcomes: '.'.repeat(10) + 'f', forgotten: true },
    { outcomes: '.'.repeat(9) + 'f', forgotten: false },
    { outcomes: '...', forgotten: true },
  ])('$outcomes is forgotten: $forgotten', ({ outcomes, forgotten }) => {
    expect(isForgotten(outcomes)).toBe(forgotten);
  });
});

describe('outcomes as text', () => {
  test('are run-length coded', () => {
    expect(encodeOutcomes(`${p(12)}f${p(37)}`)).toBe('12p1f37p');
  });

  test('survive being written and read', () => {
    const letters = fc.array(fc.constantFrom('p', 'f', 'e', 's', 'r', '.'), { maxLength: windowRuns });
    fc.assert(
      fc.property(letters, (list) => {
        expect(decodeOutcomes(encodeOutcomes(list.join('')))).toBe(list.join(''));
      }),
    );
  });

  test.each(['999p', '99p99f', '50p<script>', '1p-2f', '0p', 'p'])(
    '"%s" never becomes more than a window of letters',
    (text) => {
      expect(decodeOutcomes(text)).toMatch(/^[pfesr.]{0,50}$/);
    },
  );
});
