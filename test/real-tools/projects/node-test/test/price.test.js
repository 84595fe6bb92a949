import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { load, total } from '../src/price.js';

test('adds up', () => {
  assert.equal(total([{ cents: 1 }, { cents: 2 }]), 3);
});

test('knows the discount', () => {
  assert.equal(total([{ cents: 90 }]), 100); // FAILS: knows the discount – 90 !== 100
});

test('opens the basket', () => {
  load();
});

describe('baskets', () => {
  it('compares them', () => {
    assert.deepEqual({ items: ['pen', 'ink'] }, { items: ['pen'] }); // FAILS: compares them – 'ink'
  });

  it('counts them', () => {
    assert.ok(true);
  });

  it('knows taxes', { skip: 'not yet' }, () => {});
});

test('with parts', async (t) => {
  await t.test('the first', () => {});
  await t.test('the second', () => {
    assert.equal(2, 3); // FAILS: the second – 2 !== 3
  });
});
