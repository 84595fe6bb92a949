import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom } from '../blank-test-run.ts';
import { createDotnetHandler, type DotnetDialect, decimalSeconds, wholeNumber } from '../dotnet-xml.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';

// https://xunit.net/docs/format-xml-v2, https://xunit.net/docs/format-xml-v3
const outcomes = new Map<string, TestOutcome>([
  ['Pass', 'passed'],
  ['Fail', 'failed'],
  ['Skip', 'skipped'],
  ['NotRun', 'skipped'],
]);

const dialect: DotnetDialect = {
  testElement: 'test',
  suiteElements: new Set(['collection', 'class']),
  suiteName: (element) => (element.name === 'class' ? null : element.attribute('name')),
  messageElements: new Set(['message', 'reason']),
  detailElements: new Set(['stack-trace']),
  describe(element) {
    const className = element.attribute('type') ?? '';
    const name = element.attribute('name') ?? element.attribute('method') ?? '';
    return {
      className,
      name: name.startsWith(`${className}.`) ? name.slice(className.length + 1) : name,
      outcome: outcomes.get(element.attribute('result') ?? '') ?? 'errored',
      durationSeconds: decimalSeconds(element.attribute('time')),
      file: element.attribute('source-file'),
      line: wholeNumber(element.attribute('source-line')),
    };
  },
};

interface RunError {
  readonly name: string;
  message: string | null;
  details: string | null;
}

function openError(element: XmlElement): RunError {
  const name = element.attribute('name') ?? element.attribute('type') ?? 'test run';
  return { name, message: null, details: null };
}

/** Adds what happened outside of tests (`<error>` of an assembly: a fixture or a clean-up that threw). */
function createHandler(sink: ReportSink): XmlHandler {
  const tests = createDotnetHandler(sink, dialect);
  let error: RunError | null = null;

  function closeError(): void {
    if (error === null) return;
    const failure = failureFrom('errored', { message: error.message, details: error.details, type: null });
    sink.test({ ...blankTestRun, name: error.name, outcome: 'errored', failure });
    error = null;
  }

  return {
    ...tests,
    open(element) {
      if (element.name === 'error') error = openError(element);
      if (error !== null && (element.name === 'message' || element.name === 'stack-trace'))
        element.keepText(64 * 1024);
      else tests.open(element);
    },
    close(name, text) {
      if (error === null) tests.close(name, text);
      else if (name === 'message') error.message ??= text.trim();
      else if (name === 'stack-trace') error.details ??= text;
      else if (name === 'error') closeError();
    },
    end() {
      closeError();
      tests.end();
    },
  };
}

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
  read: createHandler,
};
