import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase, type TestsReport } from '../../model/tests.ts';
import { escapeHtml } from '../markdown/inline-html.ts';
import type { Language } from '../words/english.ts';
import { shortenStart, shortenText } from '../words/shorten-text.ts';
import { visibleLine } from '../words/visible-text.ts';

const maxTests = 20_000;
const maxFiles = 5;
const maxPathLength = 200;
const maxGroupName = 500;
/** What a group takes beside its name, and each state in it: its count twice and its list. */
const groupBytes = 60;
const stateBytes = 120;

export type TestState = 'failed' | 'flaky' | 'skipped' | 'passed';

/** The order in which tests are listed while there is room. */
export const testStates = ['failed', 'flaky', 'skipped', 'passed'] as const satisfies readonly TestState[];

/** What the page says of a test in one word. */
export function stateOf(test: TestCase): TestState {
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

function byState(cases: readonly TestCase[]): ReadonlyMap<TestState, readonly TestCase[]> {
  const found = new Map<TestState, TestCase[]>(testStates.map((state) => [state, []]));
  for (const test of cases) found.get(stateOf(test))?.push(test);
  return found;
}

export interface ListedTests {
  readonly listed: readonly TestEntry[];
  /** How many of each state are counted only, without states that have nobody. */
  readonly untold: readonly (readonly [TestState, number])[];
}

/** Counts the bytes of entries, with the groups and the states that they are the first of. */
function byteCounter(): (entry: TestEntry) => number {
  const known = new Set<string>();
  const once = (key: string, bytes: number): number => {
    if (known.has(key)) return 0;
    known.add(key);
    return bytes;
  };
  return ({ test, state, markup }) => {
    const group = groupName(test);
    const ofGroup = once(group, groupBytes + Buffer.byteLength(escapeHtml(group)));
    return Buffer.byteLength(markup) + 1 + ofGroup + once(`${state} ${group}`, stateBytes);
  };
}

/** As many tests as have room in so many bytes: what failed first, then flaky and skipped ones, then what passed. */
export function listedTests(
  { cases, omittedCases }: TestsReport,
  maxBytes: number,
  entryOf: (test: TestCase, state: TestState) => TestEntry,
): ListedTests {
  const listed: TestEntry[] = [];
  const untold: (readonly [TestState, number])[] = [];
  const bytesOf = byteCounter();
  let left = maxBytes;
  for (const [state, tests] of byState(cases)) {
    const before = listed.length;
    for (const test of tests) {
      if (left <= 0 || listed.length >= maxTests) break;
      const entry = entryOf(test, state);
      left -= bytesOf(entry);
      if (left >= 0) listed.push(entry);
    }
    const cut = tests.length - (listed.length - before) + (state === 'passed' ? omittedCases : 0);
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
