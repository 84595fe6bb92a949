import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase, type TestsReport } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';

const maxTests = 20_000;
/** What a group, a row of a table and a line of a list cost beside their names. */
const groupBytes = 150;
const rowBytes = 260;
const lineBytes = 12;
const maxFiles = 5;

export type TestState = 'failed' | 'flaky' | 'skipped' | 'passed';

/** The order in which tests are listed while there is room. */
const states = ['failed', 'flaky', 'skipped', 'passed'] as const satisfies readonly TestState[];

/** What the page says of a test in one word. */
export function stateOf(test: TestCase): TestState {
  if (isFailing(test.outcome)) return 'failed';
  if (test.flaky) return 'flaky';
  return test.outcome === 'skipped' ? 'skipped' : 'passed';
}

/** What a test belongs to: its class, else its suite, else its file. */
export function groupName(test: TestCase): string {
  return [test.className, test.suite, test.file ?? ''].find((part) => part !== '') ?? '–';
}

function bytesOf(test: TestCase, state: TestState): number {
  const name = Buffer.byteLength(test.name);
  return state === 'passed' ? name + lineBytes : 2 * name + rowBytes;
}

function byState(cases: readonly TestCase[]): ReadonlyMap<TestState, readonly TestCase[]> {
  const found = new Map<TestState, TestCase[]>(states.map((state) => [state, []]));
  for (const test of cases) found.get(stateOf(test))?.push(test);
  return found;
}

export interface ListedTests {
  readonly listed: readonly TestCase[];
  /** How many of each state are counted only, without states that have nobody. */
  readonly untold: readonly (readonly [TestState, number])[];
}

/**
 * As many tests as have room in so many bytes, about: what failed first, then flaky and skipped ones, then what passed.
 */
export function listedTests({ cases, omittedCases }: TestsReport, maxBytes: number): ListedTests {
  const listed: TestCase[] = [];
  const untold: (readonly [TestState, number])[] = [];
  const groups = new Set<string>();
  let bytes = 0;
  let isFull = false;
  for (const [state, tests] of byState(cases)) {
    let kept = 0;
    for (const test of tests) {
      const group = groupName(test);
      const size = bytesOf(test, state) + (groups.has(group) ? 0 : groupBytes + Buffer.byteLength(group));
      isFull ||= listed.length >= maxTests || bytes + size > maxBytes;
      if (isFull) break;
      bytes += size;
      groups.add(group);
      kept += 1;
      listed.push(test);
    }
    const cut = tests.length - kept + (state === 'passed' ? omittedCases : 0);
    if (cut > 0) untold.push([state, cut]);
  }
  return { listed, untold };
}

/** The files that tests were read from, the first few by path. */
export function reportFiles(summary: Summary, words: Language): string | null {
  const paths = [...new Set(summary.tests?.cases.map(({ report }) => report))].sort();
  if (paths.length === 0) return null;
  const more = paths.length - maxFiles;
  return [...paths.slice(0, maxFiles), ...(more > 0 ? [words.page.moreFiles(more)] : [])].join(', ');
}
