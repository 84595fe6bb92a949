import { describe, expect, test } from 'vitest';
import { criticalPath, spansOf } from '../../../src/render/html/critical-path.ts';
import { aJob } from '../../builders.ts';

/** A job from `start` to `end`, in seconds, that waited for `queued` before. */
function job(id: number, start: number, end: number, queued = 0) {
  const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 4) + seconds * 1_000).toISOString();
  return aJob({ id, startedAt: at(start), finishedAt: at(end), queuedSeconds: queued });
}

describe('the chain that decided when the pipeline ended', () => {
  test.each([
    { name: 'one job', jobs: [job(1, 0, 10)], path: [1] },
    {
      name: 'stages, the slowest of each',
      jobs: [job(1, 0, 10), job(2, 0, 30), job(3, 30, 40), job(4, 30, 90)],
      path: [2, 4],
    },
    {
      name: 'a job that waited for a runner was ready when it began to wait',
      jobs: [job(1, 0, 10), job(2, 0, 50), job(3, 60, 90, 50)],
      path: [1, 3],
    },
    {
      name: 'jobs that ran beside it decided nothing',
      jobs: [job(1, 0, 100), job(2, 0, 10), job(3, 10, 20)],
      path: [1],
    },
    { name: 'clocks that differ by a second', jobs: [job(1, 0, 31), job(2, 30, 90)], path: [1, 2] },
    { name: 'no jobs', jobs: [], path: [] },
  ])('$name', ({ jobs, path }) => {
    expect(criticalPath(spansOf(jobs))).toEqual(path);
  });

  test('jobs that never ran, or ended before they began, are left out', () => {
    const jobs = [
      aJob({ id: 1, startedAt: null }),
      aJob({ id: 2, finishedAt: null }),
      job(3, 10, 5),
      aJob({ id: 4, startedAt: 'soon' }),
    ];
    expect(spansOf(jobs)).toEqual([]);
  });
});
