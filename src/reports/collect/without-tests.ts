import {
  createTestIndex,
  durationCodeAt,
  eachSlot,
  type GrowingTestIndex,
  highAt,
  lowAt,
  outcomeAt,
} from '../../model/test-index.ts';
import { hashDigits } from './stable-hash.ts';

/** An index without some of its tests. */
export function withoutTests(index: GrowingTestIndex, gone: ReadonlySet<string>): GrowingTestIndex {
  const whole = index.finish();
  const rest = createTestIndex();
  eachSlot(whole, (slot) => {
    const hash = { high: highAt(whole, slot), low: lowAt(whole, slot) };
    const outcome = outcomeAt(whole, slot);
    if (outcome === null || gone.has(hashDigits(hash))) return;
    rest.setWithCode(hash.high, hash.low, { outcome, duration: durationCodeAt(whole, slot) });
  });
  return rest;
}
