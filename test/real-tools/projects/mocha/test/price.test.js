const assert = require('node:assert');
const { load, total } = require('../src/price');

describe('price', () => {
  it('adds up', () => {
    assert.strictEqual(total([{ cents: 1 }, { cents: 2 }]), 3);
  });

  it('knows the discount', () => {
    assert.strictEqual(total([{ cents: 90 }]), 100); // FAILS: knows the discount – 90 !== 100
  });

  it('compares baskets', () => {
    assert.deepStrictEqual({ items: ['pen', 'ink'] }, { items: ['pen'] }); // FAILS: compares baskets – 'ink'
  });

  it('opens the basket', () => {
    load();
  });

  for (const [cents, expected] of [
    [1, 1],
    [2, 3],
  ]) {
    it(`of ${cents} is ${expected}`, () => {
      assert.strictEqual(total([{ cents }]), expected); // FAILS: of 2 is 3 – 2 !== 3
    });
  }

  it.skip('knows taxes', () => {}); // On purpose: the report counts it as skipped.

  it('knows vouchers');
});

describe('with a hook', () => {
  before('fills the basket', () => {
    throw new Error('no shop to fill it from'); // FAILS: fills the basket – no shop to fill it from
  });

  it('is never reached', () => {});
});

describe('retried', () => {
  let tries = 0;

  it('passes at the second try', function () {
    this.retries(1);
    tries += 1;
    assert.strictEqual(tries, 2);
  });
});
