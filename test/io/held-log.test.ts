import { expect, test } from 'vitest';
import { createHeldLog } from '../../src/io/held-log.ts';
import { aLog } from '../gitlab/connect-for-test.ts';

test('lines are kept in order until the log is released, and go straight on afterwards', async () => {
  const { log, release } = createHeldLog();
  log.warn('first', { a: 1 });
  log.info('second');
  const target = aLog();
  expect(target.lines).toEqual([]);
  release(target);
  log.error('third');
  expect(target.lines).toEqual(['first {"a":1}', 'second {}', 'third {}']);
  expect(await log.section('title', () => Promise.resolve(7))).toBe(7);
});
