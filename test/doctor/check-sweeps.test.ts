import { describe, expect, test } from 'vitest';
import { checkSweeps, type SweepSigns } from '../../src/doctor/check-sweeps.ts';

const now = new Date('2026-03-04T12:00:00.000Z');

/** So many minutes before now. */
const ago = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();

function aPipeline(minutes: number, status = 'success') {
  return { createdAt: ago(minutes), status, url: `https://gitlab.example.com/p/${minutes}` };
}

function found(signs: Partial<SweepSigns>): readonly string[] {
  const all: SweepSigns = { nextRunAt: ago(-10), pipelines: [aPipeline(5), aPipeline(20)], now, ...signs };
  return checkSweeps('shop/herald-bot', all).map(({ state, about, words }) => `${state} ${about}: ${words}`);
}

describe('what doctor says of sweeps', () => {
  test('that the last one succeeded', () => {
    expect(found({})).toEqual(['ok sweeps: the last one succeeded']);
  });

  test('nothing where none has run yet', () => {
    expect(found({ pipelines: [] })).toEqual([]);
    expect(found({ pipelines: [aPipeline(1, 'running')] })).toEqual([]);
  });

  test.each([
    ['failed', 'problem'],
    ['canceled', 'warning'],
    ['skipped', 'warning'],
  ])('that the last one ended as %s', (status, state) => {
    const pipelines = [aPipeline(1, 'running'), aPipeline(16, status), aPipeline(31)];
    expect(found({ pipelines })).toEqual([
      `${state} sweeps: the last one ended as ${status}: https://gitlab.example.com/p/16`,
    ]);
  });

  test('that one of long ago failed is over when a later one succeeded', () => {
    expect(found({ pipelines: [aPipeline(5), aPipeline(20, 'failed')] })).toEqual([
      'ok sweeps: the last one succeeded',
    ]);
  });

  test('that GitLab does not start the next one', () => {
    expect(found({ nextRunAt: ago(59) })).toEqual(['ok sweeps: the last one succeeded']);
    expect(found({ nextRunAt: ago(180) })).toEqual([
      'problem sweeps: the next sweep has been due for 3 hours, and GitLab does not start it',
    ]);
    expect(found({ nextRunAt: ago(180), pipelines: [] })).toHaveLength(1);
  });

  test.each([
    { name: 'every 15 minutes', between: 15, age: 89, isLate: false },
    { name: 'every 15 minutes', between: 15, age: 91, isLate: true },
    { name: 'once a day', between: 24 * 60, age: 48 * 60, isLate: false },
    { name: 'once a day', between: 24 * 60, age: 50 * 60, isLate: true },
  ])('$name, that the last one is $age minutes old: late is $isLate', ({ between, age, isLate }) => {
    const pipelines = [aPipeline(age), aPipeline(age + between)];
    expect(found({ pipelines })).toEqual(
      isLate
        ? [expect.stringContaining('though the schedule is active')]
        : ['ok sweeps: the last one succeeded'],
    );
  });

  test('that the first one of a schedule with a long way to go is recent enough', () => {
    expect(found({ nextRunAt: ago(-7 * 24 * 60), pipelines: [aPipeline(3 * 24 * 60)] })).toEqual([
      'ok sweeps: the last one succeeded',
    ]);
  });

  test('both that it is late and that it failed', () => {
    const pipelines = [aPipeline(600, 'failed'), aPipeline(615)];
    expect(found({ pipelines })).toHaveLength(2);
  });

  test('nothing of times that GitLab does not give', () => {
    const pipelines = [
      { ...aPipeline(1), createdAt: null },
      { ...aPipeline(2), createdAt: 'soon' },
    ];
    expect(found({ nextRunAt: null, pipelines })).toEqual(['ok sweeps: the last one succeeded']);
  });
});
