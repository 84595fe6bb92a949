import type { TestCase, TestFailure } from '../model/tests.ts';
import { type ConvertTarget, lostCount } from './target.ts';
import { xmlAttributes, xmlText } from './xml.ts';

type Verdict = 'error' | 'failure' | 'flakyFailure' | 'skipped';

// GitLab shows the text of the element and drops `message` where there is one (lib/gitlab/ci/parsers/test/junit.rb
// takes the element's value as ActiveSupport's Hash.from_xml gives it), so the message is in both.
function textOf({ message, details }: TestFailure): string {
  if (details.includes(message)) return details;
  return details === '' ? message : `${message}\n${details}`;
}

function verdictXml(element: Verdict, failure: TestFailure | null): string {
  if (failure === null) return `<${element}/>`;
  const { message, type } = failure;
  const attributes = xmlAttributes({ message: message === '' ? null : message, type });
  const text = textOf(failure);
  return text === ''
    ? `<${element}${attributes}/>`
    : `<${element}${attributes}>${xmlText(text)}</${element}>`;
}

/** A flaky test passed, and its failure before that is Surefire's element, which GitLab ignores and others read. */
function verdict({ outcome, failure, flaky }: TestCase): string {
  switch (outcome) {
    case 'passed':
      return flaky ? verdictXml('flakyFailure', failure) : '';
    case 'failed':
      return verdictXml('failure', failure);
    case 'errored':
      return verdictXml('error', failure);
    case 'skipped':
      return verdictXml('skipped', failure);
  }
}

/** GitLab distinguishes tests of the same name by class and file. */
function caseXml(test: TestCase): string {
  const attributes = xmlAttributes({
    name: test.name,
    classname: test.className === '' ? test.suite : test.className,
    file: test.file,
    line: test.line,
    time: test.durationSeconds,
  });
  const inner = verdict(test);
  return inner === '' ? `    <testcase${attributes}/>` : `    <testcase${attributes}>${inner}</testcase>`;
}

/** JUnit XML as GitLab reads it: https://docs.gitlab.com/ci/testing/unit_test_reports/ */
export const junitTarget: ConvertTarget = {
  name: 'junit',
  title: 'JUnit XML',
  from: 'tests',
  keyword: 'junit',
  write(report) {
    if (report.kind !== 'tests') return null;
    const { totals, cases } = report;
    const counts = xmlAttributes({
      tests: totals.total,
      failures: totals.failed,
      errors: totals.errored,
      skipped: totals.skipped,
      time: totals.durationSeconds,
    });
    const bySuite = new Map<string, TestCase[]>();
    for (const test of cases) {
      const tests = bySuite.get(test.suite);
      if (tests === undefined) bySuite.set(test.suite, [test]);
      else tests.push(test);
    }
    const elements = [...bySuite].map(
      ([suite, tests]) =>
        `  <testsuite${xmlAttributes({ name: suite === '' ? 'tests' : suite, tests: tests.length })}>\n${tests.map(caseXml).join('\n')}\n  </testsuite>`,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${counts}>\n${elements.join('\n')}\n</testsuites>\n`;
  },
  losses(report) {
    if (report.kind !== 'tests') return [];
    return [
      ...lostCount(report.totals.flaky, {
        one: 'flaky test: GitLab shows it as passed, because it has no mark for flaky tests',
        other: 'flaky tests: GitLab shows them as passed, because it has no mark for flaky tests',
      }),
      ...lostCount(report.cases.filter(({ flaky, runs }) => !flaky && runs > 1).length, {
        one: 'test that ran more than once is written with its last run',
        other: 'tests that ran more than once are written with their last run',
      }),
    ];
  },
};
