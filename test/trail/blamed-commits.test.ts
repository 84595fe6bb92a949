import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureCause } from '../../src/model/failure-cause.ts';
import type { CommitRange } from '../../src/model/incident.ts';
import { blamedFirst, blameStanding, linesInLogs } from '../../src/trail/blamed-commits.ts';
import { aJob, aPipeline } from '../builders.ts';

function rangeOf(shas: readonly string[], complete = true): CommitRange {
  const commits = shas.map((sha) => ({ sha, title: sha, authorName: 'Ada' }));
  return { commits, files: [], complete };
}

describe('row 74: what a blamed commit has to do with a failure', () => {
  const first = aPipeline({ sha: 'c2' });
  const before = aPipeline({ sha: 'c0' });
  const range = rangeOf(['c1', 'c2']);
  const isFirst = { sha: 'c2', later: null };

  test.each([
    ['between green and red', 'c1', { first, before, range }, isFirst, 'suspect'],
    ['from before the pipeline that passed', 'b0', { first, before, range }, isFirst, 'older'],
    ['where the list was cut', 'b0', { first, before, range: rangeOf(['c1'], false) }, isFirst, 'unknown'],
    ['where no pipeline passed', 'b0', { first, before: null, range: null }, isFirst, 'unknown'],
    ['where the branch was rewritten', 'b0', { first, before, range: null }, isFirst, 'unknown'],
    ['of a commit that passed before', 'b0', { first, before: first, range: null }, isFirst, 'older'],
    ['that came later', 'd1', { first, before, range }, { sha: 'd1', later: rangeOf(['d1']) }, 'later'],
    ['older than both', 'b0', { first, before, range }, { sha: 'd1', later: rangeOf(['d1']) }, 'older'],
    ['where GitLab did not compare', 'b0', { first, before, range }, { sha: 'd1', later: null }, 'unknown'],
  ] as const)('a commit %s', (_name, sha, incident, latest, expected) => {
    expect(blameStanding(sha, incident, latest)).toBe(expected);
  });

  /** Parents by commit: each names commits before it. */
  const history = fc
    .integer({ min: 3, max: 15 })
    .chain((count) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, at) =>
          at === 0 ? fc.constant([]) : fc.uniqueArray(fc.nat(at - 1), { minLength: 1, maxLength: 2 }),
        ),
      ),
    );

  function ancestors(parents: readonly (readonly number[])[], tip: number): ReadonlySet<number> {
    const reached = new Set([tip]);
    for (const one of reached) for (const parent of parents[one] ?? []) reached.add(parent);
    return reached;
  }

  test('is right in any history, by a search through it', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), fc.nat(), (parents, a, b, c) => {
        const [green = 0, red = 0, latest = 0] = [a, b, c]
          .map((n) => n % parents.length)
          .sort((x, y) => x - y);
        const [old, failed, all] = [green, red, latest].map((tip) => ancestors(parents, tip));
        if (old === undefined || failed === undefined || all === undefined) return;
        const without = (some: ReadonlySet<number>, less: ReadonlySet<number>): CommitRange =>
          rangeOf([...some].filter((one) => !less.has(one)).map(String));
        const incident = {
          first: aPipeline({ sha: String(red) }),
          before: aPipeline({ sha: String(green) }),
          range: green === red ? null : without(failed, old),
        };
        const later = red === latest ? null : without(all, failed);
        for (const one of all) {
          const expected = failed.has(one) ? (old.has(one) ? 'older' : 'suspect') : 'later';
          expect(blameStanding(String(one), incident, { sha: String(latest), later })).toBe(expected);
        }
      }),
    );
  });
});

describe('row 74: the suspects', () => {
  const change = (sha: string) => ({ sha, title: '', authorName: '', mergeRequest: null });
  const line = (sha: string) => ({ path: 'a', line: 1, change: change(sha), standing: 'suspect' }) as const;

  test('begin with those that the lines of the logs came from, and lose none', () => {
    const suspects = rangeOf(['c1', 'c2', 'c3']).commits;
    const blame = { lines: [line('c3'), line('b0'), line('c2'), line('c3')], complete: true };
    expect(blamedFirst(suspects, blame).map(({ sha }) => sha)).toEqual(['c3', 'c2', 'c1']);
    expect(blamedFirst(suspects, null)).toEqual(suspects);
  });
});

describe('row 74: the lines that logs name', () => {
  const project = { path: 'shop/till', url: 'https://gitlab.example.com/shop/till' };
  const causeOf = (url: string, ...lines: readonly string[]): FailureCause => ({
    kind: 'test',
    origin: 'change',
    jobs: [aJob({ url })],
    trace: 'whole',
    headline: 'AssertionError',
    line: 1,
    command: null,
    excerpt: lines.map((text, at) => ({ number: at, text })),
  });

  test('are those of the own project, each once, the nearest to the failure first', () => {
    const own = causeOf(
      `${project.url}/-/jobs/1`,
      '  File "/builds/shop/till/tests/test_till.py", line 9, in test_sum',
      '  File "/builds/shop/till/till/cart.py", line 4, in total',
      '  File "/builds/shop/till/till/cart.py", line 4, in total',
    );
    const other = causeOf('https://gitlab.example.com/shop/web/-/jobs/2', 'src/web.ts:3: wrong');
    expect(linesInLogs([own, other], project)).toEqual([
      [{ path: 'till/cart.py', line: 4 }],
      [{ path: 'tests/test_till.py', line: 9 }],
    ]);
  });
});
