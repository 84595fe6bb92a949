import { isFailing, type TestFailure, type TestOutcome } from '../../../model/tests.ts';
import type { DeclaredTotals, ReportSink, XmlElement, XmlHandler } from '../../format.ts';
import { blankTestRun, failureFrom } from './blank-test-run.ts';
import { StatedFailures } from './stated-failures.ts';

/** What NUnit 2, NUnit 3 and xUnit.net have in common: a test element with texts below it, inside suites. */
export interface DotnetDialect {
  readonly testElements: ReadonlySet<string>;
  /** Elements that hold tests or count them: runs, assemblies, suites. */
  readonly suiteElements: ReadonlySet<string>;
  readonly messageElements: ReadonlySet<string>;
  readonly detailElements: ReadonlySet<string>;
  describe(element: XmlElement): DescribedTest;
  describeSuite(element: XmlElement): DescribedSuite;
}

export interface DescribedTest {
  readonly className: string;
  readonly name: string;
  /** Null where the element leaves it to a `<failure>` below it. */
  readonly outcome: TestOutcome | null;
  readonly durationSeconds: number | null;
  readonly file: string | null;
  readonly line: number | null;
}

export interface DescribedSuite {
  /** What its tests are shown under; null for those that say nothing about a test. */
  readonly suite: string | null;
  readonly title: string;
  /** The part of it that failed; null when it did not fail. */
  readonly failed: 'itself' | 'teardown' | null;
  readonly declared: DeclaredTotals | null;
}

interface Texts {
  message: string | null;
  details: string | null;
  type: string | null;
}

interface OpenTest extends Texts {
  readonly described: DescribedTest;
  readonly element: string;
  isWithinFailure: boolean;
  hasFailure: boolean;
  /** True when the failure says something: some writers leave an empty one with every test. */
  failureSpeaks: boolean;
}

interface OpenSuite extends Texts {
  readonly described: DescribedSuite;
  readonly element: string;
  tests: number;
  failingTests: number;
}

const maxTextCharacters = 64 * 1024;

function outcomeOf({ described, hasFailure, failureSpeaks }: OpenTest): TestOutcome {
  const { outcome } = described;
  if (outcome === null) return hasFailure ? 'failed' : 'passed';
  return failureSpeaks && !isFailing(outcome) ? 'failed' : outcome;
}

function failureOf(test: OpenTest, outcome: TestOutcome): TestFailure | null {
  return outcome === 'passed' ? null : failureFrom(outcome, test);
}

class DotnetHandler implements XmlHandler {
  readonly #sink: ReportSink;
  readonly #dialect: DotnetDialect;
  readonly #suites: OpenSuite[] = [];
  readonly #stated = new StatedFailures();
  #root: DeclaredTotals | null = null;
  /** Tests that are not the report's own. */
  #added = 0;
  #test: OpenTest | null = null;

  constructor(sink: ReportSink, dialect: DotnetDialect) {
    this.#sink = sink;
    this.#dialect = dialect;
  }

  open(element: XmlElement): void {
    const { name } = element;
    const { testElements, suiteElements, messageElements, detailElements } = this.#dialect;
    if (testElements.has(name)) this.#openTest(element);
    else if (suiteElements.has(name)) this.#openSuite(element);
    else if (messageElements.has(name) || detailElements.has(name)) element.keepText(maxTextCharacters);
    else if (name === 'failure' && this.#test !== null) {
      this.#test.hasFailure = true;
      this.#test.isWithinFailure = true;
      this.#test.type = element.attribute('exception-type');
    }
  }

  close(name: string, text: string): void {
    if (name === this.#test?.element) this.#closeTest();
    else if (this.#dialect.suiteElements.has(name)) this.#closeSuite();
    else if (name === 'failure' && this.#test !== null) this.#test.isWithinFailure = false;
    else this.#keepText(name, text);
  }

  end(): void {
    this.#closeTest();
    while (this.#suites.length > 0) this.#closeSuite();
    const failed = this.#stated.declared();
    const total = this.#root?.total ?? null;
    if (failed !== null || this.#root !== null)
      this.#sink.declaredTests({
        total: total === null ? null : total + this.#added,
        failed,
        errored: null,
        skipped: this.#root?.skipped ?? null,
      });
  }

  #openTest(element: XmlElement): void {
    this.#closeTest();
    this.#test = {
      described: this.#dialect.describe(element),
      element: element.name,
      message: null,
      details: null,
      type: null,
      isWithinFailure: false,
      hasFailure: false,
      failureSpeaks: false,
    };
  }

  #openSuite(element: XmlElement): void {
    const described = this.#dialect.describeSuite(element);
    const { declared } = described;
    if (element.depth === 0) this.#root = declared;
    this.#stated.open(declared?.failed ?? null);
    const texts = { message: null, details: null, type: null };
    this.#suites.push({ ...texts, described, element: element.name, tests: 0, failingTests: 0 });
  }

  #keepText(name: string, text: string): void {
    const holder = this.#test ?? this.#suites.at(-1);
    if (holder === undefined) return;
    if (this.#dialect.messageElements.has(name)) holder.message ??= text.trim();
    else if (this.#dialect.detailElements.has(name)) holder.details ??= text;
    else return;
    if (this.#test?.isWithinFailure === true && text.trim() !== '') this.#test.failureSpeaks = true;
  }

  #suite(): string {
    return this.#suites.findLast(({ described }) => described.suite !== null)?.described.suite ?? '';
  }

  #closeTest(): void {
    const test = this.#test;
    if (test === null) return;
    this.#test = null;
    const outcome = outcomeOf(test);
    const suite = this.#suites.at(-1);
    if (suite !== undefined) suite.tests += 1;
    if (isFailing(outcome)) {
      this.#stated.failed(1, 1);
      if (suite !== undefined) suite.failingTests += 1;
    }
    this.#sink.test({
      ...blankTestRun,
      suite: this.#suite(),
      ...test.described,
      outcome,
      failure: failureOf(test, outcome),
    });
  }

  #closeSuite(): void {
    this.#closeTest();
    const suite = this.#suites.at(-1);
    if (suite === undefined) return;
    const { failed } = suite.described;
    if (failed === 'teardown' || (failed === 'itself' && suite.failingTests === 0)) this.#suiteFailed(suite);
    this.#suites.pop();
    this.#stated.close();
    const above = this.#suites.at(-1);
    if (above === undefined) return;
    above.tests += suite.tests;
    above.failingTests += suite.failingTests;
  }

  /**
   * A suite that failed is a failing test of its name, where it says why or holds no test; else it is a verdict without
   * a reason.
   */
  #suiteFailed(suite: OpenSuite): void {
    const { title, failed, declared } = suite.described;
    const isAlone = suite.failingTests === 0;
    suite.failingTests += 1;
    const name = title === '' ? 'test run' : title;
    if (suite.message === null && suite.details === null && suite.tests > 0) {
      this.#sink.failed(`${name} failed, but no test in it failed`);
      return;
    }
    // Without a failing test it explains every failure that the suite states.
    const stated = isAlone ? (declared?.failed ?? 0) : 0;
    if (stated > 0) this.#stated.failed(stated, 1);
    else this.#stated.failedUncounted();
    this.#added += 1;
    this.#sink.test({
      ...blankTestRun,
      suite: this.#suite(),
      name: failed === 'teardown' ? `teardown of ${name}` : name,
      outcome: 'errored',
      failure: failureFrom('errored', suite),
    });
  }
}

/** Reads tests of a dialect; the innermost suite above a test becomes its suite. */
export function createDotnetHandler(sink: ReportSink, dialect: DotnetDialect): XmlHandler {
  return new DotnetHandler(sink, dialect);
}
