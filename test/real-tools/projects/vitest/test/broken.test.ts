import { expect, test } from 'vitest';
import { format } from '../src/not-there'; // FAILS: broken.test.ts – Cannot find module '../src/not-there'

test('is never reached', () => {
  expect(format(1)).toBe('0.01 EUR');
});
