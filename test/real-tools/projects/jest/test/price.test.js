const { format, load, total } = require('../src/price');

let tries = 0;

describe('price', () => {
  test('adds up', () => {
    expect(total([{ cents: 1 }, { cents: 2 }])).toBe(3);
  });

  test('is written with two digits', () => {
    expect(format(500)).toBe('5.00 €'); // FAILS: is written with two digits – Expected: "5.00 €" | Received: "5.00 EUR"
  });

  test('knows the discount', () => {
    expect(total([{ cents: 90 }])).toBe(100); // FAILS: knows the discount – Expected: 100 | Received: 90
  });

  test('compares baskets', () => {
    expect({ items: ['pen', 'ink'], total: 12 }).toEqual({ items: ['pen'], total: 12 }); // FAILS: compares baskets – +     "ink",
  });

  test('opens the basket', () => {
    load();
  });

  test.each([
    [1, 1],
    [2, 3],
    [4, 4],
  ])('of %i is %i', (cents, expected) => {
    expect(total([{ cents }])).toBe(expected); // FAILS: of 2 is 3 – Expected: 3 | Received: 2
  });

  test.skip('knows taxes', () => {}); // On purpose: the report counts it as skipped.

  test.todo('knows vouchers'); // On purpose, as above.
});

describe('retried', () => {
  jest.retryTimes(1);

  test('passes at the second try', () => {
    tries += 1;
    expect(tries).toBe(2);
  });
});
