import type { TestOutcome } from '../../model/tests.ts';
import type { DeclaredTotals, XmlElement, XmlFormat } from '../format.ts';
import { createDotnetHandler, type DescribedSuite, type DotnetDialect } from './shared/dotnet-xml.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';

/** https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html: result and label. */
function outcomeOf(element: XmlElement): TestOutcome {
  switch (element.attribute('result')) {
    case 'Passed':
    case 'Warning':
      return 'passed';
    case 'Failed':
      return element.attribute('label') === null ? 'failed' : 'errored';
    case 'Skipped':
    case 'Inconclusive':
      return 'skipped';
    case null:
    default:
      return 'errored';
  }
}

function declaredBy(element: XmlElement): DeclaredTotals {
  const skipped = wholeNumber(element.attribute('skipped'));
  return {
    total: wholeNumber(element.attribute('total')),
    failed: wholeNumber(element.attribute('failed')),
    errored: null,
    skipped: skipped === null ? null : skipped + (wholeNumber(element.attribute('inconclusive')) ?? 0),
  };
}

/** A failed set-up is a failure of every test below it; after a failed teardown they stay as they ended. */
function describeSuite(element: XmlElement): DescribedSuite {
  const isRun = element.name === 'test-run';
  const failed = element.attribute('result') === 'Failed';
  const fullName = element.attribute('fullname');
  return {
    suite: isRun || element.attribute('type') === 'Assembly' ? null : fullName,
    title: fullName ?? element.attribute('name') ?? '',
    failed: !failed ? null : element.attribute('site') === 'TearDown' ? 'teardown' : 'itself',
    declared: declaredBy(element),
  };
}

const dialect: DotnetDialect = {
  testElements: new Set(['test-case']),
  suiteElements: new Set(['test-run', 'test-suite']),
  messageElements: new Set(['message']),
  detailElements: new Set(['stack-trace']),
  describeSuite,
  describe: (element) => ({
    className: element.attribute('classname') ?? '',
    name: element.attribute('name') ?? element.attribute('fullname') ?? '',
    outcome: outcomeOf(element),
    durationSeconds: junitSeconds(element.attribute('duration')),
    file: null,
    line: null,
  }),
};

/** NUnit 3 results. A failure with a label (Error, Invalid, Cancelled) counts as errored. */
export const nunit3: XmlFormat = {
  format: 'nunit3',
  title: 'NUnit 3 XML',
  kind: 'tests',
  unit: 'Each `test-case` is one test; a suite that failed without a failing test is one errored test.',
  reruns: 'Nothing: NUnit writes the last try of `[Retry]` only.',
  wellKnownNames: ['**/TestResult.xml', '**/nunit*.xml'],
  specification: 'https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html',
  producers: [
    { tool: 'nunit3-console', option: '--result=TestResult.xml' },
    { tool: 'dotnet test', option: '--logger nunit' },
  ],
  syntax: 'xml',
  // A runner that ended early leaves a suite as the root.
  detect: ({ name, attribute }) =>
    name === 'test-run' || (name === 'test-suite' && attribute('executed') === null),
  read: (sink) => createDotnetHandler(sink, dialect),
};
