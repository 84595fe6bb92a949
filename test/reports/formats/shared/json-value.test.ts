import { describe, expect, test } from 'vitest';
import {
  anyTextAt,
  has,
  isJsonObject,
  listAt,
  numberAt,
  objectOf,
  textAt,
  textsAt,
  valueAt,
} from '../../../../src/reports/formats/shared/json-value.ts';

describe('json values', () => {
  test('only objects are objects', () => {
    expect([{}, [], null, 'x', 1].map(isJsonObject)).toEqual([true, false, false, false, false]);
    expect(objectOf([1])).toEqual({});
  });

  test('a path leads through objects only, and never to what they inherit', () => {
    expect(valueAt({ a: { b: 1 } }, 'a', 'b')).toBe(1);
    expect(valueAt({ a: [1] }, 'a', '0')).toBeUndefined();
    expect(valueAt({}, 'constructor')).toBeUndefined();
    expect(valueAt(JSON.parse('{"__proto__": {"a": 1}}'), 'a')).toBeUndefined();
  });

  test('a blank text is none', () => {
    expect([textAt({ a: 'x' }, 'a'), textAt({ a: ' ' }, 'a'), textAt({ a: 1 }, 'a')]).toEqual([
      'x',
      null,
      null,
    ]);
    expect(anyTextAt({ a: '', b: 'x' }, 'a', 'b')).toBe('x');
    expect(anyTextAt(null, 'a')).toBe('');
    expect(textsAt({ a: ['x', 1, ' '] }, 'a')).toEqual(['x']);
  });

  test.each([
    [7, 7],
    ['7', 7],
    ['-7.5', -7.5],
    [' 8 ', 8],
    ['', null],
    ['7a', null],
    ['1e3', null],
    [Number.POSITIVE_INFINITY, null],
    [true, null],
  ])('the number in %s is %s', (value, number) => {
    expect(numberAt({ value }, 'value')).toBe(number);
  });

  test('a list that is none is empty', () => {
    expect(listAt({ a: [1] }, 'a')).toEqual([1]);
    expect(listAt({ a: { length: 1 } }, 'a')).toEqual([]);
  });

  test.each([
    ['string', 'x'],
    ['number', 1],
    ['boolean', false],
    ['list', []],
    ['object', {}],
  ] as const)('tells a %s from the others', (type, value) => {
    const types = ['string', 'number', 'boolean', 'list', 'object'] as const;
    expect(types.filter((candidate) => has({ value }, 'value', candidate))).toEqual([type]);
  });
});
