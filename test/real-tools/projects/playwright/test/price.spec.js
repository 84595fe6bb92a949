const { expect, test } = require('@playwright/test');

test.describe('price', () => {
  test('adds up', () => {
    expect(1 + 2).toBe(3);
  });

  test('knows the discount', () => {
    expect(90).toBe(100); // FAILS: knows the discount – Expected: 100 | Received: 90
  });

  test('shows the basket', async ({}, testInfo) => {
    await testInfo.attach('basket', { body: Buffer.from('pen, ink'), contentType: 'text/plain' });
    expect(['pen', 'ink']).toEqual(['pen']); // FAILS: shows the basket – "ink"
  });

  test('fails on the phone only', ({}, testInfo) => {
    expect(testInfo.project.name).not.toBe('phone'); // FAILS: fails on the phone only – Expected: not "phone"
  });

  test('passes at the second try', ({}, testInfo) => {
    expect(testInfo.retry).toBe(1);
  });

  test.skip('knows taxes', () => {}); // On purpose: the report counts it as skipped.
});
