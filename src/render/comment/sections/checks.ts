import { type Block, type Icon, icon, text } from '../../../model/document.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { shortenText } from '../../words/shorten-text.ts';
import type { CheckRow } from '../check-row.ts';
import { checkRows } from '../check-rows.ts';
import { coveragePhrase, summaryPhrases, testsPhrase } from '../headline-phrases.ts';
import type { Layout, Section } from '../section.ts';
import { verdictOf } from '../verdict.ts';

const maxRef = 40;

/** Rows that say something good or nothing. */
const quiet: ReadonlySet<Icon> = new Set<Icon>(['passed', 'info']);

/** What Herald's own headline says in full: tests that passed on retry, and a change of coverage. */
function saidByHeadline(summary: Summary, words: Language, { headline }: Layout): ReadonlySet<Icon> {
  if (headline !== null) return new Set();
  const said = summaryPhrases(summary, words);
  const isSaid = (phrase: string | null): boolean => phrase !== null && said.includes(phrase);
  return new Set<Icon>([
    ...(isSaid(testsPhrase(summary, words)) ? (['flaky'] as const) : []),
    ...(isSaid(coveragePhrase(summary, words)) ? (['down'] as const) : []),
  ]);
}

/**
 * The rows of the table; empty where it is left to the full report: all is well, and the headline says all that the
 * rows would. The footer then has the jobs and their time.
 */
export function tableRows(summary: Summary, words: Language, layout: Layout): readonly CheckRow[] {
  const rows = checkRows(summary, words);
  const said = saidByHeadline(summary, words, layout);
  const isClean =
    verdictOf(summary) === 'passed' && rows.every(({ state }) => quiet.has(state) || said.has(state));
  return isClean && layout.detail !== 'full' ? [] : rows;
}

function tableOf(rows: readonly CheckRow[], { comparison }: Summary, words: Language): Block {
  const hasChange = rows.some(({ change }) => change !== '');
  const ref = comparison.baseline?.ref ?? '';
  const against = ref === '' ? words.checks.change : words.checks.against(shortenText(ref, maxRef));
  return {
    kind: 'table',
    columns: [
      { title: [text(words.checks.check)], align: 'left' },
      { title: [text(words.checks.result)], align: 'left' },
      ...(hasChange ? [{ title: [text(against)], align: 'right' } as const] : []),
    ],
    rows: rows.map(({ label, state, result, change }) => [
      label,
      // A level without a limit is neither good nor bad.
      state === 'info' ? [text(result)] : [icon(state), text(` ${result}`)],
      ...(hasChange ? [[text(change)]] : []),
    ]),
  };
}

/** One table: a row per check with its result, and beside it what changed against the baseline. */
export const checks: Section = (summary, words, { layout }) => {
  const rows = tableRows(summary, words, layout);
  if (rows.length === 0) return null;
  const table = tableOf(rows, summary, words);
  return {
    id: 'checks',
    importance: 1,
    full: [table],
    short: [table],
    counted: words.checks.noun(rows.length),
  };
};
