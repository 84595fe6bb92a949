import { describe, expect, test } from 'vitest';
import { countFromText } from '../../../../src/reports/formats/shared/count-from-text.ts';

describe('countFromText', () => {
  test.each([
    ['0', 0],
    ['12', 12],
    [' 12 ', 12],
    ['3.0', 3],
    ['1.2e+07', 12_000_000],
    ['-1', -1],
    ['18446744073709551615', 18_446_744_073_709_551_615],
  ])('%j is %d', (text, count) => {
    expect(countFromText(text)).toBe(count);
  });

  test.each([null, '', ' ', 'x', '-', '=====', '1,2', 'Infinity', 'NaN', '1e999', '9'.repeat(41)])(
    '%j is no count',
    (text) => {
      expect(countFromText(text)).toBeNull();
    },
  );
});
