import type { Language } from '../words/english.ts';
import { el, type Html, rendered } from './element.ts';
import {
  groupName,
  type ListedTests,
  reportFiles,
  type TestEntry,
  type TestState,
  testStates,
} from './listed-tests.ts';
import type { PagePlace } from './test-entry.ts';

const openGroups = 3;
/** A fold costs a browser as much as thirty names: beyond these, groups are behind one fold of all of them. */
const maxFolds = 30;

interface Group {
  readonly name: string;
  readonly entries: ReadonlyMap<TestState, readonly TestEntry[]>;
}

function countOf({ entries }: Group, state: TestState): number {
  return entries.get(state)?.length ?? 0;
}

function isClean(group: Group): boolean {
  return testStates.every((state) => state === 'passed' || countOf(group, state) === 0);
}

/** By class, else suite, else file; groups with failures first. */
function groupsOf(listed: readonly TestEntry[]): readonly Group[] {
  const groups = new Map<string, Map<TestState, TestEntry[]>>();
  for (const entry of listed) {
    const name = groupName(entry.test);
    const entries = groups.get(name) ?? new Map<TestState, TestEntry[]>();
    groups.set(name, entries);
    const some = entries.get(entry.state);
    if (some === undefined) entries.set(entry.state, [entry]);
    else some.push(entry);
  }
  return [...groups]
    .map(([name, entries]) => ({ name, entries }))
    .sort((a, b) => countOf(b, 'failed') - countOf(a, 'failed') || (a.name < b.name ? -1 : 1));
}

/** Tests of one state under their number: those with more to say than a name are items, the others lines. */
function stateBlocks(group: Group, state: TestState, words: Language): readonly Html[] {
  const entries = group.entries.get(state) ?? [];
  if (entries.length === 0) return [];
  const markup = (isLine: boolean): readonly string[] =>
    entries.filter((entry) => entry.isLine === isLine).map((entry) => entry.markup);
  const [items, lines] = [markup(false), markup(true)];
  const title = el('p', { class: `title ${state}` }, words.tests[state](entries.length));
  return [
    ...(isClean(group) ? [] : [title]),
    ...(items.length === 0 ? [] : [el('ul', { class: state }, rendered(items.join('\n')))]),
    ...(lines.length === 0 ? [] : [el('p', { class: `lines ${state}` }, rendered(lines.join('\n')))]),
  ];
}

/** `1 failed, 2 passed`, in the order in which tests are listed. */
function inWords(counts: readonly (readonly [TestState, number])[], words: Language): readonly string[] {
  return counts.flatMap(([state, count]) => (count === 0 ? [] : [words.tests[state](count)]));
}

function countsOf(groups: readonly Group[], words: Language): string {
  const counts = testStates.map((state) => {
    const count = groups.reduce((sum, group) => sum + countOf(group, state), 0);
    return [state, count] as const;
  });
  return inWords(counts, words).join(', ');
}

/** What the filters look at. */
function classOf(kind: 'group' | 'others', groups: readonly Group[]): string {
  const there = testStates.filter(
    (state) => state !== 'passed' && groups.some((group) => countOf(group, state) > 0),
  );
  return [kind, ...there.map((state) => `has-${state}`)].join(' ');
}

function groupContent(group: Group, words: Language): readonly Html[] {
  return testStates.flatMap((state) => stateBlocks(group, state, words));
}

function foldOf(group: Group, open: boolean, words: Language): Html {
  return el(
    'details',
    { class: classOf('group', [group]), open },
    el(
      'summary',
      {},
      el('code', { dir: 'auto' }, group.name),
      el('span', { class: 'dim' }, ` ${countsOf([group], words)}`),
    ),
    ...groupContent(group, words),
  );
}

/** Groups behind one fold, each without one of its own. */
function othersOf(groups: readonly Group[], title: string, words: Language): Html {
  const parts = groups.map((group) =>
    el(
      'div',
      { class: classOf('group', [group]) },
      el('code', { dir: 'auto' }, group.name),
      ` ${countsOf([group], words)}`,
      ...groupContent(group, words),
    ),
  );
  return el('details', { class: classOf('others', groups) }, el('summary', {}, title), ...parts);
}

function groupItems(groups: readonly Group[], words: Language): readonly Html[] {
  const clean = groups.filter(isClean);
  const told = groups.filter((group) => !isClean(group));
  const more = told.slice(maxFolds);
  const passed = (): string => words.page.cleanGroups(clean.length, countsOf(clean, words));
  return [
    ...told
      .slice(0, maxFolds)
      .map((group, index) => foldOf(group, countOf(group, 'failed') > 0 && index < openGroups, words)),
    ...(more.length === 0
      ? []
      : [othersOf(more, words.page.moreGroups(more.length, countsOf(more, words)), words)]),
    ...(clean.length > maxFolds
      ? [othersOf(clean, passed(), words)]
      : clean.map((group) => foldOf(group, false, words))),
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
export function testsTable({ summary, words }: PagePlace, { listed, untold }: ListedTests): Html | null {
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
    el('div', { class: 'groups' }, ...groupItems(groupsOf(listed), words)),
  );
}
