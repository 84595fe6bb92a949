import type { TestFailure, TestOutcome } from '../../../model/tests.ts';
import type { TestRun } from '../../format.ts';

/** What a format overrides: nothing is known of the test yet. */
export const blankTestRun: TestRun = {
  suite: '',
  className: '',
  name: '',
  file: null,
  line: null,
  isFileOfFailure: false,
  failedAt: null,
  outcome: 'passed',
  durationSeconds: null,
  failure: null,
  attachments: [],
  earlierFailures: [],
  scope: '',
  isRerun: false,
};

/** The separator between suites of a path, as in `shop › basket`. */
const suiteSeparator = ' › ';

/** Suite titles, outermost first, as one path; without blank ones. */
export function suitePath(titles: readonly string[]): string {
  return titles.filter((title) => title.trim() !== '').join(suiteSeparator);
}

/**
 * A failure from the two texts that tools give; without a message the first line of the details serves. Null when there
 * is nothing to show and the test neither failed nor was skipped for a reason.
 */
export function failureFrom(
  outcome: TestOutcome,
  texts: { readonly message: string | null; readonly details: string | null; readonly type: string | null },
): TestFailure | null {
  const details = texts.details ?? '';
  const message = texts.message ?? details.trimStart().split('\n', 1)[0] ?? '';
  if (message === '' && details === '' && (outcome === 'passed' || outcome === 'skipped')) return null;
  return { type: texts.type, message, details };
}

/** Milliseconds as seconds, null for what is unknown. */
export function secondsFrom(milliseconds: number | null): number | null {
  return milliseconds === null ? null : milliseconds / 1000;
}
