import type { TestOutcome } from '../../model/tests.ts';
import { createDotnetHandler, type DotnetDialect, decimalSeconds, wholeNumber } from '../dotnet-xml.ts';
import type { XmlElement, XmlFormat } from '../format.ts';

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

/** NUnit 3 results. A failure with a label (Error, Invalid, Cancelled) counts as errored. */
export const nunit3: XmlFormat = {
  format: 'nunit3',
  title: 'NUnit 3 XML',
  kind: 'tests',
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
  read(sink) {
    const handler = createDotnetHandler(sink, dialect);
    return {
      ...handler,
      open(element) {
        if (element.name === 'test-run' && element.depth === 0) {
          const skipped = wholeNumber(element.attribute('skipped'));
          sink.declaredTests({
            total: wholeNumber(element.attribute('total')),
            failed: null,
            errored: null,
            skipped:
              skipped === null ? null : skipped + (wholeNumber(element.attribute('inconclusive')) ?? 0),
          });
        }
        handler.open(element);
      },
    };
  },
};
