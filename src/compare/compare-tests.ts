import type { Listed, NamedTest, TestsComparison } from '../model/comparison.ts';
import type { EarlierTests } from '../model/earlier-run.ts';
import type { TestRecord } from '../model/history.ts';
import { eachSlot, findTest, idAt, outcomeAt, slotIn } from '../model/test-index.ts';
import { isFailing, type TestCase, type TestId, type TestsReport } from '../model/tests.ts';
import { slowerTests } from './duration-shifts.ts';
import { type MovedTest, movedTests } from './moved-tests.ts';

const maxListed = 200;

/** Ids of tests by outcome. */
interface Fates {
  readonly fixed: TestId[];
  readonly added: TestId[];
  readonly removed: TestId[];
  readonly newlySkipped: TestId[];
}

function fatesOf(now: TestsReport, before: EarlierTests): Fates {
  const fates: Fates = { fixed: [], added: [], removed: [], newlySkipped: [] };
  eachSlot(now.index, (slot) => {
    const earlier = slotIn(before.index, now.index, slot);
    if (earlier < 0) {
      fates.added.push(idAt(now.index, slot));
      return;
    }
    const was = outcomeAt(before.index, earlier);
    const is = outcomeAt(now.index, slot);
    if (was !== null && isFailing(was) && is === 'passed') fates.fixed.push(idAt(now.index, slot));
    if (is === 'skipped' && was !== 'skipped') fates.newlySkipped.push(idAt(now.index, slot));
  });
  eachSlot(before.index, (slot) => {
    if (slotIn(now.index, before.index, slot) < 0) fates.removed.push(idAt(before.index, slot));
  });
  return fates;
}

/** Moves can be certain only when every test that came or went is known by name. */
function movesOf(
  { added, removed }: Fates,
  current: ReadonlyMap<TestId, TestCase>,
  before: EarlierTests,
): ReadonlyMap<TestId, MovedTest> {
  const came = added.flatMap((id) => current.get(id) ?? []);
  const went = removed.flatMap((id) => before.names.get(id) ?? []);
  if (came.length < added.length || went.length < removed.length || came.length === 0 || went.length === 0)
    return new Map();
  const [isNew, isGone] = [new Set(added), new Set(removed)];
  const stayed = new Set<string>();
  for (const { id, className } of current.values()) if (!isNew.has(id)) stayed.add(className);
  for (const { id, className } of before.names.values()) if (!isGone.has(id)) stayed.add(className);
  return movedTests({ removed: went, added: came, stayed });
}

function byName(a: NamedTest, b: NamedTest): number {
  return a.className < b.className ? -1 : a.className > b.className ? 1 : a.name < b.name ? -1 : 1;
}

/** The tests of these ids that are known by name, and the number of all. */
function listed(ids: readonly TestId[], nameOf: (id: TestId) => NamedTest | null): Listed<NamedTest> {
  const items = ids.flatMap((id) => nameOf(id) ?? []);
  return { count: ids.length, items: items.sort(byName).slice(0, maxListed) };
}

/**
 * Compares tests with an earlier run by their identity. A failure is new when the same test did not fail before, even
 * if it did not exist or was skipped: in each case the merge request caused it. A moved test is the same test.
 */
export function compareTests(now: TestsReport, before: EarlierTests): TestsComparison {
  const current = new Map(now.cases.map((test) => [test.id, test]));
  const fates = fatesOf(now, before);
  const moves = movesOf(fates, current, before);
  const movedFrom = new Set([...moves.values()].map(({ from }) => from.id));
  const failedBefore = (id: TestId): boolean => {
    const outcome = findTest(before.index, moves.get(id)?.from.id ?? id);
    return outcome !== null && isFailing(outcome);
  };
  const nameOf = (id: TestId): NamedTest | null => current.get(id) ?? before.names.get(id) ?? null;
  const movedFixed = [...moves.keys()].filter(
    (id) => failedBefore(id) && findTest(now.index, id) === 'passed',
  );
  const failing = now.cases.filter(({ outcome }) => isFailing(outcome));
  return {
    newFailures: failing.filter(({ id }) => !failedBefore(id)),
    stillFailing: failing.filter(({ id }) => failedBefore(id)),
    fixed: listed([...fates.fixed, ...movedFixed], nameOf),
    added: listed(
      fates.added.filter((id) => !moves.has(id)),
      nameOf,
    ),
    removed: listed(
      fates.removed.filter((id) => !movedFrom.has(id)),
      nameOf,
    ),
    newlySkipped: listed(fates.newlySkipped, nameOf),
    moved: { count: moves.size, items: [...moves.values()].slice(0, maxListed) },
    slower: slowerTests(now.index, before, nameOf),
  };
}

/** The history of the tests that fail or were flaky in this run. */
export function recordsOf(now: TestsReport, before: EarlierTests): ReadonlyMap<TestId, TestRecord> {
  const records = new Map<TestId, TestRecord>();
  for (const { id, outcome, flaky } of now.cases) {
    const record = isFailing(outcome) || flaky ? before.recordOf(id) : null;
    if (record !== null && record.runs > 0) records.set(id, record);
  }
  return records;
}
