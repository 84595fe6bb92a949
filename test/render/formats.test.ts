import { expect, test } from 'vitest';
import { formatDuration } from '../../src/render/words/format-duration.ts';
import {
  formatCount,
  formatDifference,
  formatPercent,
  formatPoints,
} from '../../src/render/words/format-number.ts';
import { shortenStart, shortenText } from '../../src/render/words/shorten-text.ts';

test.each([
  [0, '0s'],
  [1e-9, '0s'],
  [0.000_042, '42µs'],
  [0.004_123, '4.12ms'],
  [0.42, '420ms'],
  [0.999_6, '1s'],
  [1.234, '1.23s'],
  [12.44, '12.4s'],
  [59.94, '59.9s'],
  [59.96, '1m'],
  [221, '3m\u00A041s'],
  [3_599.6, '1h'],
  [3_720, '1h\u00A02m'],
  [-1, '–'],
  [Number.NaN, '–'],
])('%d seconds are %s', (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected);
});

test.each([
  [0, '0'],
  [1_204, '1,204'],
  [1_234_567, '1,234,567'],
])('the count %d is %s', (count, expected) => {
  expect(formatCount(count)).toBe(expected);
});

test.each([
  [84.2, '84.2\u00A0%'],
  [99.99, '99.9\u00A0%'],
  [100, '100.0\u00A0%'],
])('the share %d is %s, so that all means all', (percent, expected) => {
  expect(formatPercent(percent)).toBe(expected);
});

test.each([
  [0.4, '+0.4\u00A0pp'],
  [-0.3, '−0.3\u00A0pp'],
  [0, '±0\u00A0pp'],
  [-0.01, '−<0.1\u00A0pp'],
])('the change %d is %s', (points, expected) => {
  expect(formatPoints(points)).toBe(expected);
});

test('differences of counts have a sign and a real minus', () => {
  expect([1_200, -3, 0].map(formatDifference)).toEqual(['+1,200', '−3', '±0']);
});

test('a shortened text never ends in half a character', () => {
  expect(shortenText('ab😀cd', 4)).toBe('ab…');
  expect(shortenText('abcd', 4)).toBe('abcd');
});

test.each([
  ['src/a.ts', 10, 'src/a.ts'],
  ['src/deep/file.ts', 8, '…file.ts'],
  ['ab😀cd', 4, '…cd'],
])('the start of %s cut to %i is %s', (value, max, expected) => {
  expect(shortenStart(value, max)).toBe(expected);
});
