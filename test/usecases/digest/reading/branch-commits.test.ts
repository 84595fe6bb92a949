import { expect, test } from 'vitest';
import type { HistoryCommit } from '../../../../src/model/project-history.ts';
import { branchCommits } from '../../../../src/usecases/digest/reading/branch-commits.ts';

/** `m: a b` is the commit m with the parents a and b. */
function graphOf(lines: readonly string[]): ReadonlyMap<string, HistoryCommit> {
  return new Map(
    lines.map((line) => {
      const [sha = '', parents = ''] = line.split(':');
      const commit = {
        sha,
        parents: parents.split(' ').filter((parent) => parent !== ''),
        authoredAt: 0,
        committedAt: 0,
        added: null,
        removed: null,
        title: '',
        reverts: [],
      };
      return [sha, commit] as const;
    }),
  );
}

const shas = (lines: readonly string[], merge: string): readonly string[] | null =>
  branchCommits(merge, graphOf(lines))
    ?.map(({ sha }) => sha)
    .sort() ?? null;

test.each<[string, readonly string[], readonly string[] | null]>([
  ['two commits of a branch', ['0:', '1:0', 'a:0', 'b:a', 'm:1 b'], ['a', 'b']],
  ['the merge of the main branch into it, too', ['0:', '1:0', 'a:0', 'c:a 1', 'm:1 c'], ['a', 'c']],
  ['nothing for one commit: it may be a squash', ['0:', '1:0', 'a:0', 'm:1 a'], null],
  ['nothing without a merge commit', ['0:', 'm:0'], null],
  ['nothing for an octopus', ['0:', 'a:0', 'b:0', 'm:0 a b'], null],
  ['nothing where the branch began before the graph', ['1:0', 'b:a', 'c:b', 'm:1 c'], null],
  ['the commits of a branch that began where the graph begins', ['1:0', 'a:0', 'b:a', 'm:1 b'], ['a', 'b']],
  ['nothing for a commit that is not there', ['0:'], null],
])('a merge shows %s', (_what, lines, expected) => {
  expect(shas(lines, 'm')).toEqual(expected);
});
