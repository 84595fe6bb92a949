import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Commit } from '../../src/model/commit.ts';
import { keysOf, mergeRequestsOfCommits } from '../../src/trail/merge-requests-of-commits.ts';
import { runs } from '../property-runs.ts';

type Method = 'merge' | 'squash' | 'squash-merge' | 'fast-forward' | 'semi-linear' | 'push';
const methods: readonly Method[] = ['merge', 'squash', 'squash-merge', 'fast-forward', 'semi-linear', 'push'];

interface Keys {
  readonly iid: number;
  mergeSha: string | null;
  squashSha: string | null;
  headSha: string | null;
}

/** A repository in which people merge; it remembers who brought what, which a reader of commits must find out. */
class Workshop {
  readonly commits: Commit[] = [];
  readonly mergeRequests: Keys[] = [];
  readonly truth = new Map<string, number>();
  readonly commitsOf = new Map<number, readonly string[]>();
  private main = this.commit([]);
  private nextIid = 1;

  commit(parents: readonly string[], iid: number | null = null): string {
    const sha = String(this.commits.length).padStart(40, '0');
    this.commits.push({ sha, parents });
    if (iid !== null) this.truth.set(sha, iid);
    return sha;
  }

  /** Commits on a branch, one after the other. */
  private branch(from: string, count: number, iid: number): readonly string[] {
    const made: string[] = [];
    for (let at = 0; at < count; at += 1) made.push(this.commit([made.at(-1) ?? from], iid));
    return made;
  }

  /** The same changes anew, on top of another commit: git rebase. */
  private land(
    method: Method,
    { iid, base, own }: { iid: number; base: string; own: readonly string[] },
  ): string {
    const keys: Keys = { iid, mergeSha: null, squashSha: null, headSha: own.at(-1) ?? base };
    this.mergeRequests.push(keys);
    if (method === 'fast-forward' || method === 'semi-linear') {
      const rebased = this.branch(base, own.length, iid);
      keys.headSha = rebased.at(-1) ?? base;
      this.commitsOf.set(iid, rebased);
      if (method === 'fast-forward') return keys.headSha;
      keys.mergeSha = this.commit([base, keys.headSha], iid);
      return keys.mergeSha;
    }
    if (method === 'merge') {
      keys.mergeSha = this.commit([base, keys.headSha ?? base], iid);
      return keys.mergeSha;
    }
    keys.squashSha = this.commit([base], iid);
    if (method === 'squash') return keys.squashSha;
    keys.mergeSha = this.commit([base, keys.squashSha], iid);
    return keys.mergeSha;
  }

  step({ method, count, catchUp, inner, lag }: Step): void {
    if (method === 'push') {
      this.main = this.commit([this.main]);
      return;
    }
    const iid = this.nextIid;
    this.nextIid += 1;
    const begun = this.main;
    for (let at = 0; at < lag; at += 1) this.main = this.commit([this.main]);
    let own = this.branch(begun, count, iid);
    if (catchUp && method === 'merge') own = [...own, this.commit([own.at(-1) ?? begun, this.main], iid)];
    if (inner !== null && method === 'merge') {
      const innerIid = this.nextIid;
      this.nextIid += 1;
      const base = own.at(-1) ?? begun;
      const tip = this.land(inner, { iid: innerIid, base, own: this.branch(base, count, innerIid) });
      own = [...own, tip];
    }
    this.main = this.land(method, { iid, base: this.main, own });
  }

  /** What is reached from main, newest first or in any order that clocks made of it. */
  reached(shuffle: number): readonly Commit[] {
    const bySha = new Map(this.commits.map((one) => [one.sha, one]));
    const seen = new Set<string>();
    const open = [this.main];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      if (seen.has(sha)) continue;
      seen.add(sha);
      open.push(...(bySha.get(sha)?.parents ?? []));
    }
    const list = this.commits.filter(({ sha }) => seen.has(sha)).toReversed();
    return list.toSorted(
      (a, b) => ((Number(a.sha) * 7919 * shuffle) % 101) - ((Number(b.sha) * 7919 * shuffle) % 101),
    );
  }
}

interface Step {
  readonly method: Method;
  readonly count: number;
  readonly catchUp: boolean;
  readonly inner: Method | null;
  readonly lag: number;
}

const step = fc.record({
  method: fc.constantFrom(...methods),
  count: fc.integer({ min: 1, max: 4 }),
  catchUp: fc.boolean(),
  inner: fc.constantFrom<Method | null>(null, 'merge', 'squash', 'squash-merge', 'fast-forward'),
  lag: fc.integer({ min: 0, max: 3 }),
});

/** As a set difference over whole histories, commit by commit. */
function plainly(
  commits: readonly Commit[],
  keys: readonly Keys[],
  commitsOf: ReadonlyMap<number, readonly string[]>,
) {
  const bySha = new Map(commits.map((one) => [one.sha, one]));
  const ancestors = (start: readonly string[]): Set<string> => {
    const seen = new Set<string>();
    const open = [...start];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const found = bySha.get(sha);
      if (found === undefined || seen.has(sha)) continue;
      seen.add(sha);
      open.push(...found.parents);
    }
    return seen;
  };
  const answer = new Map<string, number>();
  for (const { sha } of commits) {
    const direct =
      keys.find(({ mergeSha }) => mergeSha === sha) ??
      keys.find(({ squashSha }) => squashSha === sha) ??
      keys.find(
        ({ headSha, mergeSha, squashSha }) => mergeSha === null && squashSha === null && headSha === sha,
      );
    const asked = [...commitsOf].find(([, shas]) => shas.includes(sha))?.[0];
    const brought = direct?.iid ?? asked;
    if (brought !== undefined) answer.set(sha, brought);
  }
  const sides = keys
    .flatMap(({ iid, mergeSha }) => {
      const merge = mergeSha === null ? undefined : bySha.get(mergeSha);
      if (merge === undefined || merge.parents.length < 2) return [];
      const [first = '', ...further] = merge.parents;
      const before = ancestors([first]);
      return [{ iid, side: [...ancestors(further)].filter((sha) => !before.has(sha)) }];
    })
    .sort((a, b) => a.side.length - b.side.length);
  for (const { iid, side } of sides) for (const sha of side) if (!answer.has(sha)) answer.set(sha, iid);
  return answer;
}

function sorted(brought: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...brought].sort(([a], [b]) => a.localeCompare(b));
}

describe('row 62: which merge request brought a commit', () => {
  test('over random histories with every merge method, as those who merged know it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 15 }), fc.integer({ min: 0, max: 50 }), (steps, shuffle) => {
        const workshop = new Workshop();
        for (const one of steps) workshop.step(one);
        const commits = workshop.reached(shuffle);
        const truth = new Map(
          commits.flatMap(({ sha }) => {
            const iid = workshop.truth.get(sha);
            return iid === undefined ? [] : [[sha, iid] as const];
          }),
        );
        const { mergeRequests, commitsOf } = workshop;
        const found = mergeRequestsOfCommits(commits, mergeRequests, commitsOf);
        expect(sorted(found)).toEqual(sorted(truth));
        expect(sorted(found)).toEqual(sorted(plainly(commits, mergeRequests, commitsOf)));
      }),
      { numRuns: runs(500) },
    );
  });

  test('agrees with a plain computation where answers are missing, too', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 0, max: 20 }),
        (steps, nth, cut) => {
          const workshop = new Workshop();
          for (const one of steps) workshop.step(one);
          const commits = workshop.reached(1).slice(cut);
          const known = workshop.mergeRequests.filter(({ iid }) => iid % nth !== 0);
          expect(sorted(mergeRequestsOfCommits(commits, known))).toEqual(
            sorted(plainly(commits, known, new Map())),
          );
        },
      ),
      { numRuns: runs(500) },
    );
  });

  test('of a squashed merge request, the commits of its branch are no keys', () => {
    const [head, squash] = ['1'.repeat(40), '2'.repeat(40)];
    expect([...keysOf([{ iid: 7, mergeSha: null, squashSha: squash, headSha: head }])]).toEqual([
      [squash, 7],
    ]);
  });

  test('a merge into another branch brought nothing, even where its last commit is in the range', () => {
    const [older, head, elsewhere] = ['1'.repeat(40), '2'.repeat(40), '3'.repeat(40)];
    const range = [
      { sha: head, parents: [older] },
      { sha: older, parents: [] },
    ];
    const keys = [{ iid: 7, mergeSha: elsewhere, squashSha: null, headSha: head }];
    expect([...mergeRequestsOfCommits(range, keys)]).toEqual([]);
  });

  test('10,000 commits with 2,500 merges', () => {
    const workshop = new Workshop();
    for (let at = 0; at < 2_500; at += 1)
      workshop.step({ method: 'merge', count: 2, catchUp: false, inner: null, lag: 1 });
    const commits = workshop.reached(0);
    expect(commits).toHaveLength(10_001);
    expect(mergeRequestsOfCommits(commits, workshop.mergeRequests).size).toBe(7_500);
  });
});
