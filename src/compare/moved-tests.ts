import type { NamedTest } from '../model/comparison.ts';
import type { TestId } from '../model/tests.ts';

export interface MovedTest {
  readonly from: NamedTest;
  readonly to: NamedTest;
}

export interface MoveCandidates {
  /** All tests that are gone, by name. */
  readonly removed: readonly NamedTest[];
  /** All tests that are new, by name. */
  readonly added: readonly NamedTest[];
  /** Classes that have a test on both sides: they did not move as a whole. */
  readonly stayed: ReadonlySet<string>;
}

/** A class of fewer tests may look like another by chance. */
const enoughTests = 3;

/** `com.shop.CheckoutTest` → `CheckoutTest`; what separates packages in the common languages. */
function simpleName(className: string): string {
  const last = className.split(/[./\\:#>]/).at(-1) ?? '';
  return last === '' ? className : last;
}

function groupedBy(
  tests: readonly NamedTest[],
  keyOf: (test: NamedTest) => string | null,
): ReadonlyMap<string, readonly NamedTest[]> {
  const groups = new Map<string, NamedTest[]>();
  for (const test of tests) {
    const key = keyOf(test);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [test]);
    else group.push(test);
  }
  return groups;
}

/** The same class name and test name in another package or folder, one on each side. */
function movedBetweenPackages({ removed, added }: MoveCandidates): readonly MovedTest[] {
  const keyOf = ({ className, name }: NamedTest): string | null =>
    className === '' ? null : JSON.stringify([simpleName(className), name]);
  const gone = groupedBy(removed, keyOf);
  return [...groupedBy(added, keyOf)].flatMap(([key, [to, ...others]]) => {
    const [from, ...more] = gone.get(key) ?? [];
    return to === undefined || from === undefined || others.length + more.length > 0 ? [] : [{ from, to }];
  });
}

/** What a class holds: its test names, each as often as it occurs. */
function contentsOf(tests: readonly NamedTest[]): string {
  return JSON.stringify(tests.map(({ name }) => name).sort());
}

/**
 * A class that went and a class that came with exactly the same tests, at least three, and no other class like them.
 */
function renamedClasses({ removed, added, stayed }: MoveCandidates): readonly MovedTest[] {
  const whole = (tests: readonly NamedTest[]): ReadonlyMap<string, readonly (readonly NamedTest[])[]> => {
    const classes = [
      ...groupedBy(tests, ({ className }) =>
        className === '' || stayed.has(className) ? null : className,
      ).values(),
    ].filter(({ length }) => length >= enoughTests);
    const byContents = new Map<string, (readonly NamedTest[])[]>();
    for (const one of classes) {
      const contents = contentsOf(one);
      byContents.set(contents, [...(byContents.get(contents) ?? []), one]);
    }
    return byContents;
  };
  const gone = whole(removed);
  return [...whole(added)].flatMap(([contents, [to, ...others]]) => {
    const [from, ...more] = gone.get(contents) ?? [];
    if (to === undefined || from === undefined || others.length + more.length > 0) return [];
    return pairsByName(from, to);
  });
}

function pairsByName(from: readonly NamedTest[], to: readonly NamedTest[]): readonly MovedTest[] {
  const byName = (a: NamedTest, b: NamedTest): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const targets = to.toSorted(byName);
  return from.toSorted(byName).flatMap((one, position) => {
    const target = targets[position];
    return target === undefined ? [] : [{ from: one, to: target }];
  });
}

/**
 * Tests that certainly are the same under another name: the same class and test name in another package,
 * once on each side; or a class that is gone and a new one with exactly its tests. Anything less certain stays
 * "removed" and "added": a wrong guess would hide a removed test. By id of the new test.
 */
export function movedTests(candidates: MoveCandidates): ReadonlyMap<TestId, MovedTest> {
  const moved = new Map<TestId, MovedTest>();
  const taken = new Set<TestId>();
  for (const move of [...movedBetweenPackages(candidates), ...renamedClasses(candidates)]) {
    if (moved.has(move.to.id) || taken.has(move.from.id)) continue;
    moved.set(move.to.id, move);
    taken.add(move.from.id);
  }
  return moved;
}
