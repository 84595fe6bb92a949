import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCutOffJson } from '../../src/reports/cut-off-json.ts';

describe('JSON that is cut off', () => {
  test.each([
    { text: '{"tests":[{"name":"a"},{"name":"b"},{"na', value: { tests: [{ name: 'a' }, { name: 'b' }] } },
    { text: '{"tests":[{"name":"a","status":"pas', value: { tests: [] } },
    { text: '[[1,2],[3', value: [[1, 2], []] },
    { text: '{"a":{"b":"}]\\""},"c":"x', value: { a: { b: '}]"' } } },
  ])('$text is read up to what is whole', ({ text, value }) => {
    expect(readCutOffJson(text)).toEqual(value);
  });

  test.each(['', 'x', '{"a":1}', '{"a":1}}', '{"a":nope,[', '{"a":1'])('%j is not', (text) => {
    expect(readCutOffJson(text)).toBeUndefined();
  });

  test('is read as the first entries of its list, wherever it ends', () => {
    const entry = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), fc.nat(), (list, length) => {
        const text = JSON.stringify({ list });
        const value = readCutOffJson(text.slice(0, length % text.length)) as { list: unknown[] } | undefined;
        if (value === undefined) return;
        const whole = value.list.slice(0, -1);
        expect(list.slice(0, whole.length)).toEqual(whole);
      }),
    );
  });
});
