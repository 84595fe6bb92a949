import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitGraph } from '../../../src/digest/facts/commit-graph.ts';
import { runs } from '../../property-runs.ts';
import { aCommit, aHistory, usualSettings } from '../histories.ts';

/** All that the parents of a commit lead to. */
function ancestors(parents: readonly (readonly number[])[], of: number): ReadonlySet<number> {
  return new Set((parents[of] ?? []).flatMap((parent) => [parent, ...ancestors(parents, parent)]));
}

describe('the graph of commits', () => {
  test('knows the ancestors that the parents lead to, and no others', () => {
    const graphs = fc.noBias(
      fc
        .array(fc.array(fc.nat({ max: 9 }), { maxLength: 3, size: 'max' }), { maxLength: 10, size: 'max' })
        .map((all) => all.map((parents, index) => [...new Set(parents)].filter((parent) => parent < index))),
    );
    fc.assert(
      // The order of the list says nothing about the graph.
      fc.property(graphs, fc.boolean(), (parents, isReversed) => {
        const commits = parents.map((some, index) =>
          aCommit(
            `c${index}`,
            some.map((parent) => `c${parent}`),
          ),
        );
        const history = aHistory({ commits: isReversed ? commits.toReversed() : commits });
        const graph = commitGraph(history, usualSettings);
        for (const later of parents.keys())
          for (const earlier of parents.keys())
            expect(graph.isAncestor(`c${earlier}`, `c${later}`)).toBe(ancestors(parents, later).has(earlier));
      }),
      { numRuns: runs(500) },
    );
  });

  test('ends with a circle, which only a made-up history has', () => {
    const history = aHistory({ commits: [aCommit('a', ['b']), aCommit('b', ['a']), aCommit('c', ['a'])] });
    const graph = commitGraph(history, usualSettings);
    expect(graph.isAncestor('x', 'c')).toBe(false);
    expect(graph.isAncestor('c', 'a')).toBe(false);
  });
});
