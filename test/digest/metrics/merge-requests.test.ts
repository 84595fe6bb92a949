import { describe, expect, test } from 'vitest';
import {
  aCommit,
  aHistory,
  allRead,
  aMergeRequest,
  anEvent,
  at,
  bot,
  details,
  hour,
  person,
} from '../histories.ts';
import { measured, rowsOf } from '../measured.ts';

describe('counts', () => {
  const history = aHistory({
    mergeRequests: [
      aMergeRequest('2026-10-20T10:00', { merged: '2026-11-02T10:00' }),
      aMergeRequest('2026-11-01T00:00', { merged: '2026-11-03T00:00' }),
      aMergeRequest('2026-11-10T00:00', { state: 'closed', closedAt: at('2026-11-11T00:00') }),
      aMergeRequest('2026-10-31T00:00', { title: 'Old', waitingOn: 'reviewer' }),
      aMergeRequest('2026-11-29T00:00', {
        title: 'Reopened',
        waitingOn: 'author',
        // GitLab keeps the time at which it was closed before.
        closedAt: at('2026-11-29T12:00'),
      }),
    ],
  });

  test('are by the time of opening and of merging', () => {
    expect(measured('merge-requests-opened', history)).toMatchObject({
      current: { value: 3, n: 3 },
      previous: { value: 2, n: 2 },
    });
    expect(measured('merge-requests-merged', history).current).toMatchObject({ value: 2, n: 2 });
    // 2 in 30 days are 2 / (30/7) a week.
    expect(measured('throughput', history).current.value).toBeCloseTo((2 / 30) * 7, 12);
  });

  test('of open ones are as of the end of the span, and their age too', () => {
    // At the end of October: the first, and the old one. At the end of November: the old and the reopened one.
    expect(measured('merge-requests-open', history)).toMatchObject({
      current: { value: 2 },
      previous: { value: 2 },
    });
    // 31 days and 2 days: the middle is 16.5 days.
    const age = measured('open-merge-request-age', history);
    expect(age.current).toMatchObject({ value: 16.5 * 24 * hour, n: 2 });
    expect(age.offenders).toMatchObject([
      { title: 'Old', value: 31 * 24 * hour },
      { title: 'Reopened', value: 2 * 24 * hour },
    ]);
  });

  test('of abandoned ones are a share of those that ended', () => {
    // One closed; two merged.
    expect(measured('merge-requests-abandoned', history).current).toMatchObject({ value: 1 / 3, n: 3 });
  });

  test('list the oldest open ones, and on whom they wait', () => {
    expect(rowsOf('oldest-merge-requests', history)).toMatchObject([
      [expect.any(String), 'Old', 'reviewer', 31 * 24 * hour],
      [expect.any(String), 'Reopened', 'author', 2 * 24 * hour],
    ]);
    expect(rowsOf('waiting-merge-requests', history)).toStrictEqual([
      ['author', 1],
      ['reviewer', 1],
    ]);
  });
});

/** Opened at 10:00 and merged at 20:00 on 2 November, first commit at 08:00. */
function reviewed(...events: ReturnType<typeof anEvent>[]): ReturnType<typeof aHistory> {
  return aHistory({
    mergeRequests: [
      aMergeRequest('2026-11-02T10:00', {
        merged: '2026-11-02T20:00',
        details: details('2026-11-02T08:00', events),
      }),
    ],
  });
}

describe('cycle time and its parts', () => {
  const hours = (history: ReturnType<typeof aHistory>): Readonly<Record<string, number | null>> =>
    Object.fromEntries(
      [
        'cycle-time',
        'coding-time',
        'draft-time',
        'pickup-time',
        'review-time',
        'rework-time',
        'merge-time',
        'time-to-merge',
      ].map((id) => {
        const { value } = measured(id, history).current;
        return [id, value === null ? null : value / hour];
      }),
    );

  test('are from the first commit over opening, readiness, reviews and pushes to the merge', () => {
    const history = reviewed(
      anEvent('draft', '2026-11-02T10:05', person('ada')),
      anEvent('ready', '2026-11-02T11:00', person('ada')),
      anEvent('comment', '2026-11-02T11:10', person('ada')),
      anEvent('comment', '2026-11-02T11:20', bot),
      anEvent('comment', '2026-11-02T13:00'),
      anEvent('push', '2026-11-02T14:00', person('ada')),
      anEvent('push', '2026-11-02T15:00', person('ada')),
      anEvent('push', '2026-11-02T15:30', bot),
      anEvent('ready', '2026-11-02T15:45', person('ada')),
      anEvent('approved', '2026-11-02T16:00'),
      anEvent('approved', '2026-11-02T17:00', person('carl')),
      anEvent('comment', '2026-11-02T21:00'),
    );
    expect(hours(history)).toStrictEqual({
      'cycle-time': 12, // 08:00 to 20:00
      'coding-time': 2, // 08:00 to 10:00
      'draft-time': 1, // 10:00 to 11:00
      'pickup-time': 2, // 11:00 to 13:00, the first comment of a person who is not the author
      'review-time': 3, // 13:00 to 16:00
      'rework-time': 2, // 13:00 to 15:00, the last push of a person
      'merge-time': 4, // 16:00 to 20:00
      'time-to-merge': 10, // 10:00 to 20:00
    });
    expect(measured('review-rounds', history).current).toMatchObject({ value: 2, n: 1 });
    expect(measured('review-comments', history).current).toMatchObject({ value: 1, n: 1 });
    expect(measured('merged-without-review', history).current).toMatchObject({ value: 0, n: 1 });
  });

  test('have no review where nobody but the author and bots said anything: not zero', () => {
    const history = reviewed(
      anEvent('comment', '2026-11-02T11:00', person('ada')),
      anEvent('approved', '2026-11-02T11:30', bot),
      anEvent('comment', '2026-11-02T21:00'),
    );
    expect(hours(history)).toMatchObject({
      'cycle-time': 12,
      'draft-time': 0,
      'pickup-time': null,
      'review-time': null,
      'rework-time': null,
      'merge-time': null,
    });
    expect(measured('pickup-time', history).current).toMatchObject({ n: 0, of: 1 });
    expect(measured('review-rounds', history).current).toMatchObject({ value: null, n: 0, of: 1 });
    expect(measured('merged-without-review', history).current).toMatchObject({ value: 1, n: 1 });
  });

  test('have a review of no length where the first review is the approval', () => {
    const history = reviewed(anEvent('approved', '2026-11-02T13:00'));
    expect(hours(history)).toMatchObject({
      'review-time': 0,
      'pickup-time': 3,
      'merge-time': 7,
      'rework-time': null,
    });
  });

  test('take a first commit that is younger than the opening for as old, and say so', () => {
    const history = aHistory({
      mergeRequests: [
        aMergeRequest('2026-11-02T10:00', {
          merged: '2026-11-02T20:00',
          details: details('2026-11-02T18:00'),
        }),
      ],
    });
    expect(hours(history)).toMatchObject({ 'coding-time': 0, 'cycle-time': 10 });
    expect(measured('cycle-time', history).current.reason).toBe(
      'merge requests whose first commit is younger than their opening, as after a push that rewrote the branch: 1',
    );
  });

  test('count a merge before the opening as a disagreement', () => {
    const history = aHistory({
      mergeRequests: [aMergeRequest('2026-11-02T10:00', { merged: '2026-11-02T09:00' })],
    });
    expect(measured('time-to-merge', history).current).toMatchObject({ value: null, n: 0, of: 1 });
  });

  test('are of those whose details were read, of all', () => {
    const read = allRead({ 'merge-request-details': { gap: 'details were read of 1 of 2 merge requests' } });
    const history = aHistory({
      read,
      mergeRequests: [
        ...reviewed(anEvent('reopened', '2026-11-02T12:00')).mergeRequests,
        aMergeRequest('2026-11-02T10:00', { merged: '2026-11-02T20:00' }),
      ],
    });
    expect(measured('cycle-time', history).current).toMatchObject({
      value: 12 * hour,
      n: 1,
      of: 2,
      reason: 'details were read of 1 of 2 merge requests',
    });
    expect(measured('merge-requests-reopened', history).current).toMatchObject({ value: 1, n: 1, of: 2 });
    expect(measured('time-to-merge', history).current).toMatchObject({ n: 2, of: 2, reason: null });
  });

  test('are medians with the nearest rank of 75 and 95 %', () => {
    const mergeRequests = [1, 2, 3, 4].map((later) =>
      aMergeRequest('2026-11-02T10:00', { merged: `2026-11-02T1${later}:00` }),
    );
    // Four values: the middle of 2 and 3; ranks ⌈3⌉ and ⌈3.8⌉.
    expect(measured('time-to-merge', aHistory({ mergeRequests })).current).toMatchObject({
      value: 2.5 * hour,
      p75: 3 * hour,
      p95: 4 * hour,
      n: 4,
    });
  });
});

describe('size', () => {
  const sizes = (
    given: Parameters<typeof aMergeRequest>[1],
    ...commits: ReturnType<typeof aCommit>[]
  ): number | null =>
    measured(
      'merge-request-size',
      aHistory({
        commits,
        mergeRequests: [aMergeRequest('2026-11-02T10:00', { merged: '2026-11-02T20:00', ...given })],
      }),
    ).current.value;
  const written = { authoredAt: at('2026-11-02T08:00') };

  test('is that of the merge commit', () => {
    expect(sizes({ mergeSha: 'm' }, aCommit('m', ['a', 'b'], { added: 30, removed: 12 }))).toBe(42);
  });

  test('is that of the squashed commit, known by its title', () => {
    const squashed = aCommit('s', ['a'], { added: 5, removed: 1, title: 'Faster' });
    const given = { mergeSha: 's', title: 'Faster', details: details('2026-11-02T08:00', [], 3) };
    expect(sizes(given, aCommit('a', []), squashed)).toBe(6);
  });

  test('is the sum of the commits after a fast-forward, known by the time of the first', () => {
    const given = { mergeSha: 'c', details: details('2026-11-02T08:00', [], 2) };
    // 3 + 1 of c and 2 + 0 of b; a is not part of it.
    expect(
      sizes(
        given,
        aCommit('a', [], { added: 100 }),
        aCommit('b', ['a'], { added: 2, ...written }),
        aCommit('c', ['b'], { added: 3, removed: 1 }),
      ),
    ).toBe(6);
  });

  test('is not known where the commits leave a doubt', () => {
    const given = { mergeSha: 'c', details: details('2026-11-02T08:00', [], 2) };
    expect(sizes(given, aCommit('b', ['a']), aCommit('c', ['b']))).toBeNull();
    expect(sizes({ mergeSha: 'c' }, aCommit('c', ['b']))).toBeNull();
    expect(sizes({ mergeSha: 'x' }, aCommit('c', ['b']))).toBeNull();
    expect(sizes({ mergeSha: 'm' }, aCommit('m', ['a', 'b'], { added: null }))).toBeNull();
  });
});
