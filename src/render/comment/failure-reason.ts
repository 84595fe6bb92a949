import type { TestCase, TestFailure } from '../../model/tests.ts';
import { isFrame } from '../../trail/frames/stack-places.ts';

/** Lines that are looked at: what a failure is about is at its beginning, or at the end of pytest's text. */
const maxLines = 400;
const maxParts = 4;

/** `Expected: 100`, `     got: '90'`, `  left: 90,`: the two sides of a comparison, each on its line. */
const side =
  /^\s*(?:E\s+)?((?:expected|received|actual|got|want|have|left|right|but was|found)(?: value)?|\$(?:got|expected)\S{0,80})\s{0,20}(?::|=(?!=))\s{0,20}(\S.*)$/i;

/** A line of a diff, and not the head of one: `- Expected  - 0`, `+ actual - expected`, `+++ b`. */
const diffLine = /^\s{0,10}[-+](?![-+])\s*\S/;
const diffHead = /^\s*(?:[-+]\s*(?:expected|received|actual)\b|[-+]{3}\s|@@)/i;

/** First lines that say that something failed, and not what. */
const says =
  /^(?:failed!?|failure|error|collection failure|test failure|assertionerror|test suite failed to run|● test suite failed to run|the suite failed and names no test)$/i;
/** Lines of a shell or a compiler that say why. */
const telling =
  /\b(?:error|fail(?:ed|ure|s)?|expected|assert\w*|exception|not found|cannot|panic|undefined|denied|refused|unable|missing)\b/i;

/** Where pytest puts what went wrong. */
const pytestLine = /^E {2,}(\S.*)$/;
const assertionType =
  /assert|expectation|comparisonfailure|^(?:failed|failure|error|failureType|testCodeFailure)$/i;

/** The text of a failure in lines, most telling text first. */
function linesOf({ message, details }: TestFailure): readonly string[] {
  const text = message.includes('\n') || details === '' ? message : `${message}\n${details}`;
  return text.split('\n', maxLines);
}

/** Both sides of a comparison, as they are written; the first two are those of the first comparison. */
function sidesOf(lines: readonly string[]): readonly string[] {
  const found = lines.filter((line) => side.test(line));
  return found.length < 2
    ? []
    : found.slice(0, 2).map((line) => line.replace(/^E\s/, '').trim().replace(/,$/, ''));
}

function diffOf(lines: readonly string[]): readonly string[] {
  const hasHead = lines.some((line) => diffHead.test(line));
  return hasHead
    ? lines
        .filter((line) => diffLine.test(line) && !diffHead.test(line) && !isFrame(line))
        .map((line) => line.trim())
    : [];
}

/** `AssertionError: assert 4 == 5` without the class, which says what everybody sees. */
function withoutClass(line: string): string {
  const [, name, rest] = /^(?:Uncaught )?([\w.$]{1,100})(?: \[\w{1,60}\])?: (\S.*)$/.exec(line) ?? [];
  return name !== undefined && rest !== undefined && (assertionType.test(name) || name === 'Error')
    ? rest
    : line;
}

/** What pytest says around a failure of a fixture, and bats around a command. */
function core(line: string): string {
  const [, fixture] = /^failed on (?:setup|teardown) with "(.*?)"?$/.exec(line) ?? [];
  return withoutClass((fixture ?? line).trim().replace(/ \/\/ Object\.is equality$/, ''));
}

function isTitle(line: string, { name, className }: TestCase): boolean {
  const plain = line.trim();
  return (
    plain === name ||
    plain === `${className}::${name}` ||
    plain === `Failed test '${name}'` ||
    /^(?:\(in test file |\(from function |in test file |at \S+ line \d+\.$|Traceback \(most recent)/.test(
      plain,
    )
  );
}

/**
 * The first line that says something; of pytest's text the one that it marks, of a program's output the telling one.
 */
function firstTelling(test: TestCase, lines: readonly string[]): string {
  const marked = lines.flatMap((line) => pytestLine.exec(line)?.[1] ?? [])[0];
  const plain = lines.filter((line) => line.trim() !== '' && !isTitle(line, test) && !says.test(core(line)));
  const text = plain.filter((line) => !isFrame(line));
  return core(marked ?? text[0] ?? plain[0] ?? '');
}

/** With the class of an exception that is none of an assertion: `LookupError: basket is not open`. */
function withType(reason: string, type: string | null): string {
  if (type === null || !/^[\w.\\$:]{1,100}(?:Error|Exception|Exit)$/.test(type) || assertionType.test(type))
    return reason;
  const [short = type] = type.split(/[.\\:$]/).slice(-1);
  return reason.includes(short) || /^[\w.]{1,100}(?:Error|Exception)\b/.test(reason)
    ? reason
    : `${short}: ${reason}`;
}

/** True for a first line that only announces the comparison that follows. */
function announces(line: string): boolean {
  return (
    line === '' ||
    side.test(line) ||
    diffHead.test(line) ||
    /:$|^expect\(|^assert(?:ion)?\b.*failed|^Expected values to be |^Lists differ|^Structures begin|^Failed asserting that two /.test(
      line,
    )
  );
}

/** What a program printed that failed without a message of its own: the last line with a reason, else the last. */
function reasonOfOutput(details: string): string {
  const lines = details.split('\n', maxLines).filter((line) => line.trim() !== '' && !isFrame(line));
  return (lines.findLast((line) => telling.test(line)) ?? lines.at(-1) ?? '').trim();
}

/**
 * Why a test failed, in one line as its tool says it: `assert 4 == 5`, `Expected: 100, Received: 90`. Empty when the
 * report gives no reason.
 */
export function reasonOf(test: TestCase): string {
  const { failure } = test;
  if (failure === null) return '';
  const lines = linesOf(failure);
  const first = firstTelling(test, lines);
  if (failure.message === '' && failure.type === null) return reasonOfOutput(failure.details);
  if (!announces(first)) return withType(first, failure.type);
  const compared = [sidesOf(lines), diffOf(lines)].find((parts) => parts.length > 0) ?? [];
  if (compared.length > 0) return compared.slice(0, maxParts).join(', ');
  const after = lines.slice(lines.findIndex((line) => core(line) === first) + 1);
  const next = after.find((line) => line.trim() !== '' && !isFrame(line))?.trim() ?? '';
  return [withType(first, failure.type), next].filter((part) => part !== '').join(' ');
}

/**
 * What makes two failures different for the people who fix them: the message, both sides of a comparison, and the diff.
 */
export function comparedValues(failure: TestFailure): readonly string[] {
  const lines = `${failure.message}\n${failure.details}`.split('\n', maxLines);
  return [...sidesOf(lines), ...diffOf(lines)];
}
