import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase, type TestsReport } from '../../model/tests.ts';
import { escapeText } from '../markdown/inline-html.ts';
import type { Language } from '../words/english.ts';
import { shortenStart, shortenText } from '../words/shorten-text.ts';
import { visibleLine } from '../words/visible-text.ts';

const maxTests = 20_000;
const maxFiles = 5;
const maxPathLength = 200;
const maxGroupName = 500;
/** For the count of a group: one with more digits is rare, and there are few groups that have it. */
const typicalCount = 999;

export type TestState = 'failed' | 'flaky' | 'skipped' | 'passed';

/** The order in which tests are listed while there is room. */
export const testStates = ['failed', 'flaky', 'skipped', 'passed'] as const satisfies readonly TestState[];

/** What the page says of a test in one word. */
function stateOf(test: TestCase): TestState {
  if (isFailing(test.outcome)) return 'failed';
  if (test.flaky) return 'flaky';
  return test.outcome === 'skipped' ? 'skipped' : 'passed';
}

/** What a test belongs to: its class, else its suite, else its file. */
export function groupName(test: TestCase): string {
  const name = [test.className, test.suite, test.file ?? ''].find((part) => part !== '') ?? '–';
  return visibleLine(shortenText(name, maxGroupName));
}

/** A test as the page writes it. */
export interface TestEntry {
  readonly test: TestCase;
  readonly state: TestState;
  readonly markup: string;
  /** Whether it is a line of text: it has nothing but a name and a duration. */
  readonly isLine: boolean;
}

type ByState = ReadonlyMap<TestState, readonly TestCase[]>;

function byState(cases: readonly TestCase[]): ByState {
  const found = new Map<TestState, TestCase[]>(testStates.map((state) => [state, []]));
  for (const test of cases) found.get(stateOf(test))?.push(test);
  return found;
}

export interface ListedTests {
  readonly listed: readonly TestEntry[];
  /** How many of each state are counted only, without states that have nobody. */
  readonly untold: readonly (readonly [TestState, number])[];
}

/** What is written for the first test of a group, of a state in it, and of a list of that state. */
function frameOf({ state, isLine }: TestEntry, words: Language) {
  const count = words.tests[state](typicalCount);
  return {
    group: '<div class="group"><code dir="auto"></code> </div>',
    state: `${count}, `,
    title: `${state === 'passed' ? '' : ` has-${state}`}<p class="title ${state}">${count}</p>`,
    list: isLine ? `<p class="lines ${state}"></p>` : `<ul class="${state}"></ul>`,
  };
}

/** Counts the bytes of entries, with the groups, the states and the lists that they are the first of. */
function byteCounter(words: Language): (entry: TestEntry) => number {
  const known = new Set<string>();
  const once = (key: string, markup: string): number => {
    if (known.has(key)) return 0;
    known.add(key);
    return Buffer.byteLength(markup);
  };
  return (entry) => {
    const { state } = entry;
    const group = groupName(entry.test);
    const frame = frameOf(entry, words);
    // Tests that passed are the last: a group that begins with one has no others, and its list no title.
    const isClean = state === 'passed' && !known.has(`group ${group}`);
    return (
      Buffer.byteLength(entry.markup) +
      1 +
      once(`group ${group}`, frame.group + escapeText(group)) +
      once(`${state} ${group}`, frame.state + (isClean ? '' : frame.title)) +
      once(`${state} ${entry.isLine} ${group}`, frame.list)
    );
  };
}

/** By state, how many tests the report only counts; those without one of their own passed. */
function omittedByState(
  { totals, omittedCases }: TestsReport,
  kept: ByState,
): ReadonlyMap<TestState, number> {
  const found = new Map<TestState, number>();
  let left = omittedCases;
  const all = { failed: totals.failed + totals.errored, flaky: totals.flaky, skipped: totals.skipped };
  for (const state of ['failed', 'flaky', 'skipped'] as const) {
    const omitted = Math.min(left, Math.max(0, all[state] - (kept.get(state)?.length ?? 0)));
    found.set(state, omitted);
    left -= omitted;
  }
  return found.set('passed', left);
}

/** As many tests as have room in so many bytes: what failed first, then flaky and skipped ones, then what passed. */
export function listedTests(
  report: TestsReport,
  { maxBytes, words }: { readonly maxBytes: number; readonly words: Language },
  entryOf: (test: TestCase, state: TestState) => TestEntry,
): ListedTests {
  const listed: TestEntry[] = [];
  const untold: (readonly [TestState, number])[] = [];
  const kept = byState(report.cases);
  const omitted = omittedByState(report, kept);
  const bytesOf = byteCounter(words);
  let left = maxBytes;
  for (const [state, tests] of kept) {
    const before = listed.length;
    for (const test of tests) {
      if (left <= 0 || listed.length >= maxTests) break;
      const entry = entryOf(test, state);
      left -= bytesOf(entry);
      if (left >= 0) listed.push(entry);
    }
    const cut = tests.length - (listed.length - before) + (omitted.get(state) ?? 0);
    if (cut > 0) untold.push([state, cut]);
  }
  return { listed, untold };
}

/** The files that tests were read from, the first few by path. */
export function reportFiles(summary: Summary, words: Language): string | null {
  const paths = [...new Set(summary.tests?.cases.map(({ report }) => report))].sort();
  if (paths.length === 0) return null;
  const more = paths.length - maxFiles;
  const named = paths.slice(0, maxFiles).map((path) => shortenStart(path, maxPathLength));
  return [...named, ...(more > 0 ? [words.page.moreFiles(more)] : [])].join(', ');
}
