import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLineStates, encodeLineStates } from '../../../src/baseline/details/line-states.ts';

const most = 1_000;

describe('the lines of a file', () => {
  test('are written as runs of equal lines', () => {
    expect(encodeLineStates(Int32Array.of(-1, -1, -1, 7, 1, 0, -1))).toBe('2n2c1u1n');
    expect(encodeLineStates(new Int32Array(0))).toBe('');
  });

  test('are read as they were, but for how often they ran', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 60 }), (lines) => {
        const hits = lines.length === 0 ? new Int32Array(0) : Int32Array.of(-1, ...lines);
        const read = decodeLineStates(encodeLineStates(hits), most);
        expect([...(read ?? [])]).toEqual([...hits].map((count) => Math.min(count, 1)));
      }),
    );
  });

  test.each([
    ['another letter', '3x'],
    ['a letter without a number', 'n'],
    ['a number without a letter', '3n4'],
    ['white space', '3n 4c'],
    ['a number of eight digits', '10000000n'],
    ['more lines than are left', '1001n'],
    ['more lines than are left, in pieces', '600n600c'],
  ])('that hold %s are none', (_name, coded) => {
    expect(decodeLineStates(coded, most)).toBeNull();
  });

  test('are never a million and one, whatever is left', () => {
    expect(decodeLineStates('1000001n', 5_000_000)).toBeNull();
  });
});
