import { expect, test } from 'vitest';
import { nearest } from '../../src/model/nearest.ts';

test.each([
  { word: 'reprot', expected: 'report' },
  { word: 'inspct', expected: 'inspect' },
  { word: 'DEMO', expected: 'demo' },
  { word: 'completely-else', expected: null },
  { word: '', expected: null },
])('the nearest command to "$word" is $expected', ({ word, expected }) => {
  expect(nearest(word, ['report', 'inspect', 'demo'])).toBe(expected);
});
