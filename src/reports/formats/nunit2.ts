import type { TestOutcome } from '../../model/tests.ts';
import type { XmlElement, XmlFormat } from '../format.ts';
import { createDotnetHandler, type DescribedSuite, type DotnetDialect } from './shared/dotnet-xml.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';
import { failuresOf } from './shared/stated-failures.ts';

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

function says(element: XmlElement, name: string, value: 'true' | 'false'): boolean {
  return element.attribute(name)?.trim().toLowerCase() === value;
}

/**
 * https://nunit.org/docs/2.6/files/Results.xsd: `result` since 2.5, before it `executed` and `success`, which is optional: then a
 * `<failure>` decides.
 */
function outcomeOf(element: XmlElement): TestOutcome | null {
  const named = byResult.get(element.attribute('result') ?? '');
  if (named !== undefined) return named;
  if (says(element, 'executed', 'false')) return 'skipped';
  if (says(element, 'success', 'false')) return 'failed';
  return says(element, 'success', 'true') ? 'passed' : null;
}

function describeSuite(element: XmlElement): DescribedSuite {
  const title = element.attribute('name') ?? '';
  if (element.name === 'test-results') {
    const [failures, errors] = ['failures', 'errors'].map((name) => wholeNumber(element.attribute(name)));
    const failed = failuresOf(failures ?? null, errors ?? null);
    const declared = { total: null, failed, errored: null, skipped: null };
    return { suite: null, title, failed: null, declared };
  }
  const outcome = outcomeOf(element);
  return {
    suite: element.attribute('type') === 'Assembly' ? null : element.attribute('name'),
    title,
    failed: outcome === 'failed' || outcome === 'errored' ? 'itself' : null,
    declared: null,
  };
}

const dialect: DotnetDialect = {
  testElements: new Set(['test-case']),
  suiteElements: new Set(['test-results', 'test-suite']),
  messageElements: new Set(['message']),
  detailElements: new Set(['stack-trace']),
  describeSuite,
  describe: (element) => ({
    className: '',
    name: element.attribute('name') ?? '',
    outcome: outcomeOf(element),
    durationSeconds: junitSeconds(element.attribute('time')),
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
