import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import { bytesOf, type Html } from './element.ts';
import { listedTests } from './listed-tests.ts';
import { slowest } from './slowest.ts';
import { testEntry } from './test-entry.ts';
import { testsTable } from './tests-table.ts';

/** The filters, the box that searches, the sentence that counts, the folds of many groups and the slowest tests. */
const frameBytes = 12_000;

interface TestsParts {
  readonly table: Html | null;
  readonly slowest: Html | null;
}

/** The list of tests and the slowest ones of it in so many bytes; null where there are none. */
export function testsWithin(summary: Summary, words: Language, maxBytes: number): TestsParts {
  const { tests } = summary;
  if (tests === null || tests.cases.length === 0) return { table: null, slowest: null };
  const place = { summary, words };
  const within = (room: number): TestsParts => {
    const listed = listedTests(tests, { maxBytes: room, words }, (test, state) =>
      testEntry(test, state, place),
    );
    return { table: testsTable(place, listed), slowest: slowest(listed, words) };
  };
  const parts = within(maxBytes - frameBytes);
  const over = bytesOf(parts.table) + bytesOf(parts.slowest) - maxBytes;
  // Names of the slowest tests and of report files may be far longer than usual ones.
  return over > 0 ? within(maxBytes - frameBytes - over) : parts;
}
