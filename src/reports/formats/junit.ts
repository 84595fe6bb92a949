import type { TestFailure, TestOutcome } from '../../model/tests.ts';
import { blankTestRun } from '../blank-test-run.ts';
import type { ReportSink, XmlElement, XmlFormat, XmlHandler } from '../format.ts';

const maxMessageCharacters = 8 * 1024;
const maxDetailsCharacters = 128 * 1024;
const suiteSeparator = ' › ';

/** What an element inside a test case says. `flaky*` and `rerun*` are Surefire's: failed runs before and after one another. */
const verdicts = new Map<string, 'failed' | 'errored' | 'skipped' | 'earlier' | 'rerun'>([
  ['failure', 'failed'],
  ['error', 'errored'],
  ['skipped', 'skipped'],
  ['skip', 'skipped'],
  ['ignored', 'skipped'],
  ['disabled', 'skipped'],
  ['flakyFailure', 'earlier'],
  ['flakyError', 'earlier'],
  ['rerunFailure', 'rerun'],
  ['rerunError', 'rerun'],
]);

/** `status` and `result` attributes as GoogleTest, CTest, TestNG and others write them. */
const byStatus = new Map<string, TestOutcome>([
  ['notrun', 'skipped'],
  ['suppressed', 'skipped'],
  ['skipped', 'skipped'],
  ['skip', 'skipped'],
  ['disabled', 'skipped'],
  ['ignored', 'skipped'],
  ['pending', 'skipped'],
  ['fail', 'failed'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['error', 'errored'],
]);

interface OpenSuite {
  readonly name: string;
  readonly file: string | null;
  readonly time: string | null;
  /** Counters in its attributes; null where there are none. */
  readonly errors: number;
  cases: number;
}

interface OpenCase {
  readonly depth: number;
  readonly name: string;
  readonly className: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly durationSeconds: number | null;
  readonly status: TestOutcome | null;
  outcome: TestOutcome | null;
  failure: TestFailure | null;
  readonly earlier: TestFailure[];
}

interface OpenVerdict {
  readonly kind: 'failed' | 'errored' | 'skipped' | 'earlier' | 'rerun';
  readonly depth: number;
  readonly type: string | null;
  readonly message: string | null;
  details: string;
}

/** Seconds as tools write them: `1.5`, `1,234.5`, `1.234,5`, `0,5`, `12ms` never; null for anything else. */
export function junitSeconds(text: string | null): number | null {
  if (text === null) return null;
  const trimmed = text.trim();
  const plain = Number(trimmed);
  if (trimmed !== '' && Number.isFinite(plain)) return plain >= 0 ? plain : null;
  const point = trimmed.lastIndexOf('.');
  const comma = trimmed.lastIndexOf(',');
  const normal = comma > point ? trimmed.replaceAll('.', '').replace(',', '.') : trimmed.replaceAll(',', '');
  const value = Number(normal);
  return normal !== '' && Number.isFinite(value) && value >= 0 ? value : null;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** 0 means "unknown" to the tools that write it. */
function lineNumber(text: string | null): number | null {
  const line = wholeNumber(text);
  return line === 0 ? null : line;
}

/** Which of two verdicts on one test weighs more. */
const weights: Readonly<Record<TestOutcome, number>> = { passed: 0, skipped: 1, failed: 2, errored: 3 };

function joined(before: TestFailure | null, after: TestFailure): TestFailure {
  if (before === null) return after;
  const details = [
    before.details,
    after.message === '' ? after.details : `${after.message}\n${after.details}`,
  ];
  return { ...before, details: details.filter((text) => text !== '').join('\n\n') };
}

function failureOf(verdict: OpenVerdict): TestFailure {
  const details = verdict.details.trim();
  const message = verdict.message ?? '';
  return {
    type: verdict.type === '' ? null : verdict.type,
    message: message === '' ? (details.split('\n', 1)[0] ?? '') : message,
    details: details === message ? '' : details,
  };
}

class JunitHandler implements XmlHandler {
  readonly #sink: ReportSink;
  readonly #suites: OpenSuite[] = [];
  #case: OpenCase | null = null;
  #verdict: OpenVerdict | null = null;
  #declaredAtRoot = false;
  /** The path of suites is the same for many cases in a row. */
  #path: string | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === 'testcase') this.#openCase(element);
    else if (name === 'testsuite' || name === 'testsuites' || name === 'testrun') this.#openSuite(element);
    else if (this.#verdict !== null) this.#openInVerdict(element);
    else this.#openVerdict(element);
  }

  close(name: string, text: string): void {
    const verdict = this.#verdict;
    if (name === 'testcase') this.#closeCase();
    else if (name === 'testsuite' || name === 'testsuites' || name === 'testrun') this.#closeSuite();
    else if (verdict !== null && name === 'stackTrace')
      verdict.details = [verdict.details, text].filter((part) => part.trim() !== '').join('\n');
    else if (verdict !== null && verdicts.has(name)) this.#closeVerdict(verdict, text);
  }

  end(): void {
    this.#closeCase();
    while (this.#suites.length > 0) this.#closeSuite();
  }

  #openSuite(element: XmlElement): void {
    this.#declare(element);
    this.#path = null;
    this.#suites.push({
      name: element.name === 'testsuites' ? '' : (element.attribute('name') ?? ''),
      file: element.attribute('file'),
      time: element.attribute('time'),
      errors: wholeNumber(element.attribute('errors')) ?? 0,
      cases: 0,
    });
  }

  /** The outermost element that counts speaks for all below it. */
  #declare(element: XmlElement): void {
    const total = wholeNumber(element.attribute('tests'));
    if (total === null || this.#declaredAtRoot) return;
    const outermost = element.depth === 0 || (element.depth === 1 && element.name === 'testsuite');
    if (!outermost) return;
    if (element.depth === 0) this.#declaredAtRoot = true;
    const failed = wholeNumber(element.attribute('failures'));
    const errored = wholeNumber(element.attribute('errors'));
    this.#sink.declaredTests({ total, failed, errored, skipped: null });
  }

  #openCase(element: XmlElement): void {
    this.#closeCase();
    const suite = this.#suites.at(-1);
    if (suite !== undefined) suite.cases += 1;
    const status = element.attribute('status')?.toLowerCase() ?? '';
    const result = element.attribute('result')?.toLowerCase() ?? '';
    const verdict = byStatus.get(status) ?? byStatus.get(result) ?? null;
    this.#case = {
      file: element.attribute('file') ?? element.attribute('filepath') ?? suite?.file ?? null,
      line: lineNumber(element.attribute('line') ?? element.attribute('lineno')),
      depth: element.depth,
      name: element.attribute('name') ?? '',
      className: element.attribute('classname') ?? element.attribute('class') ?? '',
      durationSeconds: junitSeconds(element.attribute('time') ?? element.attribute('duration')),
      status: verdict,
      outcome: null,
      failure: null,
      earlier: [],
    };
  }

  #openVerdict(element: XmlElement): void {
    const kind = verdicts.get(element.name);
    const inCase = this.#case !== null && element.depth === this.#case.depth + 1;
    // A failure or an error right below a suite: set-up that failed before any case.
    const inSuite =
      this.#case === null && this.#suites.length > 0 && (kind === 'failed' || kind === 'errored');
    if (kind === undefined || !(inCase || inSuite)) return;
    this.#verdict = {
      kind,
      depth: element.depth,
      type: element.attribute('type'),
      message: element.attribute('message'),
      details: '',
    };
    element.keepText(kind === 'skipped' ? maxMessageCharacters : maxDetailsCharacters);
  }

  #openInVerdict(element: XmlElement): void {
    if (element.name === 'stackTrace') element.keepText(maxDetailsCharacters);
  }

  #closeVerdict(verdict: OpenVerdict, text: string): void {
    this.#verdict = null;
    verdict.details = [text, verdict.details].filter((part) => part.trim() !== '').join('\n');
    const failure = failureOf(verdict);
    const test = this.#case;
    if (test === null) {
      this.#suiteFailed(verdict.kind === 'failed' ? 'failed' : 'errored', failure);
      return;
    }
    if (verdict.kind === 'earlier' || verdict.kind === 'rerun') {
      test.earlier.push(failure);
      return;
    }
    const outcome = verdict.kind;
    if (outcome !== 'skipped')
      test.failure = test.outcome === 'skipped' ? failure : joined(test.failure, failure);
    else if (test.outcome === null)
      test.failure = failure.message === '' && failure.details === '' ? null : failure;
    if (test.outcome === null || weights[outcome] > weights[test.outcome]) test.outcome = outcome;
  }

  #closeCase(): void {
    const test = this.#case;
    if (test === null) return;
    this.#case = null;
    this.#verdict = null;
    const outcome = test.outcome ?? test.status ?? 'passed';
    this.#sink.test({
      suite: this.#suitePath(),
      className: test.className,
      name: test.name === '' ? (test.className === '' ? 'unnamed test' : test.className) : test.name,
      file: test.file,
      line: test.line,
      outcome,
      durationSeconds: test.durationSeconds,
      failure: test.failure,
      earlierFailures: test.earlier,
    });
  }

  #suiteFailed(outcome: 'failed' | 'errored', failure: TestFailure): void {
    const suite = this.#suites.at(-1);
    if (suite !== undefined) suite.cases += 1;
    const name = suite?.name ?? '';
    this.#sink.test({
      ...blankTestRun,
      suite: this.#suitePath(),
      name: name === '' ? 'test suite' : name,
      outcome,
      failure,
    });
  }

  #closeSuite(): void {
    this.#closeCase();
    this.#suites.pop();
    this.#path = null;
  }

  #suitePath(): string {
    this.#path ??= this.#suites
      .map(({ name }) => name)
      .filter((name) => name !== '')
      .join(suiteSeparator);
    return this.#path;
  }
}

/**
 * JUnit XML in all its dialects. A test with several verdicts counts once, by the worst; Surefire's `flakyFailure` and `rerunFailure` are
 * earlier runs of the same test; a failure of a suite itself counts as a test of the suite's name.
 */
export const junit: XmlFormat = {
  format: 'junit',
  title: 'JUnit XML',
  kind: 'tests',
  wellKnownNames: [
    '**/junit*.xml',
    '**/*junit.xml',
    '**/TEST-*.xml',
    '**/test-results.xml',
    '**/test-report.xml',
    '**/test-results/**/*.xml',
    '**/surefire-reports/*.xml',
    '**/failsafe-reports/*.xml',
    '**/bazel-testlogs/**/test.xml',
    '**/rspec*.xml',
    '**/pytest*.xml',
    '**/report.xml',
    '**/reports/*.xml',
  ],
  specification: 'https://github.com/testmoapp/junitxml',
  producers: [
    { tool: 'pytest', option: '--junitxml=junit.xml' },
    { tool: 'Jest', option: '--reporters=jest-junit' },
    { tool: 'Vitest', option: '--reporter=junit --outputFile=junit.xml' },
    { tool: 'Maven Surefire and Failsafe, Gradle', option: '' },
    { tool: 'gotestsum', option: '--junitfile junit.xml' },
    { tool: 'cargo nextest', option: 'junit.path in its profile' },
    { tool: 'CTest', option: '--output-junit junit.xml' },
    { tool: 'PHPUnit', option: '--log-junit junit.xml' },
    { tool: 'RSpec', option: '--format RspecJunitFormatter --out rspec.xml' },
    { tool: 'Playwright', option: '--reporter=junit' },
    { tool: 'GoogleTest', option: '--gtest_output=xml:junit.xml' },
    { tool: 'dotnet test', option: '--logger junit' },
  ],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    name === 'testsuites' ||
    name === 'testrun' ||
    name === 'testcase' ||
    (name === 'testsuite' && firstChild !== 'test-case' && firstChild !== 'test'),
  read: (sink) => new JunitHandler(sink),
};
