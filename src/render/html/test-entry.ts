import type { Summary } from '../../model/summary.ts';
import type { TestCase } from '../../model/tests.ts';
import { lastChangeOf } from '../comment/last-change.ts';
import { testAddress } from '../comment/test-place.ts';
import { quarantineWords } from '../comment/test-record-words.ts';
import { escapeText } from '../markdown/inline-html.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';
import { visibleLine } from '../words/visible-text.ts';
import { anchor, breakable, codeText, el, type Html } from './element.ts';
import type { TestEntry, TestState } from './listed-tests.ts';

const maxMessage = 300;
const maxName = 1_000;

/** What the page is about, and in which language. */
export interface PagePlace {
  readonly summary: Summary;
  readonly words: Language;
}

function messageOf({ failure }: TestCase): string {
  const [first = ''] = (failure?.message ?? '').slice(0, 10 * maxMessage).split('\n', 1);
  return shortenText(first, maxMessage);
}

function recordOf(test: TestCase, { summary, words }: PagePlace): Html | null {
  const { comparison } = summary;
  const record = comparison.records.get(test.id);
  const mark = comparison.flakyMarks.get(test.id);
  const quarantined = comparison.quarantined.get(test.id);
  const known = [
    ...(quarantined === undefined ? [] : [quarantineWords(quarantined, words)]),
    ...(mark === undefined ? [] : [words.tests.markedBy(mark.by, mark.at.slice(0, 10))]),
    ...(record === undefined || record.failedRuns + record.retriedRuns === 0
      ? []
      : [words.page.record(record.failedRuns, record.runs)]),
  ];
  return known.length === 0 ? null : el('div', { class: 'dim' }, known.join(', '));
}

function changeOf(test: TestCase, { summary, words }: PagePlace): Html | null {
  const said = lastChangeOf(test, summary, words);
  if (said === null) return null;
  const { words: before, source } = said;
  return source === null
    ? el('div', { class: 'dim' }, before)
    : el('div', { class: 'dim' }, `${before} `, anchor(source.url, source.label));
}

function durationOf({ durationSeconds }: TestCase, words: Language): string {
  return durationSeconds === null ? '' : ` (${words.format.duration(durationSeconds)})`;
}

/**
 * A line of text without an element, so that a browser opens thousands at once. Its punctuation is ASCII, which a
 * browser decodes several times as fast.
 */
function lineOf(test: TestCase, words: Language): string {
  const name = visibleLine(shortenText(test.name, maxName));
  return escapeText(`${name}${durationOf(test, words)}`);
}

/** A test of the list: a line where there is nothing to say but its name and how long it took. */
export function testEntry(test: TestCase, state: TestState, place: PagePlace): TestEntry {
  const { summary, words } = place;
  if (state === 'passed') return { test, state, markup: lineOf(test, words), isLine: true };
  const address = testAddress(test, summary);
  const message = messageOf(test);
  const notes = [changeOf(test, place), recordOf(test, place)];
  if (state === 'skipped' && address === null && message === '' && notes.every((note) => note === null))
    return { test, state, markup: lineOf(test, words), isLine: true };
  const { markup } = el(
    'li',
    {},
    anchor(address, codeText(shortenText(test.name, maxName))),
    durationOf(test, words),
    // The style breaks the line here, as an element would.
    message === '' ? null : { markup: `\n${breakable(message).markup}` },
    ...notes,
  );
  return { test, state, markup, isLine: false };
}
