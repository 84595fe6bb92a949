import { describe, expect, test } from 'vitest';
import { junitSeconds, wholeNumber } from '../../../../src/reports/formats/shared/junit-numbers.ts';

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
