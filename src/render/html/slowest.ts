import type { TestCase } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';
import { codeText, el, type Html, tableOf } from './element.ts';
import { groupName, type ListedTests } from './listed-tests.ts';

const most = 10;
const maxName = 200;

interface Suite {
  readonly name: string;
  tests: number;
  seconds: number;
}

function suitesOf(cases: readonly TestCase[]): readonly Suite[] {
  const suites = new Map<string, Suite>();
  for (const test of cases) {
    const name = groupName(test);
    const suite = suites.get(name) ?? { name, tests: 0, seconds: 0 };
    suite.tests += 1;
    suite.seconds += test.durationSeconds ?? 0;
    suites.set(name, suite);
  }
  return [...suites.values()].toSorted((a, b) => b.seconds - a.seconds).slice(0, most);
}

function right(text: string): Html {
  return el('td', { class: 'right' }, text);
}

/** What took longest among the tests that the page lists. Null where no report measured a test. */
export function slowest({ listed, untold }: ListedTests, words: Language): Html | null {
  const timed = listed.flatMap(({ test }) => ((test.durationSeconds ?? 0) > 0 ? [test] : []));
  if (timed.length === 0) return null;
  const tests = timed.toSorted((a, b) => (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0)).slice(0, most);
  const { duration } = words.jobs.columns;
  return el(
    'div',
    {},
    untold.length === 0 ? null : el('p', { class: 'dim' }, words.page.slowestOf(listed.length)),
    el('h3', {}, words.page.slowestTests),
    tableOf(
      { titles: [words.page.test, duration], numbersFrom: 1 },
      tests.map((test) =>
        el(
          'tr',
          {},
          el(
            'td',
            {},
            codeText(shortenText(test.name, maxName)),
            el('div', { class: 'dim' }, codeText(shortenText(groupName(test), maxName))),
          ),
          right(words.format.duration(test.durationSeconds ?? 0)),
        ),
      ),
    ),
    el('h3', {}, words.page.slowestSuites),
    tableOf(
      { titles: [words.page.suite, words.page.tests, words.page.inTotal], numbersFrom: 1 },
      suitesOf(timed).map((suite) =>
        el(
          'tr',
          {},
          el('td', {}, codeText(shortenText(suite.name, maxName))),
          right(words.format.count(suite.tests)),
          right(words.format.duration(suite.seconds)),
        ),
      ),
    ),
  );
}
