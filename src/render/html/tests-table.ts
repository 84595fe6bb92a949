import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase } from '../../model/tests.ts';
import { lastChangeOf } from '../comment/last-change.ts';
import { testAddress } from '../comment/test-place.ts';
import { quarantineWords } from '../comment/test-record-words.ts';
import { escapeHtml } from '../markdown/inline-html.ts';
import type { Language } from '../words/english.ts';
import { visibleLine } from '../words/visible-text.ts';
import { anchor, breakable, codeText, el, type Html, rendered, tableOf } from './element.ts';
import { groupName, type ListedTests, reportFiles, stateOf, type TestState } from './listed-tests.ts';

const openGroups = 3;
/** More groups in which every test passed are behind one fold, so that a browser does not have to place them. */
const maxCleanGroups = 30;

interface Group {
  readonly name: string;
  /** Failing, flaky and skipped ones, in this order. */
  readonly told: readonly TestCase[];
  readonly passed: readonly TestCase[];
  readonly failing: number;
}

/** By class, else suite, else file; groups with failures first. */
function groupsOf(cases: readonly TestCase[]): readonly Group[] {
  const groups = new Map<string, TestCase[]>();
  for (const test of cases) {
    const name = groupName(test);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [test]);
    else group.push(test);
  }
  return [...groups]
    .map(([name, tests]) => ({
      name,
      told: tests.filter((test) => stateOf(test) !== 'passed'),
      passed: tests.filter((test) => stateOf(test) === 'passed'),
      failing: tests.filter(({ outcome }) => isFailing(outcome)).length,
    }))
    .sort((a, b) => b.failing - a.failing || (a.name < b.name ? -1 : 1));
}

function messageOf({ failure }: TestCase): Html | null {
  const [first = ''] = (failure?.message ?? '').split('\n', 1);
  return first === '' ? null : el('div', { class: 'message', dir: 'auto' }, breakable(first.slice(0, 300)));
}

function recordOf(test: TestCase, { comparison }: Summary, words: Language): Html | null {
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

function changeOf(test: TestCase, summary: Summary, words: Language): Html | null {
  const said = lastChangeOf(test, summary, words);
  if (said === null) return null;
  const { words: before, source } = said;
  return source === null
    ? el('div', { class: 'dim' }, before)
    : el('div', { class: 'dim' }, `${before} `, anchor(source.url, source.label));
}

function durationOf({ durationSeconds }: TestCase, words: Language): string {
  return durationSeconds === null ? '' : words.format.duration(durationSeconds);
}

/** The style puts the symbol of the outcome before its word: thousands of rows are as small as they can be. */
function rowOf(test: TestCase, summary: Summary, words: Language): Html | null {
  const state = stateOf(test);
  if (state === 'passed') return null;
  return el(
    'tr',
    { class: state },
    el('td', {}, words.page.states[state]),
    el(
      'td',
      {},
      anchor(testAddress(test, summary), codeText(test.name)),
      messageOf(test),
      changeOf(test, summary, words),
      recordOf(test, summary, words),
    ),
    el('td', {}, durationOf(test, words)),
  );
}

/**
 * Tests that passed are most of a page: a line of text each, without an element, so that a browser opens thousands of
 * them at once.
 */
function passedLines({ told, passed }: Group, words: Language): readonly Html[] {
  if (passed.length === 0) return [];
  const lines = passed.map((test) =>
    escapeHtml(visibleLine([test.name, durationOf(test, words)].filter((part) => part !== '').join(' · '))),
  );
  const title = el('p', { class: 'title dim' }, `✓ ${words.tests.passed(passed.length)}`);
  return [...(told.length === 0 ? [] : [title]), el('p', { class: 'passed' }, rendered(lines.join('\n')))];
}

/** `1 failed, 2 passed`, in the order in which tests are listed. */
function inWords(counts: readonly (readonly [TestState, number])[], words: Language): readonly string[] {
  return counts.flatMap(([state, count]) => (count === 0 ? [] : [words.tests[state](count)]));
}

function groupOf(
  group: Group,
  open: boolean,
  { summary, words }: { summary: Summary; words: Language },
): Html {
  const { name, told, passed, failing } = group;
  const count = (state: TestState): number => told.filter((test) => stateOf(test) === state).length;
  const counts = inWords(
    [
      ['failed', failing],
      ['flaky', count('flaky')],
      ['skipped', count('skipped')],
      ['passed', passed.length],
    ],
    words,
  );
  const order = ['failed', 'flaky', 'skipped'];
  const sorted = told.toSorted((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)));
  const rows = sorted.flatMap((test) => rowOf(test, summary, words) ?? []);
  const head = [words.page.outcome, words.page.test, words.jobs.columns.duration];
  return el(
    'details',
    { class: `group${failing > 0 ? ' has-failed' : ''}`, open },
    el(
      'summary',
      {},
      el('code', { dir: 'auto' }, name),
      el('span', { class: 'dim' }, ` ${counts.join(', ')}`),
    ),
    rows.length === 0 ? null : tableOf({ titles: head }, rows),
    ...passedLines(group, words),
  );
}

/**
 * A group in which every test passed, behind the fold of all of them: without a fold of its own, which costs a browser
 * more than the names in it.
 */
function cleanGroupOf(group: Group, words: Language): Html {
  const name = el('code', { dir: 'auto' }, group.name);
  const count = ` ${words.tests.passed(group.passed.length)}`;
  return el('div', { class: 'group' }, name, count, ...passedLines(group, words));
}

function groupItems(
  groups: readonly Group[],
  place: { readonly summary: Summary; readonly words: Language },
): readonly Html[] {
  const { words } = place;
  const items = (some: readonly Group[]): readonly Html[] =>
    some.map((group, index) => groupOf(group, group.failing > 0 && index < openGroups, place));
  const clean = groups.filter(({ told }) => told.length === 0);
  if (clean.length <= maxCleanGroups) return items(groups);
  const tests = clean.reduce((sum, { passed }) => sum + passed.length, 0);
  const title = words.page.cleanGroups(clean.length, words.tests.passed(tests));
  return [
    ...items(groups.filter(({ told }) => told.length > 0)),
    el(
      'details',
      { class: 'clean' },
      el('summary', {}, title),
      ...clean.map((group) => cleanGroupOf(group, words)),
    ),
  ];
}

function filters(words: Language): readonly Html[] {
  return (['all', 'failed', 'flaky', 'skipped'] as const).flatMap((state) => [
    el('input', {
      type: 'radio',
      name: 'outcome',
      id: `show-${state}`,
      class: 'filter',
      checked: state === 'all',
    }),
    el(
      'label',
      { for: `show-${state}`, class: 'filter' },
      state === 'all' ? words.page.allTests : words.page.states[state],
    ),
  ]);
}

/**
 * Every test that the page has room for, by class, failing classes first; the outcome is chosen without a script, and
 * the box that searches appears only where a script may run (a browser's own search finds them all). Null without
 * tests.
 */
export function testsTable(summary: Summary, words: Language, { listed, untold }: ListedTests): Html | null {
  if (listed.length + untold.length === 0) return null;
  const count = words.page.testsShown(listed.length, inWords(untold, words), reportFiles(summary, words));
  return el(
    'div',
    { class: 'tests' },
    ...filters(words),
    el(
      'label',
      { class: 'search', hidden: true },
      `${words.page.search} `,
      el('input', { type: 'search', id: 'test-search', autocomplete: 'off' }),
    ),
    el('p', { class: 'dim', role: 'status', id: 'test-count' }, count),
    ...groupItems(groupsOf(listed), { summary, words }),
  );
}
