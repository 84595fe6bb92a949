import { isFailing, type TestFailure, type TestOutcome } from '../../../model/tests.ts';
import { AsciiValue } from '../../collect/ascii-value.ts';
import type { PassedRun, ReportSink, XmlAttributes, XmlElement } from '../../format.ts';
import { junitSeconds, plainSeconds, wholeNumber } from './junit-numbers.ts';
import { type Judgement, outcomeOfStatus } from './junit-verdict.ts';
import { failuresOf } from './stated-failures.ts';

/** A suite of a JUnit report whose end tag has not come. */
export interface OpenSuite {
  readonly name: string;
  /** Attributes that distinguish it from another suite of its name. */
  readonly scope: string;
  readonly file: string | null;
  /** What it says that it holds; null = it does not say. */
  readonly declaredTests: number | null;
  readonly declaredFailing: number | null;
  /** Output of a suite without cases: a hint at why. */
  output: string;
  /** Cases in it and in the suites below. */
  cases: number;
  /** The file of it that could not be loaded, when a case said so (jest-junit). */
  notLoaded: string | null;
}

/** A test case whose end tag has not come. */
export interface OpenCase extends Judgement {
  readonly name: string;
  readonly className: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly depth: number;
  readonly durationSeconds: number | null;
  readonly status: TestOutcome | null;
  /** As written: CTest's `notrun` means two things. */
  readonly writtenStatus: string | null;
  /** What a test printed that failed without a message. */
  output: string;
  /** Paths of files that its output names; while it is empty, tests share one list. */
  attachments: string[];
  /** Elements that say that it failed, now or earlier. */
  signs: number;
}

/** 0 means "unknown" to the tools that write it. */
function lineNumber(text: string | null): number | null {
  const line = wholeNumber(text);
  return line === 0 ? null : line;
}

const scopeAttributes = ['hostname', 'id', 'package', 'timestamp', 'file'] as const;

/** Suites of one name within two different suites are two, too. */
function scopeOf(element: XmlElement, above: string): string {
  return `${above}\n${scopeAttributes.map((name) => element.attribute(name) ?? '').join('\n')}`;
}

/** True for what holds cases; `testrun` is the root that Eclipse writes. */
export function isSuite(name: string): boolean {
  return name === 'testsuite' || name === 'testsuites' || name === 'testrun';
}

/** The suite that a start tag begins, within the one above. */
export function openedSuite(element: XmlElement, above: OpenSuite | null): OpenSuite {
  return {
    name: element.name === 'testsuite' ? (element.attribute('name') ?? '') : '',
    scope: scopeOf(element, above?.scope ?? ''),
    file: element.attribute('file'),
    declaredTests: wholeNumber(element.attribute('tests')),
    declaredFailing: failuresOf(
      wholeNumber(element.attribute('failures') ?? element.attribute('failed')),
      wholeNumber(element.attribute('errors')),
    ),
    output: '',
    cases: 0,
    notLoaded: null,
  };
}

/** One list for the million tests that have nothing to put into it. */
const noAttachments: string[] = [];
const noFailures: TestFailure[] = [];

/** The attributes of a case that count where it passed. */
export const caseAttributes = [
  'name',
  'classname',
  'class',
  'file',
  'filepath',
  'time',
  'duration',
  'status',
  'result',
] as const;

/** What the attributes of a case say against it; null for nothing. */
export function statedOutcome(tag: XmlAttributes): TestOutcome | null {
  return outcomeOfStatus(tag.attribute('status')) ?? outcomeOfStatus(tag.attribute('result'));
}

const classAttributes = ['classname', 'class'] as const;
const fileAttributes = ['file', 'filepath'] as const;

function firstOf(tag: XmlAttributes, [first, second]: readonly [string, string]): string | null {
  return tag.attribute(first) ?? tag.attribute(second);
}

const time = new AsciiValue();

function secondsOf(tag: XmlAttributes): number | null {
  const seconds = tag.ascii('time', time) === true ? plainSeconds(time) : Number.NaN;
  return Number.isNaN(seconds) ? junitSeconds(tag.attribute('time') ?? tag.attribute('duration')) : seconds;
}

/** The case that a start tag begins, in a suite of that file. */
export function openedCase(tag: XmlAttributes, where: { depth: number; suiteFile: string | null }): OpenCase {
  return {
    name: tag.attribute('name') ?? '',
    className: firstOf(tag, classAttributes) ?? '',
    file: firstOf(tag, fileAttributes) ?? where.suiteFile,
    line: lineNumber(tag.attribute('line') ?? tag.attribute('lineno')),
    depth: where.depth,
    durationSeconds: secondsOf(tag),
    status: statedOutcome(tag),
    writtenStatus: tag.attribute('status'),
    outcome: null,
    failure: null,
    failedAt: null,
    output: '',
    attachments: noAttachments,
    earlier: noFailures,
    signs: 0,
  };
}

const className = new AsciiValue();
const file = new AsciiValue();
const name = new AsciiValue();

/** One object for all of a million cases: the sink keeps none. */
const passed: { -readonly [Field in keyof PassedRun]: PassedRun[Field] } = {
  suite: '',
  className,
  name,
  file: null,
  suiteFile: null,
  durationSeconds: null,
};

/** The first of two attributes that is there; as `XmlAttributes.ascii`. */
function eitherOf(tag: XmlAttributes, names: readonly [string, string], value: AsciiValue): boolean | null {
  return tag.ascii(names[0], value) ?? tag.ascii(names[1], value);
}

/** Where a case is. */
type Where = Pick<PassedRun, 'suite' | 'suiteFile'>;

/** The run of a case without a verdict, valid until the next one; null where one of its names is needed as a text. */
function passedRun(tag: XmlAttributes, { suite, suiteFile }: Where): PassedRun | null {
  if (tag.ascii('name', name) !== true || name.from === name.to) return null;
  const hasClass = eitherOf(tag, classAttributes, className);
  const hasFile = eitherOf(tag, fileAttributes, file);
  if (hasClass === false || hasFile === false) return null;
  if (hasClass === null) className.set(className.own, 0, 0);
  passed.suite = suite;
  passed.file = hasFile === null ? null : file;
  passed.suiteFile = suiteFile;
  passed.durationSeconds = secondsOf(tag);
  return passed;
}

/** Whether the sink counts the run of a case without a verdict, and needs none of its texts. */
export function isCounted(tag: XmlAttributes, where: Where, sink: ReportSink): boolean {
  const run = passedRun(tag, where);
  return run !== null && sink.passed(run);
}

/** Elements with what a test printed. */
export const outputs = new Set(['system-out', 'system-err']);

const maxAttachments = 50;

/**
 * The files that an output names, as GitLab reads them, too: https://docs.gitlab.com/ci/testing/unit_test_reports/
 */
function attachmentsIn(output: string): readonly string[] {
  return [...output.matchAll(/\[\[ATTACHMENT\|([^\n\]]{1,1000})\]\]/g)]
    .slice(0, maxAttachments)
    .flatMap(([, path]) => path ?? []);
}

/** True for a case that failed, as far as it is read. */
export function hasFailed({ outcome, status }: OpenCase): boolean {
  return isFailing(outcome ?? status ?? 'passed');
}

/** A case that failed and does not say why, or only that it could not run: CTest leaves that to the output. */
function isSilentFailure(test: OpenCase): boolean {
  if (!hasFailed(test)) return false;
  const { failure, writtenStatus } = test;
  return failure === null || failure.details === ''
    ? (failure?.message ?? '') === '' || writtenStatus === 'notrun'
    : false;
}

/** Keeps of what a failing case printed the files that it names, and all of it where the case says nothing else. */
export function keepOutput(test: OpenCase, text: string): void {
  const named = attachmentsIn(text);
  if (test.attachments.length === 0) test.attachments = [...named];
  else test.attachments.push(...named);
  if (isSilentFailure(test))
    test.output = [test.output, text].filter((part) => part.trim() !== '').join('\n');
}

/** The failure of a case, with its output for details where it has none. */
export function withOutput({ failure, output }: OpenCase): TestFailure | null {
  const said = output.trim();
  if (said === '') return failure;
  return { type: failure?.type ?? null, message: failure?.message ?? '', details: said };
}
