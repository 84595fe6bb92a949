import type { NamedTest } from '../model/comparison.ts';
import { eachSlot, findSlot, halvesOf, highAt, lowAt, outcomeAt } from '../model/test-index.ts';
import { isFailing, type TestId, type TestIndex, type TestsReport } from '../model/tests.ts';
import { frontCode } from './front-coding.ts';

const maxNames = 20_000;
/** Of all names in UTF-8. */
const maxBytes = 4_000_000;
/** What a line has beside its label: two digits, and its end as JSON. */
const bytesOfLine = 4;
const maxTextLength = 300;

function field(text: string): string {
  return text.replace(/[\t\r\n]/g, ' ').slice(0, maxTextLength);
}

/** Suite (omitted where the class says the same), class and name, separated by tabs. */
function labelOf({ suite, className, name }: NamedTest): string {
  return [suite === className ? '' : field(suite), field(className), field(name)].join('\t');
}

export function testOfLabel(id: TestId, label: string): NamedTest {
  const [suite = '', className = '', name = ''] = label.split('\t');
  return { id, suite: suite === '' ? className : suite, className, name };
}

/** Failing tests before flaky ones before the others, as many as the bounds allow; sorted by label. */
function keptNames(tests: TestsReport): readonly { readonly label: string; readonly id: TestId }[] {
  const weight = ({ outcome, flaky }: TestsReport['cases'][number]): number =>
    isFailing(outcome) ? 0 : flaky ? 1 : 2;
  const kept: { label: string; id: TestId }[] = [];
  let bytes = 0;
  for (const test of tests.cases.toSorted((a, b) => weight(a) - weight(b))) {
    const label = labelOf(test);
    bytes += Buffer.byteLength(JSON.stringify(label)) + bytesOfLine;
    if (kept.length >= maxNames || bytes > maxBytes) break;
    kept.push({ label, id: test.id });
  }
  return kept.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.id < b.id ? -1 : 1));
}

export interface NamedTests {
  /** Slots of the index, in the order of the names. */
  readonly slots: readonly number[];
  /** Their labels, front-coded. */
  readonly names: string;
}

/** The tests whose names are kept. */
export function namedTests(tests: TestsReport): NamedTests {
  const { index } = tests;
  const slots: number[] = [];
  const labels: string[] = [];
  const taken = new Set<number>();
  for (const { label, id } of keptNames(tests)) {
    const halves = halvesOf(id);
    const slot = halves === null ? -1 : findSlot(index, halves.high, halves.low);
    if (slot < 0 || taken.has(slot)) continue;
    taken.add(slot);
    slots.push(slot);
    labels.push(label);
  }
  return { slots, names: frontCode(labels) };
}

function byId(index: TestIndex): (a: number, b: number) => number {
  return (a, b) => highAt(index, a) - highAt(index, b) || lowAt(index, a) - lowAt(index, b);
}

/** The tests that failed, where not all have room: the next run counts a failure as new unless it is among them. */
function chosen(index: TestIndex, slots: Uint32Array, room: number): Uint32Array {
  if (slots.length <= room) return slots;
  const fails = (slot: number): boolean => isFailing(outcomeAt(index, slot) ?? 'passed');
  const failing = slots.filter(fails);
  const others = slots.filter((slot) => !fails(slot));
  const some = new Uint32Array(room);
  some.set(failing.subarray(0, room));
  some.set(others.subarray(0, room - Math.min(room, failing.length)), Math.min(room, failing.length));
  return some.sort(byId(index));
}

/**
 * The slots of the tests as they are written, at most `maxTests`, of which there are at
 * least as many as have a name: those with a name, then the others by id, so that
 * equal tests are equal bytes.
 */
export function writtenSlots(index: TestIndex, named: readonly number[], maxTests: number): Uint32Array {
  const taken = new Uint8Array(index.slots);
  for (const slot of named) taken[slot] = 1;
  const others: number[] = [];
  eachSlot(index, (slot) => {
    if (taken[slot] === 0) others.push(slot);
  });
  const rest = chosen(index, Uint32Array.from(others).sort(byId(index)), maxTests - named.length);
  const all = new Uint32Array(named.length + rest.length);
  all.set(named);
  all.set(rest, named.length);
  return all;
}
