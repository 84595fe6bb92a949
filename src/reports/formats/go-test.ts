import type { TestOutcome } from '../../model/tests.ts';
import { blankTestRun } from '../blank-test-run.ts';
import type { JsonLinesFormat, ReportSink } from '../format.ts';
import { has, isJsonObject, numberAt, textAt, valueAt } from '../json-value.ts';

// https://pkg.go.dev/cmd/test2json#hdr-Output_Format
const outcomes = new Map<string | null, TestOutcome>([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
]);

const maxOutputCharacters = 64 * 1024;
const maxOpenTests = 100_000;

interface Package {
  /** Output of tests that run, by the test's name; '' is the package's own. */
  readonly running: Map<string, string>;
  failures: number;
}

function textOf(value: unknown, key: string): string {
  const text = valueAt(value, key);
  return typeof text === 'string' ? text : '';
}

/** What `go test` adds around a test's own lines. */
const frame = /^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:PASS|FAIL|SKIP):)/;

function withoutFrame(output: string): string {
  return output
    .split('\n')
    .filter((line) => !frame.test(line))
    .join('\n')
    .trim();
}

/** `    cart_test.go:42: got 3, want 4` */
function placeOf(output: string): {
  readonly file: string | null;
  readonly line: number | null;
  readonly message: string;
} {
  const match = /^[ \t]*([\w./-]+_test\.go):(\d+): *(.*)$/m.exec(output);
  const message = match?.[3] ?? output.split('\n', 1)[0] ?? '';
  return { file: match?.[1] ?? null, line: match === null ? null : Number(match[2]), message };
}

interface Ended {
  readonly packageName: string;
  readonly test: string;
  readonly outcome: TestOutcome;
  readonly seconds: number | null;
  readonly output: string;
}

function emit({ packageName, test, outcome, seconds, output }: Ended, sink: ReportSink): void {
  const own = outcome === 'passed' ? '' : withoutFrame(output);
  const { file, line, message } = placeOf(own);
  sink.test({
    ...blankTestRun,
    className: packageName,
    name: test,
    file: outcome === 'passed' ? null : file,
    line: outcome === 'passed' ? null : line,
    outcome,
    durationSeconds: seconds,
    failure:
      outcome === 'passed' || (outcome === 'skipped' && own === '')
        ? null
        : { type: null, message, details: own },
  });
}

/** A package that fails without a failing test: it did not build, panicked, or TestMain ended it. */
function endPackage(
  name: string,
  value: unknown,
  { packages, sink }: { packages: Map<string, Package>; sink: ReportSink },
): void {
  const entry = packages.get(name) ?? { running: new Map<string, string>(), failures: 0 };
  const failed = textAt(value, 'Action') === 'fail';
  for (const [test, output] of entry.running) {
    if (test === '' || !failed) continue;
    entry.failures += 1;
    emit({ packageName: name, test, outcome: 'errored', seconds: null, output }, sink);
  }
  if (failed && entry.failures === 0) {
    const output = (entry.running.get('') ?? '').trim();
    const details = output === '' ? textOf(value, 'FailedBuild') : output;
    emit(
      {
        packageName: name,
        test: `package ${name}`,
        outcome: 'errored',
        seconds: numberAt(value, 'Elapsed'),
        output: details,
      },
      sink,
    );
  }
  packages.delete(name);
}

function keepOutput(value: unknown, test: string, { running }: Package): void {
  const before = running.get(test) ?? '';
  if (before.length < maxOutputCharacters)
    running.set(test, (before + textOf(value, 'Output')).slice(0, maxOutputCharacters));
}

/** Build events name a package by its import path, with the test variant behind it. */
function packageOf(value: unknown): string {
  return textAt(value, 'Package') ?? textAt(value, 'ImportPath')?.split(' ', 1)[0] ?? '';
}

function readEvent(value: unknown, state: { packages: Map<string, Package>; sink: ReportSink }): void {
  const { packages, sink } = state;
  const name = packageOf(value);
  const test = textAt(value, 'Test') ?? '';
  const action = textAt(value, 'Action');
  const entry = packages.get(name) ?? { running: new Map<string, string>(), failures: 0 };
  packages.set(name, entry);
  if (action === 'output' || action === 'build-output') keepOutput(value, test, entry);
  else if (action === 'run' && entry.running.size < maxOpenTests) entry.running.set(test, '');
  const outcome = outcomes.get(action);
  if (outcome === undefined) return;
  if (test === '') {
    endPackage(name, value, state);
    return;
  }
  if (outcome === 'failed') entry.failures += 1;
  const output = entry.running.get(test) ?? '';
  emit({ packageName: name, test, outcome, seconds: numberAt(value, 'Elapsed'), output }, sink);
  entry.running.delete(test);
}

/** `go test -json`: every test and subtest counts, as the tool prints them; a test that never ended counts as errored. */
export const goTest: JsonLinesFormat = {
  format: 'go-test',
  title: 'go test -json',
  kind: 'tests',
  wellKnownNames: ['**/go-test*.json', '**/gotest*.json', '**/test-output.json'],
  specification: 'https://pkg.go.dev/cmd/test2json',
  producers: [
    { tool: 'go test', option: '-json > go-test.json' },
    { tool: 'gotestsum', option: '--jsonfile go-test.json' },
  ],
  syntax: 'json-lines',
  detect: (first) =>
    first.some(
      (value) =>
        isJsonObject(value) &&
        has(value, 'Action', 'string') &&
        ['Package', 'Test', 'ImportPath'].some((key) => has(value, key, 'string')),
    ),
  read(sink) {
    const packages = new Map<string, Package>();
    return {
      value: (value) => {
        readEvent(value, { packages, sink });
      },
      badLine(text, line) {
        // Build errors of older Go versions stand between the events.
        if (text.trim() !== '') sink.warn(`line ${line} is no JSON: ${text.trim().slice(0, 200)}`);
      },
      end() {
        for (const [name, { running }] of packages) {
          for (const [test, output] of running) {
            if (test !== '')
              emit({ packageName: name, test, outcome: 'errored', seconds: null, output }, sink);
          }
        }
      },
    };
  },
};
