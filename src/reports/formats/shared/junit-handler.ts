import { isFailing, type TestFailure } from '../../../model/tests.ts';
import { addDeclared, nothingDeclared } from '../../collect/declared-totals.ts';
import type { DeclaredTotals, ReportSink, XmlAttributes, XmlElement, XmlHandler } from '../../format.ts';
import { blankTestRun, suitePath } from './blank-test-run.ts';
import { asConsole, couldNotRun, jestSuiteFailure } from './junit-dialects.ts';
import {
  hasFailed,
  isCounted,
  isSuite,
  keepOutput,
  type OpenCase,
  type OpenSuite,
  openedCase,
  openedSuite,
  outputs,
  statedOutcome,
  withOutput,
} from './junit-elements.ts';
import { wholeNumber } from './junit-numbers.ts';
import { PlainCases } from './junit-plain-cases.ts';
import { isInterrupted, SummaryOfNode, UnfinishedFiles } from './junit-unfinished.ts';
import {
  addVerdict,
  failureOfVerdict,
  type OpenVerdict,
  openedVerdict,
  verdictOfElement,
} from './junit-verdict.ts';
import { StatedFailures } from './stated-failures.ts';

const maxMessageCharacters = 8 * 1024;
const maxDetailsCharacters = 128 * 1024;

/** Reads the elements of JUnit XML. */
export class JunitHandler implements XmlHandler {
  readonly #sink: ReportSink;
  readonly #suites: OpenSuite[] = [];
  #case: OpenCase | null = null;
  /** The tag of a case without a verdict so far: nearly all of a million stay so, and need no `OpenCase`. */
  #unjudged: XmlAttributes | null = null;
  #depthOfCase = 0;
  #verdict: OpenVerdict | null = null;
  #rootDeclares = false;
  #declared: DeclaredTotals | null = null;
  readonly #stated = new StatedFailures();
  #plain: PlainCases | null = null;
  readonly #unfinished = new UnfinishedFiles();
  readonly #summary = new SummaryOfNode();
  /** The path of suites is the same for many cases in a row. */
  #path: string | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  take(buffer: Buffer, from: number): number {
    const suite = this.#suites[this.#suites.length - 1];
    const isWithinCase = this.#case !== null || this.#unjudged !== null || this.#verdict !== null;
    if (isWithinCase || suite === undefined || this.#sink.keepsPassed()) return from;
    const where = { suite: this.#suitePath(), suiteFile: suite.file };
    // Only large reports need it.
    this.#plain ??= new PlainCases();
    return this.#plain.take(buffer, from, (tag) => {
      if (statedOutcome(tag) !== null || !isCounted(tag, where, this.#sink)) return false;
      suite.cases += 1;
      return true;
    });
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === 'testcase') this.#openCase(element);
    else if (isSuite(name)) this.#openSuite(element);
    else if (this.#verdict === null) this.#openVerdict(element);
    else if (name === 'stackTrace') element.keepText(maxDetailsCharacters);
  }

  close(name: string, text: string): void {
    const verdict = this.#verdict;
    if (name === 'testcase') this.#closeCase();
    else if (isSuite(name)) this.#closeSuite();
    else if (verdict === null) {
      if (text !== '') this.#keepOutput(text);
    } else if (name === 'stackTrace') verdict.details = [verdict.details, text].join('\n').trim();
    else if (verdictOfElement(name) !== null) this.#closeVerdict(verdict, text);
  }

  comment(text: string): void {
    this.#summary.comment(text);
  }

  end(): void {
    this.#closeCase();
    while (this.#suites.length > 0) this.#closeSuite();
    for (const reason of this.#unfinished.reasons()) this.#sink.incomplete(reason);
    if (this.#declared === null) return;
    const failed = this.#stated.declared(this.#summary.failures());
    this.#sink.declaredTests({ ...this.#declared, failed, errored: null });
  }

  #openSuite(element: XmlElement): void {
    this.#closeCase();
    this.#path = null;
    const suite = openedSuite(element, this.#suites.at(-1) ?? null);
    this.#stated.open(suite.declaredFailing);
    this.#unfinished.open(element);
    this.#suites.push(suite);
    // The outermost element that counts speaks for all below it.
    const total = suite.declaredTests;
    if (element.depth === 0) this.#rootDeclares = total !== null;
    const speaks = element.depth === 0 ? this.#rootDeclares : element.depth === 1 && !this.#rootDeclares;
    const skipped = wholeNumber(element.attribute('skipped'));
    if (speaks) this.#declared = addDeclared(this.#declared, { ...nothingDeclared, total, skipped });
  }

  #openCase(element: XmlElement): void {
    this.#closeCase();
    const suite = this.#suites.at(-1);
    if (suite !== undefined) suite.cases += 1;
    else this.#declared = addDeclared(this.#declared, nothingDeclared);
    this.#unjudged = element.hold();
    this.#depthOfCase = element.depth;
    if (statedOutcome(element) !== null) this.#judge();
  }

  /** The case that is open, when it gets a verdict or its texts are needed. */
  #judge(): OpenCase | null {
    const tag = this.#unjudged;
    if (tag === null) return this.#case;
    this.#unjudged = null;
    const suiteFile = this.#suites.at(-1)?.file ?? null;
    this.#case = openedCase(tag, { depth: this.#depthOfCase, suiteFile });
    return this.#case;
  }

  #openVerdict(element: XmlElement): void {
    const kind = verdictOfElement(element.name);
    // What a test printed counts where it failed.
    if (this.#unjudged !== null && (kind === null || element.depth !== this.#depthOfCase + 1)) return;
    const test = this.#judge();
    if (kind === null) {
      this.#openOutput(element, test);
      return;
    }
    if (!this.#belongs(kind, element, test)) return;
    this.#verdict = openedVerdict(kind, element);
    element.keepText(kind === 'skipped' ? maxMessageCharacters : maxDetailsCharacters);
  }

  #openOutput(element: XmlElement, test: OpenCase | null): void {
    if (test === null && element.name === 'system-err') this.#wantOutput(element);
    if (test !== null && hasFailed(test) && outputs.has(element.name)) element.keepText(maxDetailsCharacters);
  }

  /** A verdict is of the case above it; right below a suite, a failure or an error is of set-up before any case. */
  #belongs(kind: OpenVerdict['kind'], { depth }: XmlElement, test: OpenCase | null): boolean {
    if (test !== null) return depth === test.depth + 1;
    return this.#suites.length > 0 && (kind === 'failed' || kind === 'errored');
  }

  #wantOutput(element: XmlElement): void {
    const suite = this.#suites.at(-1);
    if (suite?.cases === 0 && (suite.declaredFailing ?? 0) > 0) element.keepText(maxMessageCharacters);
  }

  #keepOutput(text: string): void {
    const suite = this.#suites.at(-1);
    const test = this.#judge();
    if (test !== null) keepOutput(test, text);
    else if (suite !== undefined) suite.output = text.trim();
  }

  #closeVerdict(verdict: OpenVerdict, text: string): void {
    this.#verdict = null;
    const written = failureOfVerdict(verdict, text);
    const test = this.#judge();
    const { failure, failedAt } = asConsole(written, test ?? { className: '', name: '' });
    if (test !== null) {
      const isMissing = verdict.kind === 'skipped' && couldNotRun(test.writtenStatus, verdict.message);
      const kind = isMissing ? 'errored' : verdict.kind;
      if (kind !== 'skipped') test.signs += 1;
      test.failedAt ??= failedAt;
      addVerdict(test, kind, failure);
    } else this.#suiteFailed(verdict.kind === 'failed' ? 'failed' : 'errored', failure);
  }

  #closeCase(): void {
    if (this.#isCounted()) return;
    const test = this.#judge();
    if (test === null) return;
    this.#case = null;
    this.#verdict = null;
    if (this.#isNoTest(test)) return;
    const outcome = test.outcome ?? test.status ?? 'passed';
    const failedRuns = test.earlier.length + (isFailing(outcome) ? 1 : 0);
    if (failedRuns > 0) this.#stated.failed(Math.max(test.signs, failedRuns), failedRuns);
    // Every field by name, without a spread: this is done once for each of a million tests.
    this.#sink.test({
      suite: this.#suitePath(),
      scope: this.#suites.at(-1)?.scope ?? '',
      isFileOfFailure: false,
      isRerun: false,
      className: test.className,
      name: test.name === '' ? (test.className === '' ? 'unnamed test' : test.className) : test.name,
      file: test.file,
      line: test.line,
      outcome,
      durationSeconds: test.durationSeconds,
      failure: withOutput(test),
      failedAt: test.failedAt,
      attachments: test.attachments,
      earlierFailures: test.earlier,
    });
  }

  #isNoTest(test: OpenCase): boolean {
    if (!isInterrupted(test)) return this.#isToldAgain(test);
    this.#sink.incomplete('a test has no name and no result: the run was interrupted');
    return true;
  }

  /** True for a case that passed, and of which the sink needs no texts. */
  #isCounted(): boolean {
    const tag = this.#unjudged;
    if (tag === null) return false;
    const suiteFile = this.#suites.at(-1)?.file ?? null;
    if (!isCounted(tag, { suite: this.#suitePath(), suiteFile }, this.#sink)) return false;
    this.#unjudged = null;
    this.#verdict = null;
    return true;
  }

  /** jest-junit lists a file that does not load twice, and counts it in no total: one errored test. */
  #isToldAgain({ className, name, outcome, failure }: OpenCase): boolean {
    const suite = this.#suites.at(-1);
    if (className !== jestSuiteFailure || suite === undefined || outcome === null || failure === null)
      return false;
    if (suite.notLoaded === name) {
      this.#stated.failed(1, 0);
      return true;
    }
    suite.notLoaded = name;
    if (suite.declaredTests === 0)
      this.#declared = addDeclared(this.#declared, { ...nothingDeclared, total: 1, skipped: 0 });
    return false;
  }

  /** A suite that failed itself counts as a test of its name. */
  #suiteFailed(outcome: 'failed' | 'errored', failure: TestFailure): void {
    const suite = this.#suites.at(-1);
    if (suite === undefined) return;
    const { name, file, cases, declaredTests, declaredFailing } = suite;
    // Where the suite says that it holds no test, it has not counted itself.
    if (cases === 0 && declaredTests === 0)
      this.#declared = addDeclared(this.#declared, { ...nothingDeclared, total: 1, skipped: 0 });
    // It explains every failure that the suite states without a case.
    this.#stated.failed(cases === 0 ? Math.max(1, declaredFailing ?? 1) : 1, 1);
    suite.cases += 1;
    this.#sink.test({
      ...blankTestRun,
      suite: this.#suitePath(),
      name: name === '' ? 'test suite' : name,
      file,
      outcome,
      failure,
    });
  }

  #closeSuite(): void {
    this.#closeCase();
    const suite = this.#suites.at(-1);
    if (suite === undefined) return;
    if (suite.cases === 0 && (suite.declaredFailing ?? 0) > 0) {
      const message = 'the suite failed and names no test';
      this.#suiteFailed('errored', { type: null, message, details: suite.output });
    }
    this.#suites.pop();
    this.#stated.close();
    const above = this.#suites.at(-1);
    if (above !== undefined) above.cases += suite.cases;
    this.#path = null;
  }

  #suitePath(): string {
    this.#path ??= suitePath(this.#suites.map(({ name }) => name));
    return this.#path;
  }
}
