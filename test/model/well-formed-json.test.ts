import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWellFormedJson } from '../../src/model/well-formed-json.ts';

test.each([
  ['"a\\ud800b"', 'a\uFFFDb'],
  ['"a\\uDC00"', 'a\uFFFD'],
  ['"\\ud83d\\ude00"', '😀'],
  ['"\\\\ud800"', '\\ud800'],
  ['{"\\ud800":[{"a":"\\udfff"}],"b":1}', { '\uFFFD': [{ a: '\uFFFD' }], b: 1 }],
])('half a character in %s is replaced', (json, expected) => {
  expect(parseWellFormedJson(json)).toEqual(expected);
});

test('a name that means something to JavaScript is a name', () => {
  const value = parseWellFormedJson('{"__proto__":{"x":"\\ud800"}}');
  expect(Object.entries(value as object)).toEqual([['__proto__', { x: '\uFFFD' }]]);
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

test('every other value is what JSON.parse gives, and each text can be in an address', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(parseWellFormedJson(json)).toEqual(JSON.parse(json));
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = parseWellFormedJson(JSON.stringify(text));
      expect(() => encodeURIComponent(String(read))).not.toThrow();
    }),
  );
});

test('what is no JSON throws', () => {
  expect(() => parseWellFormedJson('{"a":')).toThrow(SyntaxError);
});
