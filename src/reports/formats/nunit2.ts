import type { TestOutcome } from '../../model/tests.ts';
import { createDotnetHandler, type DotnetDialect, decimalSeconds } from '../dotnet-xml.ts';
import type { XmlElement, XmlFormat } from '../format.ts';

const byResult = new Map<string, TestOutcome>([
  ['Success', 'passed'],
  ['Failure', 'failed'],
  ['Error', 'errored'],
  ['NotRunnable', 'errored'],
  ['Invalid', 'errored'],
  ['Cancelled', 'errored'],
  ['Ignored', 'skipped'],
  ['Skipped', 'skipped'],
  ['Inconclusive', 'skipped'],
]);

/** https://nunit.org/docs/2.6/files/Results.xsd: `result` since 2.5, before it `executed` and `success` alone. */
function outcomeOf(element: XmlElement): TestOutcome {
  const named = byResult.get(element.attribute('result') ?? '');
  if (named !== undefined) return named;
  if (element.attribute('executed')?.toLowerCase() === 'false') return 'skipped';
  return element.attribute('success')?.toLowerCase() === 'false' ? 'failed' : 'passed';
}

const dialect: DotnetDialect = {
  testElement: 'test-case',
  suiteElements: new Set(['test-suite']),
  suiteName: (element) => (element.attribute('type') === 'Assembly' ? null : element.attribute('name')),
  messageElements: new Set(['message']),
  detailElements: new Set(['stack-trace']),
  describe: (element) => ({
    className: '',
    name: element.attribute('name') ?? '',
    outcome: outcomeOf(element),
    durationSeconds: decimalSeconds(element.attribute('time')),
    file: null,
    line: null,
  }),
};

/** NUnit 2 results; other .NET test tools write them too. */
export const nunit2: XmlFormat = {
  format: 'nunit2',
  title: 'NUnit 2 XML',
  kind: 'tests',
  unit: 'Each `test-case` is one test; a suite that failed without a failing test is one errored test.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/TestResult.xml', '**/nunit*.xml'],
  specification: 'https://nunit.org/docs/2.6/files/Results.xsd',
  producers: [{ tool: 'nunit-console', option: '/xml:TestResult.xml' }],
  syntax: 'xml',
  // A runner that ended early leaves a suite as the root; version 3 has no `executed`.
  detect: ({ name, attribute }) =>
    name === 'test-results' || (name === 'test-suite' && attribute('executed') !== null),
  read: (sink) => createDotnetHandler(sink, dialect),
};
