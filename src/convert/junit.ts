import type { TestCase, TestFailure } from '../model/tests.ts';
import type { ConvertTarget } from './target.ts';
import { xmlAttributes, xmlText } from './xml.ts';

function verdictXml(element: 'failure' | 'error' | 'skipped', failure: TestFailure | null): string {
  if (failure === null) return `<${element}/>`;
  const attributes = xmlAttributes({
    message: failure.message === '' ? null : failure.message,
    type: failure.type,
  });
  return failure.details === ''
    ? `<${element}${attributes}/>`
    : `<${element}${attributes}>${xmlText(failure.details)}</${element}>`;
}

function verdict({ outcome, failure }: TestCase): string {
  switch (outcome) {
    case 'passed':
      return '';
    case 'failed':
      return verdictXml('failure', failure);
    case 'errored':
      return verdictXml('error', failure);
    case 'skipped':
      return verdictXml('skipped', failure);
  }
}

/** GitLab tells tests of one name apart by class and file. */
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
};
