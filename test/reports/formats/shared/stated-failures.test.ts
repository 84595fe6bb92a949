import { describe, expect, test } from 'vitest';
import { failuresOf, StatedFailures } from '../../../../src/reports/formats/shared/stated-failures.ts';

describe('failures that a report states', () => {
  test('are not known where no level states any', () => {
    const stated = new StatedFailures();
    stated.open(null);
    stated.failed(1, 1);
    stated.close();
    expect(stated.declared()).toBeNull();
  });

  test('that one level lacks are missing, though another holds more than it states', () => {
    const stated = new StatedFailures();
    stated.open(null);
    stated.open(2);
    stated.close();
    stated.open(0);
    stated.failed(1, 1);
    stated.failed(1, 1);
    stated.close();
    stated.close();
    expect(stated.declared()).toBe(4);
  });

  test('of an outer level are those of the inner ones, and not more', () => {
    const stated = new StatedFailures();
    stated.open(1);
    stated.open(1);
    stated.failed(1, 1);
    stated.close();
    stated.close();
    expect(stated.declared()).toBe(1);
  });

  test('may be assertions: a test that has as many explains them', () => {
    const stated = new StatedFailures();
    stated.open(3);
    stated.failed(3, 1);
    expect(stated.declared()).toBe(1);
  });

  test('beyond every sign of failure are missing', () => {
    const stated = new StatedFailures();
    stated.open(5);
    stated.failed(3, 1);
    expect(stated.declared()).toBe(3);
  });

  test('are not explained by an earlier run of a test that passed in the end, where tests are counted', () => {
    const stated = new StatedFailures();
    stated.open(1);
    stated.failed(0, 2);
    expect(stated.declared()).toBe(3);
  });

  test.each([
    [[null, null], null],
    [[1, null], 1],
    [[1, 2], 3],
  ])('of kinds %j are %j together', (counts, sum) => {
    expect(failuresOf(...counts)).toBe(sum);
  });
});
