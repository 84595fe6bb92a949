import type { FailedAt, TestFailure } from '../../../model/tests.ts';
import { whatFailed, withoutFrame } from './go-test-output.ts';

/** A failure as the tool's own console shows it, and where it was, where only its tool's words say that. */
export interface ReadFailure {
  readonly failure: TestFailure;
  readonly failedAt: FailedAt | null;
}

/** The test that the failure belongs to, as the report names it. */
export interface Named {
  readonly className: string;
  readonly name: string;
}

type Dialect = (failure: TestFailure, test: Named) => ReadFailure | null;

function plain(failure: TestFailure): ReadFailure {
  return { failure, failedAt: null };
}

/** gotestsum and go-junit-report put "Failed" into the message, and the output of the test into the text. */
const go: Dialect = ({ type, message, details }) => {
  const said = details === '' ? message : details;
  if (!/^(?:=== RUN |[ \t]{0,40}[\w./-]{1,300}_test\.go:\d{1,9}:)/.test(said)) return null;
  const own = withoutFrame(said);
  if (own === '') return plain({ type: type === '' ? null : type, message: '', details: '' });
  const { failedAt, message: why } = whatFailed(own);
  return {
    failure: { type: type === '' ? null : type, message: why, details: own },
    failedAt,
  };
};

/** Node's reporter inspects an error of its own, around the one that the test threw: `cause: AssertionError …`. */
const node: Dialect = ({ details }) => {
  if (!/^\[?Error \[ERR_TEST_FAILURE\]/.test(details.trimStart())) return null;
  const at = details.indexOf('\n  cause: ');
  if (at < 0) return null;
  const cause = details.slice(at + '\n  cause: '.length);
  const end = cause.search(/ \{\n {4}[a-zA-Z]\w*: |\n\}\s*$/);
  const own = (end < 0 ? cause : cause.slice(0, end)).replace(/^ {2}/gm, '').trimEnd();
  const [head = ''] = own.split(/\n[ \t]*at /, 1);
  const [, type = null, rest = head] = /^(\w+)(?: \[\w+\])?: ([\s\S]*)$/.exec(head) ?? [];
  return plain({ type, message: rest.trim(), details: own });
};

/** Playwright's message is the test's title, which heads the text once more. */
const playwright: Dialect = ({ type, details }) => {
  const [, rest] =
    /^\s*(?:\[[^\]\n]{1,200}\] › )?[^\n]{1,300}:\d{1,7}:\d{1,7} › [^\n]*\n([\s\S]*)$/.exec(details) ?? [];
  if (rest === undefined) return null;
  const own = rest.replace(/^\s*\n/, '');
  return plain({
    type: type === 'FAILURE' ? null : type,
    message: own.trimStart().split('\n', 1)[0] ?? '',
    details: own,
  });
};

/** PHPUnit heads its text with the test: `PriceTest::testOf with data set "two" (2, 3)`. */
const phpunit: Dialect = ({ type, details }, { className, name }) => {
  if (className === '' || !details.startsWith(`${className}::${name}`)) return null;
  const [first = '', ...others] = details.split('\n');
  if (others.length === 0 || !first.startsWith(`${className}::${name}`)) return null;
  return plain({ type, message: others[0] ?? '', details: others.join('\n') });
};

/** pytest takes the indentation off the first line only. */
const pytest: Dialect = (failure) => {
  const { details } = failure;
  if (!/^(?:@|def |async def )/.test(details) || !/^E {3}/m.test(details)) return null;
  return plain({ ...failure, details: `    ${details}` });
};

const dialects: readonly Dialect[] = [go, node, playwright, phpunit, pytest];

/** Reads what a tool wrote around the words of its console. */
export function asConsole(failure: TestFailure, test: Named): ReadFailure {
  for (const dialect of dialects) {
    const read = dialect(failure, test);
    if (read !== null) return read;
  }
  return plain(failure);
}

/**
 * True for a test that CTest could not run: no executable, no required file, a fixture that failed. CTest counts those
 * as failures and writes them as skipped, like those that were disabled or skipped themselves.
 * https://github.com/Kitware/CMake/blob/master/Source/CTest/cmCTestTestHandler.cxx
 */
export function couldNotRun(status: string | null, message: string | null): boolean {
  return (
    status?.toLowerCase() === 'notrun' &&
    message !== null &&
    message.trim() !== '' &&
    !/^(?:disabled|skip)/i.test(message.trim())
  );
}

/** The class that jest-junit gives to a file that could not be loaded; it lists the same error twice. */
export const jestSuiteFailure = 'Test suite failed to run';
