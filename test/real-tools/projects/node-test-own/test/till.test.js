import { test } from 'node:test';

test('till', async (t) => {
  await t.test('opens', () => undefined);
  throw new Error('the drawer is stuck');
});
