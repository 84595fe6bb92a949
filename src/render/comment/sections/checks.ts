import { type Block, type Icon, icon, text } from '../../../model/document.ts';
import type { Language } from '../../words/english.ts';
import { type CheckRow, checkRows } from '../check-rows.ts';
import type { Section } from '../section.ts';
import { verdictOf } from '../verdict.ts';

/** Rows that say something good or nothing: their symbol is enough. */
const quiet: ReadonlySet<Icon> = new Set<Icon>(['passed', 'info']);

function tableOf(rows: readonly CheckRow[], words: Language): Block {
  const hasChange = rows.some(({ change }) => change !== '');
  const columns = [words.checks.check, words.checks.result, ...(hasChange ? [words.checks.change] : [])];
  return {
    kind: 'table',
    columns: columns.map((title) => ({ title: [text(title)], align: 'left' })),
    rows: rows.map(({ label, state, result, change }) => [
      label,
      [icon(state), text(` ${result}`)],
      ...(hasChange ? [[text(change)]] : []),
    ]),
  };
}

/**
 * One table: a row per check with its result and what changed against the baseline. When every row is fine the headline
 * has said it all, and the table is left to the full report.
 */
export const checks: Section = (summary, words, { layout }) => {
  const rows = checkRows(summary, words);
  const isClean = verdictOf(summary) === 'passed' && rows.every(({ state }) => quiet.has(state));
  if (rows.length === 0 || (isClean && layout.detail !== 'full')) return null;
  const table = tableOf(rows, words);
  return {
    id: 'checks',
    importance: 1,
    full: [table],
    short: [table],
    counted: words.checks.noun(rows.length),
  };
};
