import type { TestFailure } from '../../model/tests.ts';
import type { ReportSink, TestRun, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun } from './shared/blank-test-run.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';
import { tallyTests } from './shared/test-tally.ts';

/** `till.cpp(14) : what failed` */
function withFailure(test: TestRun, message: string): TestRun {
  const place = /^(.+)\((\d{1,9})\)\s*:\s*/.exec(message);
  const before = test.failure;
  const failure: TestFailure =
    before === null
      ? { type: null, message, details: '' }
      : { ...before, details: [before.details, message].filter((text) => text !== '').join('\n') };
  return {
    ...test,
    outcome: 'failed',
    isFileOfFailure: true,
    file: test.file ?? place?.[1] ?? null,
    line: test.line ?? (place === null ? null : Number(place[2])),
    failure,
  };
}

function createHandler(target: ReportSink): XmlHandler {
  const { sink, declare } = tallyTests(target);
  let test: TestRun | null = null;

  function closeTest(): void {
    if (test !== null) sink.test(test);
    test = null;
  }

  function openRoot(root: XmlElement): void {
    const tests = wholeNumber(root.attribute('failedtests'));
    // `failures` counts checks: several may have failed in one test, but without one that failed there are none.
    const checks = wholeNumber(root.attribute('failures'));
    const failed = tests === 0 && checks !== null ? Math.min(1, checks) : (tests ?? checks);
    const total = wholeNumber(root.attribute('tests'));
    declared = { total, failed, errored: null, skipped: null };
  }
  let declared: Parameters<typeof declare>[0] | null = null;

  return {
    open(element) {
      if (element.depth === 0) openRoot(element);
      else if (element.name === 'test') {
        closeTest();
        test = {
          ...blankTestRun,
          suite: element.attribute('suite') ?? '',
          name: element.attribute('name') ?? '',
          durationSeconds: junitSeconds(element.attribute('time')),
        };
      } else if (element.name === 'failure' && test !== null)
        test = withFailure(test, element.attribute('message') ?? '');
    },
    close(name) {
      if (name === 'test') closeTest();
    },
    end() {
      closeTest();
      if (declared !== null) declare(declared);
    },
  };
}

/** The XML reporter of UnitTest++. Several failed checks are one failed test. */
export const unittestCpp: XmlFormat = {
  format: 'unittest-cpp',
  title: 'UnitTest++ XML',
  kind: 'tests',
  unit: 'Each `test` is one test, however many of its checks failed.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/unittest-results.xml', '**/unittest++*.xml'],
  specification: 'https://github.com/unittest-cpp/unittest-cpp/blob/master/UnitTest++/XmlTestReporter.cpp',
  producers: [{ tool: 'UnitTest++', option: 'XmlTestReporter' }],
  syntax: 'xml',
  detect: ({ name }) => name === 'unittest-results',
  read: createHandler,
};
