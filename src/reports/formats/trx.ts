import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun, failureFrom } from '../blank-test-run.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';

// https://learn.microsoft.com/en-us/dotnet/api/microsoft.visualstudio.testtools.testmanagement.testoutcome
const outcomes = new Map<string, TestOutcome>([
  ['passed', 'passed'],
  ['passedbutrunaborted', 'passed'],
  ['completed', 'passed'],
  ['warning', 'passed'],
  ['failed', 'failed'],
  ['timeout', 'errored'],
  ['aborted', 'errored'],
  ['error', 'errored'],
  ['disconnected', 'errored'],
  ['notexecuted', 'skipped'],
  ['notrunnable', 'skipped'],
  ['inconclusive', 'skipped'],
  ['pending', 'skipped'],
  ['inprogress', 'skipped'],
]);

const maxTextCharacters = 64 * 1024;

interface Result {
  readonly testId: string;
  readonly name: string;
  readonly outcome: string;
  readonly duration: string | null;
  message: string | null;
  stack: string | null;
  /** True when it holds the results of its data rows, which are counted instead. */
  hasRows: boolean;
}

/** `[days.]hours:minutes:seconds[.fraction]` in seconds. */
function secondsOf(text: string | null): number | null {
  const match = /^(?:(\d+)\.)?(\d+):(\d+):(\d+(?:[.,]\d+)?)$/.exec(text ?? '');
  if (match === null) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return (
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds.replace(',', '.'))
  );
}

function count(element: XmlElement, name: string): number | null {
  const value = Number(element.attribute(name) ?? Number.NaN);
  return Number.isInteger(value) ? value : null;
}

function createHandler(sink: ReportSink): XmlHandler {
  const open: Result[] = [];
  const results: Result[] = [];
  const methods = new Map<string, { readonly className: string; readonly name: string }>();
  let definition: string | null = null;

  function openResult(element: XmlElement): void {
    const parent = open.at(-1);
    if (parent !== undefined) parent.hasRows = true;
    open.push({
      testId: element.attribute('testId') ?? '',
      name: element.attribute('testName') ?? '',
      outcome: element.attribute('outcome') ?? '',
      duration: element.attribute('duration'),
      message: null,
      stack: null,
      hasRows: false,
    });
  }

  function emit(result: Result): void {
    const failed = result.message !== null || result.stack !== null;
    const outcome = outcomes.get(result.outcome.toLowerCase()) ?? (failed ? 'failed' : 'skipped');
    const className = methods.get(result.testId)?.className ?? '';
    sink.test({
      ...blankTestRun,
      // `Namespace.Class, Assembly, Version=…` in older files.
      className: className.split(',', 1)[0] ?? '',
      name: result.name === '' ? (methods.get(result.testId)?.name ?? '') : result.name,
      outcome,
      durationSeconds: secondsOf(result.duration),
      failure:
        outcome === 'passed'
          ? null
          : failureFrom(outcome, { message: result.message, details: result.stack, type: null }),
    });
  }

  return {
    open(element) {
      if (element.name.endsWith('TestResult') && element.name !== 'TestResult') openResult(element);
      else if (element.name === 'UnitTest') definition = element.attribute('id');
      else if (element.name === 'TestMethod' && definition !== null) {
        methods.set(definition, {
          className: element.attribute('className') ?? '',
          name: element.attribute('name') ?? '',
        });
      } else if (element.name === 'Message' || element.name === 'StackTrace' || element.name === 'Text') {
        element.keepText(maxTextCharacters);
      } else if (element.name === 'Counters') {
        sink.declaredTests({ total: count(element, 'total'), failed: null, errored: null, skipped: null });
      }
    },
    close(name, text) {
      const current = open.at(-1);
      if (name === 'Message' && current !== undefined) current.message ??= text;
      else if (name === 'StackTrace' && current !== undefined) current.stack ??= text;
      else if (name === 'Text' && current === undefined && text.trim() !== '')
        sink.warn(`the run says: ${text.trim().slice(0, 300)}`);
      else if (name.endsWith('TestResult') && name !== 'TestResult') {
        const result = open.pop();
        if (result !== undefined && !result.hasRows) results.push(result);
      }
    },
    end() {
      // Class names stand in the definitions, which come after the results.
      for (const result of [...results, ...open.filter(({ hasRows }) => !hasRows)]) emit(result);
    },
  };
}

/** Visual Studio's test results, as `dotnet test` and MSTest write them. Rows of a data-driven test count each. */
export const trx: XmlFormat = {
  format: 'trx',
  title: 'Visual Studio TRX',
  kind: 'tests',
  wellKnownNames: ['**/*.trx'],
  specification: 'https://learn.microsoft.com/en-us/dotnet/core/tools/dotnet-test',
  producers: [{ tool: 'dotnet test', option: '--logger trx' }],
  syntax: 'xml',
  detect: ({ name, namespace, firstChild }) =>
    name === 'TestRun' && (namespace?.includes('VisualStudio') === true || firstChild !== null),
  read: createHandler,
};
