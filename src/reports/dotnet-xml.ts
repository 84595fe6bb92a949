import type { TestFailure, TestOutcome } from '../model/tests.ts';
import { blankTestRun, failureFrom } from './blank-test-run.ts';
import type { ReportSink, XmlElement, XmlHandler } from './format.ts';

/** What NUnit 2, NUnit 3 and xUnit.net have in common: a test element with texts below it, inside suites. */
export interface DotnetDialect {
  readonly testElement: string;
  /** Elements that hold tests, and what they are called; null for those that say nothing about a test. */
  suiteName(element: XmlElement): string | null;
  readonly suiteElements: ReadonlySet<string>;
  readonly messageElements: ReadonlySet<string>;
  readonly detailElements: ReadonlySet<string>;
  describe(element: XmlElement): DescribedTest;
}

export interface DescribedTest {
  readonly className: string;
  readonly name: string;
  readonly outcome: TestOutcome;
  readonly durationSeconds: number | null;
  readonly file: string | null;
  readonly line: number | null;
}

interface OpenTest {
  readonly described: DescribedTest;
  message: string | null;
  details: string | null;
  type: string | null;
}

const maxTextCharacters = 64 * 1024;

/** A duration in seconds, with the decimal comma of some locales. */
export function decimalSeconds(text: string | null): number | null {
  const value = Number((text ?? '').trim().replace(',', '.') || Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** A whole number, null for anything else. */
export function wholeNumber(text: string | null): number | null {
  return /^\d{1,9}$/.test((text ?? '').trim()) ? Number(text) : null;
}

function failureOf(test: OpenTest): TestFailure | null {
  const { outcome } = test.described;
  return outcome === 'passed' ? null : failureFrom(outcome, test);
}

/** Reads tests of a dialect; the path of suites above a test becomes its suite. */
export function createDotnetHandler(sink: ReportSink, dialect: DotnetDialect): XmlHandler {
  const suites: (string | null)[] = [];
  let test: OpenTest | null = null;

  function emit(finished: OpenTest): void {
    const { described } = finished;
    const inner = suites.findLast((name) => name !== null) ?? '';
    sink.test({ ...blankTestRun, suite: inner, ...described, failure: failureOf(finished) });
  }

  return {
    open(element) {
      const { name } = element;
      if (name === dialect.testElement)
        test = { described: dialect.describe(element), message: null, details: null, type: null };
      else if (dialect.suiteElements.has(name)) suites.push(dialect.suiteName(element));
      else if (test !== null && (dialect.messageElements.has(name) || dialect.detailElements.has(name)))
        element.keepText(maxTextCharacters);
      else if (test !== null && name === 'failure') test.type = element.attribute('exception-type');
    },
    close(name, text) {
      if (name === dialect.testElement && test !== null) {
        emit(test);
        test = null;
      } else if (dialect.suiteElements.has(name)) suites.pop();
      else if (test !== null && dialect.messageElements.has(name)) test.message ??= text.trim();
      else if (test !== null && dialect.detailElements.has(name)) test.details ??= text;
    },
    end() {
      if (test !== null) emit(test);
    },
  };
}
