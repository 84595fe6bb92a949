import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import type { Html } from './element.ts';
import { listedTests } from './listed-tests.ts';
import { slowest } from './slowest.ts';
import { testsTable } from './tests-table.ts';

/** What the list of tests gets, whatever else is on the page. */
const leastBytes = 300_000;
/** What is estimated for a test is a few hundredths less than what it takes. */
const mostBytes = 1_850_000;

interface TestsParts {
  readonly table: Html | null;
  readonly slowest: Html | null;
}

/** The list of tests in so many bytes and the slowest ones of it; null where there are none. */
export function testsWithin(summary: Summary, words: Language, room: number): TestsParts {
  const { tests } = summary;
  if (tests === null || tests.cases.length === 0) return { table: null, slowest: null };
  const bytes = Math.max(leastBytes, room);
  let estimate = Math.min(mostBytes, bytes);
  let listed = listedTests(tests, estimate);
  let table = testsTable(summary, words, listed);
  // Places, messages and escaped characters are not in the estimate: what a row takes shows when it is written.
  for (let size = sizeOf(table); size > bytes && estimate > 1; size = sizeOf(table)) {
    estimate *= (bytes / size) * 0.97;
    listed = listedTests(tests, estimate);
    table = testsTable(summary, words, listed);
  }
  return { table, slowest: slowest(listed, words) };
}

function sizeOf(html: Html | null): number {
  return html === null ? 0 : Buffer.byteLength(html.markup);
}
