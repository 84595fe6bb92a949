import type { TestOutcome } from '../../model/tests.ts';
import type { ReportSink, TestRun, XmlElement, XmlFormat, XmlHandler } from '../format.ts';
import { blankTestRun, failureFrom, secondsFrom } from './shared/blank-test-run.ts';
import { junitSeconds, wholeNumber } from './shared/junit-numbers.ts';

// https://doc.qt.io/qt-6/qtest-overview.html: what is blacklisted (`b…`) fails no run, an expected failure (`xfail`) is none.
const byIncident = new Map<string, TestOutcome>([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['xpass', 'failed'],
  ['skip', 'skipped'],
  ['bpass', 'passed'],
  ['bfail', 'skipped'],
  ['bxpass', 'skipped'],
  ['bxfail', 'skipped'],
]);
const byMessage = new Map<string, TestOutcome>([
  ['skip', 'skipped'],
  ['qfatal', 'errored'],
]);
const maxTextCharacters = 64 * 1024;

interface Entry {
  /** Null for a failure that was expected: the verdict on its test comes behind it. */
  readonly outcome: TestOutcome | null;
  readonly file: string | null;
  readonly line: number | null;
  tag: string;
  text: string;
}

class QtestHandler implements XmlHandler {
  readonly #sink: ReportSink;
  #suite = '';
  #function: string | null = null;
  #seconds: number | null = null;
  /** The tests of the open function. */
  #tests: TestRun[] = [];
  /** Data tags whose verdict has not come. */
  readonly #expected = new Set<string>();
  #entry: Entry | null = null;

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  open(element: XmlElement): void {
    const { name } = element;
    if (name === 'TestCase') this.#suite = element.attribute('name') ?? '';
    else if (name === 'TestFunction') this.#openFunction(element);
    else if (name === 'Incident' || name === 'Message') this.#openEntry(element);
    else if (name === 'DataTag' || name === 'Description') element.keepText(maxTextCharacters);
    else if (name === 'Duration' && this.#function !== null)
      this.#seconds = secondsFrom(junitSeconds(element.attribute('msecs')));
  }

  close(name: string, text: string): void {
    if (name === 'TestFunction') this.#closeFunction();
    else if (this.#entry === null) return;
    else if (name === 'DataTag') this.#entry.tag = text.trim();
    else if (name === 'Description') this.#entry.text = text.trim();
    else if (name === 'Incident' || name === 'Message') this.#closeEntry(this.#entry);
  }

  end(): void {
    if (this.#entry !== null) this.#closeEntry(this.#entry);
    this.#closeFunction();
  }

  #openFunction(element: XmlElement): void {
    this.#closeFunction();
    this.#function = element.attribute('name') ?? '';
    this.#seconds = null;
  }

  /** An incident is a verdict; most messages are none. */
  #openEntry(element: XmlElement): void {
    const type = element.attribute('type') ?? '';
    const isVerdict = element.name === 'Incident';
    if (!isVerdict && !byMessage.has(type)) return;
    const outcome = isVerdict ? (byIncident.get(type) ?? 'errored') : (byMessage.get(type) ?? null);
    const line = wholeNumber(element.attribute('line'));
    const file = element.attribute('file');
    this.#entry = {
      outcome: isVerdict && type === 'xfail' ? null : outcome,
      file: file === '' ? null : file,
      line: line === 0 ? null : line,
      tag: '',
      text: '',
    };
  }

  #closeEntry(entry: Entry): void {
    this.#entry = null;
    if (this.#function === null) return;
    if (entry.outcome === null) this.#expected.add(entry.tag);
    else this.#add(this.#function, { ...entry, outcome: entry.outcome });
  }

  #add(name: string, { outcome, file, line, tag, text }: Entry & { readonly outcome: TestOutcome }): void {
    this.#expected.delete(tag);
    this.#tests.push({
      ...blankTestRun,
      suite: this.#suite,
      name: tag === '' ? name : `${name}(${tag})`,
      file,
      line,
      isFileOfFailure: true,
      outcome,
      failure:
        outcome === 'passed' ? null : failureFrom(outcome, { message: text, details: null, type: null }),
    });
  }

  #closeFunction(): void {
    const place = { file: null, line: null, text: '' };
    for (const tag of this.#expected) this.#add(this.#function ?? '', { ...place, outcome: 'passed', tag });
    // Every function that ends has a verdict.
    const text = 'the function did not end';
    if (this.#function !== null && this.#tests.length === 0)
      this.#add(this.#function, { ...place, outcome: 'errored', tag: '', text });
    const tests = this.#tests;
    // The duration is that of the function with all its data.
    for (const test of tests)
      this.#sink.test({
        ...test,
        durationSeconds: this.#seconds === null ? null : this.#seconds / tests.length,
      });
    this.#tests = [];
    this.#function = null;
  }
}

/** Qt Test's XML, full and light. */
export const qtest: XmlFormat = {
  format: 'qtest',
  title: 'Qt Test XML',
  kind: 'tests',
  unit: 'Each data tag of each test function, set-up and clean-up among them, is one test.',
  reruns: 'Nothing: the format has no reruns.',
  wellKnownNames: ['**/qtest*.xml', '**/tst_*.xml'],
  specification: 'https://doc.qt.io/qt-6/qtest-overview.html',
  producers: [{ tool: 'Qt Test', option: '-o qtest.xml,xml' }],
  syntax: 'xml',
  detect: ({ name, firstChild }) =>
    (name === 'TestCase' && ['Environment', 'TestFunction'].includes(firstChild ?? '')) ||
    (name === 'Environment' && firstChild === 'QtVersion'),
  read: (sink) => new QtestHandler(sink),
};
