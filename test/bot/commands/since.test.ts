import { expect, test } from 'vitest';
import { sinceOf } from '../../../src/bot/commands/since.ts';
import { timeAgo } from '../../../src/bot/commands/time-ago.ts';

const now = new Date('2026-03-08T12:00:00Z');

test.each([
  { name: 'nothing is a week', args: [], since: '2026-03-01T12:00:00.000Z' },
  { name: 'days', args: ['1d'], since: '2026-03-07T12:00:00.000Z' },
  { name: 'hours, in capitals', args: ['24H'], since: '2026-03-07T12:00:00.000Z' },
  { name: 'weeks', args: ['2w'], since: '2026-02-22T12:00:00.000Z' },
  {
    name: 'a day of the calendar begins at midnight UTC',
    args: ['2026-03-01'],
    since: '2026-03-01T00:00:00.000Z',
  },
  { name: 'the word since says nothing more', args: ['since', '1d'], since: '2026-03-07T12:00:00.000Z' },
  { name: 'as far as it may go', args: ['90d'], since: '2025-12-08T12:00:00.000Z' },
  { name: 'too far back', args: ['91d'], since: 'too-long' },
  { name: 'a number that overflows', args: ['9999w'], since: 'too-long' },
  { name: 'the future', args: ['2026-03-09'], since: 'too-long' },
  { name: 'no time at all', args: ['0d'], since: 'too-long' },
  { name: 'a day that is none', args: ['2026-02-30'], since: 'unreadable' },
  { name: 'a month that is none', args: ['2026-13-01'], since: 'unreadable' },
  { name: 'another unit', args: ['7y'], since: 'unreadable' },
  { name: 'two words', args: ['7d', '8d'], since: 'unreadable' },
  { name: 'words', args: ['yesterday'], since: 'unreadable' },
  { name: 'a sign', args: ['-7d'], since: 'unreadable' },
])('since: $name', ({ args, since }) => {
  const found = sinceOf(args, now);
  expect(found instanceof Date ? found.toISOString() : found).toBe(since);
});

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
