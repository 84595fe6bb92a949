import type { Summary } from '../../model/summary.ts';
import { isFailing, type TestCase } from '../../model/tests.ts';
import { fileAddress } from '../markdown/link-address.ts';
import type { Language } from '../words/english.ts';
import { anchor, codeText, el, type Html, tableOf } from './element.ts';

const maxTests = 25_000;
const openGroups = 3;

interface Group {
  readonly name: string;
  readonly tests: readonly TestCase[];
  readonly failing: number;
}

/** By class, else suite, else file; groups with failures first. */
function groupsOf(cases: readonly TestCase[]): readonly Group[] {
  const groups = new Map<string, TestCase[]>();
  for (const test of cases) {
    const name = [test.className, test.suite, test.file ?? ''].find((part) => part !== '') ?? '–';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [test]);
    else group.push(test);
  }
  return [...groups]
    .map(([name, tests]) => ({
      name,
      tests,
      failing: tests.filter(({ outcome }) => isFailing(outcome)).length,
    }))
    .sort((a, b) => b.failing - a.failing || (a.name < b.name ? -1 : 1));
}

function stateOf(test: TestCase): 'failed' | 'flaky' | 'skipped' | 'passed' {
  if (isFailing(test.outcome)) return 'failed';
  if (test.flaky) return 'flaky';
  return test.outcome === 'skipped' ? 'skipped' : 'passed';
}

const symbols = { failed: '✕', flaky: '↻', skipped: '–', passed: '✓' } as const;

/** Where a test is; thousands of links to tests that pass would be most of the page. */
function addressOf(test: TestCase, { context, mergeRequest }: Summary): string | null {
  if (test.file === null || stateOf(test) === 'passed') return null;
  const sha = mergeRequest?.headSha ?? context.commit.sha;
  return fileAddress(context.project.url, sha, { path: test.file, line: test.line });
}

function messageOf({ failure }: TestCase): Html | null {
  const [first = ''] = (failure?.message ?? '').split('\n', 1);
  return first === '' ? null : el('div', { class: 'message', dir: 'auto' }, first.slice(0, 300));
}

function recordOf(test: TestCase, { comparison }: Summary, words: Language): Html | null {
  const record = comparison.records.get(test.id);
  const mark = comparison.flakyMarks.get(test.id);
  const known = [
    ...(mark === undefined ? [] : [words.tests.markedBy(mark.by, mark.at.slice(0, 10))]),
    ...(record === undefined || record.failedRuns + record.retriedRuns === 0
      ? []
      : [words.page.record(record.failedRuns, record.runs)]),
  ];
  return known.length === 0 ? null : el('div', { class: 'dim' }, known.join(', '));
}

function rowOf(test: TestCase, summary: Summary, words: Language): Html {
  const state = stateOf(test);
  const duration = test.durationSeconds === null ? '' : words.format.duration(test.durationSeconds);
  return el(
    'tr',
    { class: state },
    el(
      'td',
      { class: 'state' },
      el('span', { 'aria-hidden': 'true' }, symbols[state]),
      ` ${words.page.states[state]}`,
    ),
    el(
      'td',
      {},
      anchor(addressOf(test, summary), codeText(test.name)),
      messageOf(test),
      recordOf(test, summary, words),
    ),
    el('td', { class: 'right' }, duration),
  );
}

function groupOf(
  group: Group,
  open: boolean,
  { summary, words }: { summary: Summary; words: Language },
): Html {
  const counts =
    group.failing > 0
      ? `${words.tests.failed(group.failing)}, ${words.format.count(group.tests.length)}`
      : words.format.count(group.tests.length);
  const head = [words.page.outcome, words.page.test, words.jobs.columns.duration];
  return el(
    'details',
    { class: `group${group.failing > 0 ? ' has-failed' : ''}`, open },
    el('summary', {}, codeText(group.name), el('span', { class: 'dim' }, ` ${counts}`)),
    tableOf(
      head,
      group.tests.map((test) => rowOf(test, summary, words)),
    ),
  );
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
 * Every test that is kept, by class, failing classes first; the outcome is chosen without a script, and the box that
 * searches appears only where a script may run (a browser's own search finds them all). Null without tests.
 */
export function testsTable(summary: Summary, words: Language): Html | null {
  const { tests } = summary;
  if (tests === null || tests.cases.length === 0) return null;
  const shown = tests.cases.slice(0, maxTests);
  const groups = groupsOf(shown);
  const untold = tests.totals.total - shown.length;
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
    el(
      'p',
      { class: 'dim', role: 'status', id: 'test-count' },
      words.page.testsShown(shown.length, Math.max(0, untold)),
    ),
    ...groups.map((group, index) =>
      groupOf(group, group.failing > 0 && index < openGroups, { summary, words }),
    ),
  );
}
