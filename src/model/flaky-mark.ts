/**
 * Tests that somebody marked as flaky by a command. The marks are comments of the bot's own user on one issue of the
 * project, each with the proof that all its comments carry; only their author and maintainers could change them.
 */
import { shortMarkerText } from './marker-text.ts';
import type { Noteable } from './noteable.ts';
import type { TestCase } from './tests.ts';

export interface FlakyMark {
  /** As `testLabel` gives it; of one that is very long the beginning and a hash. */
  readonly test: string;
  /** Name of the user who marked it. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The marks of a project. */
export interface FlakyMarks {
  /** The issue with the marks; null while there is none. */
  readonly on: Noteable | null;
  /** By `flakyKey`. */
  readonly byKey: ReadonlyMap<string, FlakyMark>;
}

/** The issue with the marks is found by its author, this label and this key in its description. */
export const flakyIssue = { label: 'herald::flaky-tests', key: 'flaky-tests' } as const;

/** The command that marks; notes of other commands or rules are not marks. */
const flakyCommand = 'command flaky';

const prefix = 'flaky/';

/** Class and name: `till.CartTest: takes vouchers`. A test without a class goes by its name. */
export function testLabel({ className, name }: Pick<TestCase, 'className' | 'name'>): string {
  return className === '' ? name : `${className}: ${name}`;
}

/** The key of a test's mark. */
export function flakyKey(label: string): string {
  return shortMarkerText(`${prefix}${label}`);
}

/** The stored permission of a mark: its author, and their right. */
export function flakyPermission(username: string, permission: string): string {
  return `${username}, ${permission}`;
}

interface MarkingComment {
  readonly key: string;
  readonly by: string;
  readonly permission: string | null;
  readonly createdAt: string;
}

/** The mark that one of the bot's own comments is; null for any other comment. */
export function flakyMarkOf({ key, by, permission, createdAt }: MarkingComment): FlakyMark | null {
  if (by !== flakyCommand || !key.startsWith(prefix)) return null;
  const [username = ''] = (permission ?? '').split(', ', 1);
  return { test: key.slice(prefix.length), by: username, at: createdAt };
}

/** The mark of a test: under class and name, or under its name alone. */
export function findFlakyMark(
  test: Pick<TestCase, 'className' | 'name'>,
  { byKey }: FlakyMarks,
): FlakyMark | null {
  return byKey.get(flakyKey(testLabel(test))) ?? byKey.get(flakyKey(test.name)) ?? null;
}
