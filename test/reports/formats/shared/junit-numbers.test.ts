import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  junitSeconds,
  plainSeconds,
  wholeNumber,
} from '../../../../src/reports/formats/shared/junit-numbers.ts';

describe('junitSeconds', () => {
  test.each([
    ['1.5', 1.5],
    [' 2 ', 2],
    ['0', 0],
    ['0.000', 0],
    ['1e-3', 0.001],
    ['1,234.5', 1234.5],
    ['1,234,567.5', 1234567.5],
    ['1.234,5', 1234.5],
    ['0,25', 0.25],
    ['1,234', 1.234],
    ['', null],
    [' ', null],
    [null, null],
    ['-1', null],
    ['NaN', null],
    ['Infinity', null],
    ['1e300', null],
    ['1.5s', 1.5],
    ['1,5 s', 1.5],
    ['250ms', 0.25],
    ['10 µs', 0.00001],
    ['2m 3s', 123],
    ['1h2m', 3720],
    ['1 min 30 sec', 90],
    ['PT1M1.5S', 61.5],
    ['00:01:02.5', 62.5],
    ['01:02', 62],
    ['1:00:00,5', 3600.5],
    ['3 apples', null],
    ['1.5s ago', null],
    ['s', null],
    ['1:2:3:4', null],
    ['.', null],
  ])('reads %j as %j', (text, seconds) => {
    const read = junitSeconds(text);
    if (seconds === null) expect(read).toBeNull();
    else expect(read).toBeCloseTo(seconds, 9);
  });
});

describe('wholeNumber', () => {
  test.each([
    ['0', 0],
    ['12', 12],
    [' 7\n', 7],
    ['999999999', 999999999],
    ['1234567890', null],
    ['1.5', null],
    ['-1', null],
    ['1e3', null],
    ['', null],
    ['x', null],
    [null, null],
  ])('reads %j as %j', (text, number) => {
    expect(wholeNumber(text)).toBe(number);
  });
});

function plainly(text: string): number {
  const bytes = Buffer.from(`9${text}9`, 'latin1');
  return plainSeconds({ bytes, from: 1, to: 1 + text.length });
}

describe('plainSeconds', () => {
  test('is the same number as that of the text, or none', () => {
    let numbers = 0;
    const digits = fc.stringMatching(/^[0-9]{0,9}[.,]?[0-9]{0,9}$/);
    const other = fc.string({ unit: fc.constantFrom('0', '1', '9', '.', ',', 'e', '-', ' ', 'x') });
    fc.assert(
      fc.property(fc.oneof(digits, other), (text) => {
        const seconds = plainly(text);
        if (Number.isNaN(seconds)) return;
        numbers += 1;
        expect(seconds).toBe(junitSeconds(text));
      }),
      { numRuns: 3_000 },
    );
    expect(numbers).toBeGreaterThan(500);
  });

  test.each(['0', '0.123', '12', '5.', '.5', '000.100', '123456789.12345'])('reads %j', (text) => {
    expect(plainly(text)).toBe(Number(text));
  });

  test.each(['', '.', '1.2.3', '1,5', '-1', ' 1', '1e3', '1234567890123456', '1000000001'])(
    'leaves %j to the whole reader',
    (text) => {
      expect(plainly(text)).toBeNaN();
    },
  );
});
