import type { NamedTest } from '../model/comparison.ts';
import { eachSlot, findSlot, halvesOf, highAt, lowAt } from '../model/test-index.ts';
import { isFailing, type TestId, type TestIndex, type TestsReport } from '../model/tests.ts';
import { frontCode } from './front-coding.ts';

const maxNames = 20_000;
const maxCharacters = 4_000_000;
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
  let characters = 0;
  for (const test of tests.cases.toSorted((a, b) => weight(a) - weight(b))) {
    const label = labelOf(test);
    characters += label.length;
    if (kept.length >= maxNames || characters > maxCharacters) break;
    kept.push({ label, id: test.id });
  }
  return kept.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.id < b.id ? -1 : 1));
}

export interface NamedFirst {
  /**
   * Slots of the index: tests with a name in the order of `named`, then the others by id, so that equal tests are equal
   * bytes.
   */
  readonly slots: Uint32Array;
  /** Front-coded labels of the first of them. */
  readonly named: string;
}

function byId(index: TestIndex): (a: number, b: number) => number {
  return (a, b) => highAt(index, a) - highAt(index, b) || lowAt(index, a) - lowAt(index, b);
}

/** The order in which tests are written, at most `maxTests` of them. */
export function namedFirst(tests: TestsReport, maxTests: number): NamedFirst {
  const { index } = tests;
  const taken = new Uint8Array(index.slots);
  const slots: number[] = [];
  const labels: string[] = [];
  for (const { label, id } of keptNames(tests)) {
    const halves = halvesOf(id);
    const slot = halves === null ? -1 : findSlot(index, halves.high, halves.low);
    if (slot < 0 || taken[slot] === 1) continue;
    taken[slot] = 1;
    slots.push(slot);
    labels.push(label);
  }
  const others: number[] = [];
  eachSlot(index, (slot) => {
    if (taken[slot] === 0) others.push(slot);
  });
  const rest = Uint32Array.from(others).sort(byId(index));
  const all = new Uint32Array(Math.min(maxTests, slots.length + rest.length));
  all.set(slots.slice(0, all.length));
  all.set(
    rest.subarray(0, all.length - Math.min(all.length, slots.length)),
    Math.min(all.length, slots.length),
  );
  return { slots: all, named: frontCode(labels) };
}
