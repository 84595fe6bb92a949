import type { TestOutcome } from '../../../model/tests.ts';

/** What `go test` adds around a test's own lines. */
const frame = /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:PASS|FAIL|SKIP):)/;

/** A test's output without the lines that `go test` adds. */
export function withoutFrame(output: string): string {
  return output
    .split('\n')
    .filter((line) => !frame.test(line))
    .map((line) => line.replace(/--- (?:PASS|FAIL|SKIP): \S{1,2000} \([\d.]{1,20}s\)$/, ''))
    .join('\n')
    .trim();
}

/** How a test ended, by the line that it printed. */
export interface EndLine {
  readonly test: string;
  readonly outcome: TestOutcome;
  readonly seconds: number;
}

const outcomes = new Map<string, TestOutcome>([
  ['PASS', 'passed'],
  ['FAIL', 'failed'],
  ['SKIP', 'skipped'],
]);

/** The `--- PASS: TestA (0.01s)` in a piece of output; what the test printed without a line end may be before it. */
export function endLineIn(output: string): EndLine | null {
  if (!output.includes('--- ')) return null;
  const match = /--- (PASS|FAIL|SKIP): (\S{1,2000}) \((\d{1,9}(?:\.\d{1,9})?)s\)/.exec(output);
  const outcome = outcomes.get(match?.[1] ?? '');
  if (match === null || outcome === undefined) return null;
  return { test: match[2] ?? '', outcome, seconds: Number(match[3]) };
}

/** The line that names a crash of the whole test program, null when the output shows none. */
function crashIn(output: string): string | null {
  const [line] = /^(?:panic: |fatal error: ).*$/m.exec(output) ?? [];
  return line !== undefined && /^goroutine \d+ /m.test(output) ? line : null;
}

/** True when a test's output shows that the program crashed in it, though the test counts as passed. */
export function crashed(output: string): boolean {
  return crashIn(output) !== null && /^FAIL\t/m.test(output);
}

/** Lines that say that something failed, and not what. */
const uninformative = /^(?:# |FAIL\b|ok\b|PASS$|coverage:|exit status)/;

/** The first file of tests in a trace: `	/builds/shop/cart_test.go:42 +0x1d`, without its folder. */
function tracedPlace(output: string): { readonly file: string; readonly line: number } | null {
  const match = /_test\.go:(\d{1,9}) \+0x/.exec(output);
  if (match === null) return null;
  const before = output.slice(0, match.index);
  const from = Math.max(...['/', '\t', ' ', '\n'].map((mark) => before.lastIndexOf(mark)));
  return { file: `${before.slice(from + 1)}_test.go`, line: Number(match[1]) };
}

function firstTelling(output: string): string {
  const lines = output.split('\n');
  const first = lines.find((line) => line.trim() !== '' && !uninformative.test(line)) ?? lines[0] ?? '';
  return first.trim();
}

/**
 * Where and why a test failed: `    cart_test.go:42: got 3, want 4`, a panic with its trace, or the first line that
 * says anything.
 */
export function whatFailed(output: string): {
  readonly file: string | null;
  readonly line: number | null;
  readonly message: string;
} {
  const told = /^[ \t]{0,40}([\w./-]{1,300}_test\.go):(\d{1,9}):(.*)$/m.exec(output);
  const place = told === null ? tracedPlace(output) : { file: told[1] ?? null, line: Number(told[2]) };
  return {
    file: place?.file ?? null,
    line: place?.line ?? null,
    message: crashIn(output) ?? told?.[3]?.trim() ?? firstTelling(output),
  };
}
