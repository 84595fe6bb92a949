import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom } from '../blank-test-run.ts';
import { createDotnetHandler, type DotnetDialect, decimalSeconds, wholeNumber } from '../dotnet-xml.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';

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

const dialect: DotnetDialect = {
  testElement: 'test-case',
  suiteElements: new Set(['test-suite']),
  suiteName: (element) => (element.attribute('type') === 'Assembly' ? null : element.attribute('fullname')),
  messageElements: new Set(['message']),
  detailElements: new Set(['stack-trace']),
  describe: (element) => ({
    className: element.attribute('classname') ?? '',
    name: element.attribute('name') ?? element.attribute('fullname') ?? '',
    outcome: outcomeOf(element),
    durationSeconds: decimalSeconds(element.attribute('duration')),
    file: null,
    line: null,
  }),
};

function declare(sink: ReportSink, run: XmlElement): void {
  const skipped = wholeNumber(run.attribute('skipped'));
  sink.declaredTests({
    total: wholeNumber(run.attribute('total')),
    failed: null,
    errored: null,
    skipped: skipped === null ? null : skipped + (wholeNumber(run.attribute('inconclusive')) ?? 0),
  });
}

interface Teardown {
  readonly suite: string;
  readonly depth: number;
  message: string | null;
  details: string | null;
}

/** Adds teardowns of suites that failed: their tests stand as they ended. A failed set-up is a failure of every test below it. */
function createHandler(sink: ReportSink): XmlHandler {
  const tests = createDotnetHandler(sink, dialect);
  let suite: Teardown | null = null;
  let failure: Teardown | null = null;

  function closeFailure({ suite: name, message, details }: Teardown): void {
    const told = failureFrom('errored', { message, details, type: null });
    sink.test({
      ...blankTestRun,
      suite: name,
      name: `teardown of ${name}`,
      outcome: 'errored',
      failure: told,
    });
    failure = null;
  }

  return {
    open(element) {
      const { name, depth } = element;
      if (name === 'test-run' && depth === 0) declare(sink, element);
      if (name === 'test-suite') {
        const fails = element.attribute('result') === 'Failed' && element.attribute('site') === 'TearDown';
        const fullName = element.attribute('fullname') ?? '';
        suite = fails ? { suite: fullName, depth, message: null, details: null } : null;
      } else if (name === 'failure' && suite !== null && depth === suite.depth + 1) failure = suite;
      else if (failure !== null) element.keepText(64 * 1024);
      tests.open(element);
    },
    close(name, text) {
      if (failure === null) tests.close(name, text);
      else if (name === 'message') failure.message ??= text.trim();
      else if (name === 'stack-trace') failure.details ??= text;
      else if (name === 'failure') closeFailure(failure);
    },
    end() {
      if (failure !== null) closeFailure(failure);
      tests.end();
    },
  };
}

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
  read: createHandler,
};
