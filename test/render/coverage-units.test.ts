import { expect, test } from 'vitest';
import { checkRows } from '../../src/render/comment/check-rows.ts';
import { english } from '../../src/render/words/english.ts';
import { german } from '../../src/render/words/german.ts';
import { aCoverageReport, aCoverageTotals, aSummary } from '../builders.ts';

test.each([
  { unit: 'lines', words: english, says: '60.0\u00A0% of lines' },
  { unit: 'statements', words: english, says: '60.0\u00A0% of statements' },
  { unit: 'mixed', words: english, says: '60.0\u00A0% of lines and statements' },
  { unit: 'lines', words: german, says: '60,0\u00A0% der Zeilen' },
  { unit: 'statements', words: german, says: '60,0\u00A0% der Anweisungen' },
  { unit: 'mixed', words: german, says: '60,0\u00A0% der Zeilen und Anweisungen' },
] as const)('a figure of $unit says so: $says', ({ unit, words, says }) => {
  const coverage = aCoverageReport({ unit, totals: aCoverageTotals(3, 5) });
  const results = checkRows(aSummary({ coverage }), words).map(({ result }) => result.replaceAll(' ', ' '));
  expect(results).toContainEqual(expect.stringContaining(says));
});
