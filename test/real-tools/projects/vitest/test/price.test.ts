import { describe, expect, test } from 'vitest';
import { load, total } from '../src/price';

let tries = 0;

describe('price', () => {
  test('adds up', () => {
    expect(total([{ cents: 1 }, { cents: 2 }])).toBe(3);
  });

  test('knows the discount', () => {
    expect(total([{ cents: 90 }])).toBe(100); // FAILS: knows the discount – expected 90 to be 100
  });

  test('compares baskets', () => {
    expect({ items: ['pen', 'ink'], total: 12 }).toEqual({ items: ['pen'], total: 12 }); // FAILS: compares baskets – to deeply equal
  });

  test('opens the basket', () => {
    load();
  });

  test.each([
    [1, 1],
    [2, 3],
  ])('of %i is %i', (cents, expected) => {
    expect(total([{ cents }])).toBe(expected); // FAILS: of 2 is 3 – expected 2 to be 3
  });

  test.skip('knows taxes', () => {}); // On purpose: the report counts it as skipped.

  test.todo('knows vouchers'); // On purpose, as above.

  test('passes at the second try', { retry: 1 }, () => {
    tries += 1;
    expect(tries).toBe(2);
  });
});
