import type { FailedAt, TestOutcome } from '../../../model/tests.ts';

/** What `go test` adds around a test's own lines. */
const frame = /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:PASS|FAIL|SKIP):)/;

/** A test's output without the lines that `go test` adds. */
export function withoutFrame(output: string): string {
  return output
    .split('\n')
    .filter((line) => !frame.test(line))
    .map((line) => line.replace(/--- (?:PASS|FAIL|SKIP): \S{1,2000} \([\d.]{1,20}s\)$/, ''))
    .join('\n')
    .trimEnd()
    .replace(/^(?:[^\S\n]*\n)+/, '');
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

/** `    cart_test.go:42: got 3, want 4`. */
const logged = /^[ \t]{0,40}([\w./-]{1,300}_test\.go):(\d{1,9}):(?!\d{1,9}:)(.*)$/;
/** Words of a line that says what failed; a line of `t.Log` has the same shape. */
const complaint =
  /\b(?:want(?:ed)?|got|expect(?:ed)?|unexpected|fail(?:ed|ure)?|error|mismatch|not equal|should|must)\b/i;
/** testify: `Error Trace:` with its place, and what is wrong below. */
const testifyTrace = /Error Trace:\s{0,40}(\S{1,1000}\.go):(\d{1,9})/;
const testifyError = /\n[ \t]*Error:[ \t]{1,40}(\S[\s\S]*?)(?=\n[ \t]*(?:Test|Messages):|$)/;

interface Told {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/**
 * The line that says what failed. `t.Fatal` ends a test, so the last line says it; `t.Error` goes on, and then it is
 * the last that complains.
 */
function toldIn(output: string): Told | null {
  const all = output.split('\n').flatMap((line): readonly Told[] => {
    const [, file, number, message = ''] = logged.exec(line) ?? [];
    return file === undefined ? [] : [{ file, line: Number(number), message: message.trim() }];
  });
  return all.findLast(({ message }) => complaint.test(message)) ?? all.at(-1) ?? null;
}

function testifyIn(output: string): Told | null {
  const [, file, line] = testifyTrace.exec(output) ?? [];
  if (file === undefined) return null;
  const said = testifyError.exec(output)?.[1] ?? '';
  return { file, line: Number(line), message: said.split(/\s+/).join(' ').trim() };
}

/** `broken/broken_test.go:6:2: undefined: notThere`: what the compiler says. */
const compiled = /^([\w./-]{1,300}\.go):(\d{1,9})(?::\d{1,9})?: (.+)$/m;

function compilerIn(output: string): Told | null {
  const [, file, line, message] = compiled.exec(output) ?? [];
  return file === undefined || message === undefined ? null : { file, line: Number(line), message };
}

function messageOf(told: Told | null, output: string): string {
  return told === null || told.message === '' ? firstTelling(output) : told.message;
}

/**
 * Where and why a test failed: `    cart_test.go:42: got 3, want 4`, a panic with its trace, what the compiler says, or
 * the first line that says anything.
 */
export function whatFailed(output: string): {
  readonly file: string | null;
  readonly line: number | null;
  /** Null where a trace says it: the frames say more than the first file of tests among them. */
  readonly failedAt: FailedAt | null;
  readonly message: string;
} {
  const crash = crashIn(output);
  const told = testifyIn(output) ?? toldIn(output) ?? compilerIn(output);
  const traced = crash === null && told !== null ? null : tracedPlace(output);
  const { file = null, line = null } = traced ?? told ?? {};
  return {
    file,
    line,
    failedAt: traced === null && told !== null ? { path: told.file, line: told.line } : null,
    message: crash ?? messageOf(told, output),
  };
}
