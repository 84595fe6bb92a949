import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearestRun, placeInBranch } from '../../src/baseline/choose-baseline.ts';
import type { Commit } from '../../src/model/commit.ts';
import type { Pipeline } from '../../src/model/pipeline.ts';
import { aPipeline } from '../builders.ts';

const commits = (...lines: readonly string[]): Commit[] =>
  lines.map((line) => {
    const [sha = '', ...parents] = line.split(' ');
    return { sha, parents };
  });

const behind = (ancestors: readonly Commit[], sha: string): number | null =>
  nearestRun(ancestors, [{ sha }])?.behind ?? null;

describe('how far a run is behind', () => {
  test.each([
    { name: 'on a straight line, the commits between', log: ['c b', 'b a', 'a'], sha: 'a', expected: 2 },
    { name: 'the commit itself is 0 behind', log: ['c b', 'b a', 'a'], sha: 'c', expected: 0 },
    {
      name: 'a merge counts with what it brought',
      log: ['m b y', 'y x', 'x a', 'b a', 'a'],
      sha: 'b',
      expected: 3,
    },
    {
      name: 'what stands before both sides of a merge',
      log: ['m b x', 'x a', 'b a', 'a'],
      sha: 'a',
      expected: 3,
    },
    {
      name: 'a commit that was force-pushed away is no ancestor',
      log: ['c b', 'b a'],
      sha: 'd',
      expected: null,
    },
    { name: 'a history cut off by the page still counts', log: ['c b', 'b a'], sha: 'b', expected: 1 },
  ])('$name', ({ log, sha, expected }) => {
    expect(behind(commits(...log), sha)).toBe(expected);
  });

  test('of two runs of one commit the first given, of several the nearest', () => {
    const ancestors = commits('c b', 'b a', 'a');
    const runs = ['d', 'a', 'b', 'b'].map((sha, index) => ({ sha, index }));
    expect(nearestRun(ancestors, runs)).toEqual({ run: { sha: 'b', index: 2 }, behind: 1 });
    expect(nearestRun(ancestors, [{ sha: 'x' }])).toBeNull();
  });

  test('whatever GitLab names as parents, circles too, is counted to an end within the list', () => {
    const node = fc.record({
      sha: fc.constantFrom('a', 'b', 'c', 'd'),
      parents: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
    });
    fc.assert(
      fc.property(fc.uniqueArray(node, { selector: ({ sha }) => sha }), fc.string(), (log, sha) => {
        const distance = behind(log, sha);
        expect(distance === null || (distance >= 0 && distance < log.length)).toBe(true);
      }),
    );
  });
});

describe('where a commit is among the pipelines of its branch', () => {
  const p = (id: number, sha: string, status = 'success', createdAt: string | null = null): Pipeline =>
    aPipeline({ id, sha, status, createdAt });
  const page = (days: number): Pipeline[] =>
    Array.from({ length: 100 }, (_unused, index) =>
      p(
        500 - index,
        `x${String(index)}`,
        'success',
        new Date(Date.UTC(2026, 2, 1) - (index * days * 864e5) / 99).toISOString(),
      ),
    );

  test.each([
    {
      name: 'finished pipelines of it are exact, unfinished ones are not',
      pipelines: [p(5, 'b', 'canceled'), p(4, 'b', 'failed'), p(3, 'a')],
      exact: [4],
      before: 3,
    },
    {
      name: 'before it is what started before its first pipeline',
      pipelines: [p(6, 'b'), p(5, 'a'), p(4, 'b'), p(3, 'z')],
      exact: [6, 4],
      before: 3,
    },
    {
      name: 'running, skipped and canceled ones are not before it',
      pipelines: [p(6, 'b'), p(5, 'a', 'running'), p(4, 'a', 'skipped'), p(3, 'a', 'canceled')],
      exact: [6],
      before: null,
    },
  ])('$name', ({ pipelines, exact, before }) => {
    const place = placeInBranch('b', pipelines);
    expect(place.kind === 'listed' && [place.exact.map(({ id }) => id), place.before?.id ?? null]).toEqual([
      exact,
      before,
    ]);
  });

  test.each([
    {
      name: 'a list that is whole and does not name it: it has none',
      pipelines: [p(3, 'a')],
      kind: 'unlisted',
    },
    { name: 'a hundred pipelines in two days: it may be an older one', pipelines: page(2), kind: 'older' },
    {
      name: 'a hundred in two months: what is older has lost its artifacts',
      pipelines: page(60),
      kind: 'unlisted',
    },
  ])('$name', ({ pipelines, kind }) => {
    expect(placeInBranch('b', pipelines).kind).toBe(kind);
  });
});
