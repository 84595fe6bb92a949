import type { DurationShift, Listed, NamedTest } from '../model/comparison.ts';
import type { EarlierTests } from '../model/earlier-run.ts';
import { eachSlot, idAt, outcomeAt, secondsAt, slotIn } from '../model/test-index.ts';
import type { TestId, TestIndex } from '../model/tests.ts';

const maxListed = 50;
/** With recorded runs: half as long again, three usual deviations, and a second that somebody notices. */
const leastShare = 0.5;
const deviations = 3;
const leastSeconds = 1;
/** With only one earlier run, a busy machine explains much. */
const timesWithoutHistory = 3;
const secondsWithoutHistory = 5;

function isSlower(now: number, before: number, spread: number | null): boolean {
  if (spread === null) return now > timesWithoutHistory * before && now - before > secondsWithoutHistory;
  return now > before * (1 + Math.max(leastShare, deviations * spread)) && now - before > leastSeconds;
}

interface Shift {
  readonly id: TestId;
  readonly beforeSeconds: number;
  readonly nowSeconds: number;
}

/** Earlier duration of a test that passed; null when it did not pass, or the duration is unknown. */
function usualSeconds(now: TestIndex, slot: number, { index }: EarlierTests): number | null {
  const earlier = slotIn(index, now, slot);
  return earlier < 0 || outcomeAt(index, earlier) !== 'passed' ? null : secondsAt(index, earlier);
}

/**
 * Tests that pass on both sides and take longer than the spread of their earlier runs explains, the largest loss first;
 * those whose names neither side knows are counted.
 */
export function slowerTests(
  now: TestIndex,
  before: EarlierTests,
  nameOf: (id: TestId) => NamedTest | null,
): Listed<DurationShift> {
  const shifts: Shift[] = [];
  eachSlot(now, (slot) => {
    const nowSeconds = outcomeAt(now, slot) === 'passed' ? secondsAt(now, slot) : null;
    const usual = nowSeconds === null || nowSeconds < leastSeconds ? null : usualSeconds(now, slot, before);
    if (nowSeconds === null || usual === null) return;
    const id = idAt(now, slot);
    const timing = before.timingOf(id);
    const beforeSeconds = timing?.seconds ?? usual;
    if (isSlower(nowSeconds, beforeSeconds, timing?.spread ?? null))
      shifts.push({ id, beforeSeconds, nowSeconds });
  });
  // Slots have no order, and losses are often the same.
  shifts.sort(
    (a, b) => b.nowSeconds - b.beforeSeconds - (a.nowSeconds - a.beforeSeconds) || (a.id < b.id ? -1 : 1),
  );
  const items = shifts.slice(0, maxListed).flatMap(({ id, ...seconds }) => {
    const test = nameOf(id);
    return test === null ? [] : [{ test, ...seconds }];
  });
  return { count: shifts.length, items };
}
