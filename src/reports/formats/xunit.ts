import type { TestOutcome } from '../../model/tests.ts';
import type { XmlElement, XmlFormat } from '../format.ts';
import {
  createDotnetHandler,
  type DescribedSuite,
  type DescribedTest,
  type DotnetDialect,
} from './shared/dotnet-xml.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';
import { failuresOf } from './shared/stated-failures.ts';

// https://xunit.net/docs/format-xml-v2, https://xunit.net/docs/format-xml-v3
const outcomes = new Map<string, TestOutcome>([
  ['Pass', 'passed'],
  ['Fail', 'failed'],
  ['Skip', 'skipped'],
  ['NotRun', 'skipped'],
]);

function describe(element: XmlElement): DescribedTest {
  const unplaced = { durationSeconds: null, file: null, line: null };
  // What happened outside of tests: a fixture or a clean-up that threw.
  if (element.name === 'error') {
    const name = element.attribute('name') ?? element.attribute('type') ?? 'test run';
    return { ...unplaced, className: '', name, outcome: 'errored' };
  }
  const className = element.attribute('type') ?? '';
  const name = element.attribute('name') ?? element.attribute('method') ?? '';
  return {
    className,
    name: name.startsWith(`${className}.`) ? name.slice(className.length + 1) : name,
    outcome: outcomes.get(element.attribute('result') ?? '') ?? 'errored',
    durationSeconds: junitSeconds(element.attribute('time')),
    file: element.attribute('source-file'),
    line: wholeNumber(element.attribute('source-line')),
  };
}

function describeSuite(element: XmlElement): DescribedSuite {
  const name = element.attribute('name');
  const failed = failuresOf(
    wholeNumber(element.attribute('failed')),
    wholeNumber(element.attribute('errors')),
  );
  return {
    suite: element.name === 'collection' ? name : null,
    title: name ?? '',
    failed: null,
    declared: { total: null, failed, errored: null, skipped: null },
  };
}

const dialect: DotnetDialect = {
  testElements: new Set(['test', 'error']),
  suiteElements: new Set(['assemblies', 'assembly', 'collection', 'class']),
  messageElements: new Set(['message', 'reason']),
  detailElements: new Set(['stack-trace']),
  describe,
  describeSuite,
};

/** xUnit.net results, versions 1, 2 and 3. */
export const xunit: XmlFormat = {
  format: 'xunit',
  title: 'xUnit.net XML',
  kind: 'tests',
  unit: 'Each `test` is one test; each `error` of an assembly is one errored test.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/xunit*.xml', '**/TestResults.xml'],
  specification: 'https://xunit.net/docs/format-xml-v2',
  producers: [
    { tool: 'xunit.console', option: '-xml xunit.xml' },
    { tool: 'dotnet test', option: '--logger xunit' },
  ],
  syntax: 'xml',
  detect: ({ name }) => name === 'assemblies' || name === 'assembly',
  read: (sink) => createDotnetHandler(sink, dialect),
};
