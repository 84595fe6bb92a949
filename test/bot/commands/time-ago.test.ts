import { expect, test } from 'vitest';
import { timeAgo } from '../../../src/bot/commands/time-ago.ts';

const now = new Date('2026-03-08T12:00:00Z');

test.each([
  { at: '2026-03-08T11:59:30Z', words: 'just now' },
  { at: '2026-03-08T12:00:30Z', words: 'just now' },
  { at: '2026-03-08T11:59:00Z', words: '1 minute ago' },
  { at: '2026-03-08T11:00:01Z', words: '59 minutes ago' },
  { at: '2026-03-08T11:00:00Z', words: '1 hour ago' },
  { at: '2026-03-06T12:00:01Z', words: '47 hours ago' },
  { at: '2026-03-06T12:00:00Z', words: '2 days ago' },
  { at: 'never', words: 'at an unknown time' },
])('ago: $at is $words', ({ at, words }) => {
  expect(timeAgo(at, now)).toBe(words);
});
