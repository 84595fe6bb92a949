import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import type { Html } from './element.ts';
import { listedTests } from './listed-tests.ts';
import { slowest } from './slowest.ts';
import { testEntry } from './test-entry.ts';
import { testsTable } from './tests-table.ts';

/** The filters, the box that searches, the sentence that counts and the folds of many groups. */
const frameBytes = 12_000;

interface TestsParts {
  readonly table: Html | null;
  readonly slowest: Html | null;
}

/** The list of tests in so many bytes and the slowest ones of it; null where there are none. */
export function testsWithin(summary: Summary, words: Language, maxBytes: number): TestsParts {
  const { tests } = summary;
  if (tests === null || tests.cases.length === 0) return { table: null, slowest: null };
  const place = { summary, words };
  const listed = listedTests(tests, maxBytes - frameBytes, (test, state) => testEntry(test, state, place));
  return { table: testsTable(place, listed), slowest: slowest(listed, words) };
}
