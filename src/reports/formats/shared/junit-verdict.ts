import type { FailedAt, TestFailure, TestOutcome } from '../../../model/tests.ts';
import type { XmlAttributes } from '../../format.ts';

/**
 * What an element inside a JUnit test case says of it; `earlier` = a run of the same test before the one that counts.
 */
export type VerdictKind = 'failed' | 'errored' | 'skipped' | 'earlier';

/** `flaky*` and `rerun*`: https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd */
const byElement = new Map<string, VerdictKind>([
  ['failure', 'failed'],
  ['error', 'errored'],
  ['skipped', 'skipped'],
  ['skip', 'skipped'],
  ['ignored', 'skipped'],
  ['disabled', 'skipped'],
  ['flakyFailure', 'earlier'],
  ['flakyError', 'earlier'],
  ['rerunFailure', 'earlier'],
  ['rerunError', 'earlier'],
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
  ['errored', 'errored'],
  ['broken', 'errored'],
  ['timeout', 'errored'],
  ['timedout', 'errored'],
  ['aborted', 'errored'],
  ['crashed', 'errored'],
]);

/** Which of two verdicts on one test weighs more. */
const weights: Readonly<Record<TestOutcome, number>> = { passed: 0, skipped: 1, failed: 2, errored: 3 };

/** A verdict whose element is open. */
export interface OpenVerdict {
  readonly kind: VerdictKind;
  readonly type: string | null;
  readonly message: string | null;
  /** Of child elements; the verdict's own text comes when it closes. */
  details: string;
}

/** The verdict that a start tag begins. */
export function openedVerdict(kind: VerdictKind, tag: XmlAttributes): OpenVerdict {
  return { kind, type: tag.attribute('type'), message: tag.attribute('message'), details: '' };
}

/** What the verdicts on one test come to so far. */
export interface Judgement {
  outcome: TestOutcome | null;
  failure: TestFailure | null;
  /** Where the failure was, where only the tool's words say that. */
  failedAt: FailedAt | null;
  /** While it is empty, tests share one list. */
  earlier: TestFailure[];
}

/** The verdict that an element of this name gives, null for other elements. */
export function verdictOfElement(name: string): VerdictKind | null {
  return byElement.get(name) ?? null;
}

/** The outcome that a `status` or `result` attribute means, null for those that say nothing against the test. */
export function outcomeOfStatus(status: string | null): TestOutcome | null {
  return status === null ? null : (byStatus.get(status.toLowerCase()) ?? null);
}

/** Without blank lines around; the first line keeps its indentation, as the lines below have theirs. */
function withoutBlankEdges(text: string): string {
  return text.trimEnd().replace(/^(?:[^\S\n]*\n)+/, '');
}

/** The texts of a verdict; without a message the first line of the details serves. */
export function failureOfVerdict(verdict: OpenVerdict, text: string): TestFailure {
  const details = withoutBlankEdges([text, verdict.details].filter((part) => part.trim() !== '').join('\n'));
  const given = verdict.message ?? '';
  const message = given === '' ? (details.split('\n', 1)[0]?.trim() ?? '') : given;
  return {
    type: verdict.type === '' ? null : verdict.type,
    message,
    details: details.trim() === message.trim() ? '' : details,
  };
}

/** One failure with the texts of both: a test counts once, however many assertions failed in it. */
function joined(before: TestFailure, after: TestFailure): TestFailure {
  const more = after.message === '' ? after.details : `${after.message}\n${after.details}`;
  return { ...before, details: [before.details, more].filter((text) => text !== '').join('\n\n') };
}

/**
 * Adds a verdict to those on the same test: the worst counts, the texts of all that are as bad as failures are kept.
 */
export function addVerdict(judgement: Judgement, kind: VerdictKind, failure: TestFailure): void {
  if (kind === 'earlier') {
    if (judgement.earlier.length === 0) judgement.earlier = [failure];
    else judgement.earlier.push(failure);
    return;
  }
  const before = judgement.outcome;
  if (before === null || weights[kind] > weights[before]) judgement.outcome = kind;
  const isSilent = failure.message === '' && failure.details === '';
  if (kind === 'skipped') {
    if (before === null && !isSilent) judgement.failure = failure;
    return;
  }
  judgement.failure =
    before === null || before === 'skipped' || judgement.failure === null
      ? failure
      : joined(judgement.failure, failure);
}
