import { isFailing, type TestOutcome } from '../../model/tests.ts';
import type { JsonLinesFormat, ReportSink, TestRun } from '../format.ts';
import { blankTestRun } from './shared/blank-test-run.ts';
import { crashed, type EndLine, endLineIn, whatFailed, withoutFrame } from './shared/go-test-output.ts';
import { oddLine } from './shared/json-entries.ts';
import { has, isJsonObject, numberAt, textAt, valueAt } from './shared/json-value.ts';

// https://pkg.go.dev/cmd/test2json#hdr-Output_Format
const outcomes = new Map<string | null, TestOutcome>([
  ['pass', 'passed'],
  ['fail', 'failed'],
  ['skip', 'skipped'],
]);

const maxOutputCharacters = 64 * 1024;
const maxOpenTests = 100_000;

interface Package {
  readonly name: string;
  /** Output of tests that run, by the test's name; '' is the package's own. */
  readonly running: Map<string, string>;
  /** Lines that tests without an end event printed at their end. */
  readonly ends: Map<string, EndLine>;
  /** Tests that failed in earlier executions, and in none since passed. */
  readonly failedBefore: Set<string>;
  /** Runs of an execution that may be a rerun, which only its end shows; null in the first. */
  held: TestRun[] | null;
  failures: number;
  isOpen: boolean;
  didNotBuild: boolean;
}

function textOf(value: unknown, key: string): string {
  const text = valueAt(value, key);
  return typeof text === 'string' ? text : '';
}

/** Build events name a package by its import path, with the test variant behind it. */
function withoutVariant(path: string | null): string {
  return path?.split(' ', 1)[0] ?? '';
}

interface Ended {
  readonly test: string;
  readonly outcome: TestOutcome;
  readonly seconds: number | null;
  readonly output: string;
}

function runOf(packageName: string, { test, outcome, seconds, output }: Ended): TestRun {
  const run: TestRun = {
    ...blankTestRun,
    className: packageName,
    name: test,
    isFileOfFailure: true,
    outcome,
    durationSeconds: seconds,
  };
  if (outcome === 'passed') return run;
  const own = withoutFrame(output);
  const { file, line, failedAt, message } = whatFailed(own);
  const isSilent = outcome === 'skipped' && own === '';
  return { ...run, file, line, failedAt, failure: isSilent ? null : { type: null, message, details: own } };
}

/** `TestA/with/parts` belongs to `TestA`, which is run again with it. */
function rootOf(test: string): string {
  return test.split('/', 1)[0] ?? '';
}

class Reader {
  readonly #sink: ReportSink;
  readonly #packages = new Map<string, Package>();
  /** Packages whose build failed and was the reason of another failure. */
  readonly #blamed = new Set<string>();

  /** What the compiler said between the events, by package. */
  readonly #compiled = new Map<string, string>();
  #compiling = '';

  constructor(sink: ReportSink) {
    this.#sink = sink;
  }

  value(value: unknown): void {
    const entry = this.#package(textAt(value, 'Package') ?? withoutVariant(textAt(value, 'ImportPath')));
    const test = textAt(value, 'Test') ?? '';
    const action = textAt(value, 'Action');
    if (action === 'build-output') this.#keepOutput(entry, test, textOf(value, 'Output'));
    else if (action === 'build-fail') entry.didNotBuild = true;
    else {
      this.#open(entry);
      if (action === 'output') this.#keepOutput(entry, test, textOf(value, 'Output'));
      else if (action === 'run' && entry.running.size < maxOpenTests) entry.running.set(test, '');
      else this.#endedBy(value, entry, test);
    }
  }

  #endedBy(value: unknown, entry: Package, test: string): void {
    const outcome = outcomes.get(textAt(value, 'Action'));
    if (outcome === undefined) return;
    const seconds = numberAt(value, 'Elapsed');
    if (test === '') this.#endPackage(entry, { outcome, seconds, failedBuild: textAt(value, 'FailedBuild') });
    else this.#endTest(entry, { test, outcome, seconds, output: entry.running.get(test) ?? '' });
  }

  badLine(text: string, line: number): void {
    // Build errors of older Go versions are between the events, and what a program prints as it dies.
    const failed = /^FAIL\s+(\S+)\s+\[(?:build|setup) failed\]/.exec(text)?.[1];
    if (failed !== undefined) {
      const output = this.#saidOf(failed, text);
      this.#sink.test(
        runOf(failed, { test: `package ${failed}`, outcome: 'errored', seconds: null, output }),
      );
    } else if (this.#isOfCompiler(text)) return;
    else if (/^(?:FAIL\b|panic: |fatal error: )/.test(text)) this.#sink.failed(text);
    else oddLine(text, line, this.#sink);
  }

  /** Lines of the compiler, under a heading for each package: `# example.com/shop [example.com/shop.test]`. */
  #isOfCompiler(text: string): boolean {
    const heading = /^# (\S+)(?: \[\S+\])?$/.exec(text)?.[1];
    if (heading !== undefined) {
      this.#compiling = heading;
      return true;
    }
    if (!/^(?:\S[^\n:]*\.go:\d+|\s)/.test(text)) return false;
    const before = this.#compiled.get(this.#compiling) ?? '';
    if (before.length < maxOutputCharacters) this.#compiled.set(this.#compiling, `${before}${text}\n`);
    return true;
  }

  /** What the compiler said of a package, else that it failed. */
  #saidOf(failed: string, text: string): string {
    return this.#compiled.get(failed) ?? text;
  }

  end(): void {
    for (const entry of this.#packages.values()) {
      if (entry.isOpen) {
        this.#sink.incomplete(`package ${entry.name} did not end`);
        this.#endRunning(entry, 'errored');
        this.#flush(entry);
      } else if (entry.didNotBuild && !this.#blamed.has(entry.name)) this.#packageFailed(entry, null, null);
    }
  }

  #package(name: string): Package {
    const known = this.#packages.get(name);
    if (known !== undefined) return known;
    const entry: Package = {
      name,
      running: new Map(),
      ends: new Map(),
      failedBefore: new Set(),
      held: null,
      failures: 0,
      isOpen: false,
      didNotBuild: false,
    };
    this.#packages.set(name, entry);
    return entry;
  }

  /** The first event of a package, or the first after its end: it is executed, once more. */
  #open(entry: Package): void {
    if (entry.isOpen) return;
    entry.isOpen = true;
    entry.failures = 0;
    if (entry.failedBefore.size > 0) entry.held = [];
  }

  #keepOutput({ running, ends }: Package, test: string, output: string): void {
    const before = running.get(test) ?? '';
    if (before.length < maxOutputCharacters)
      running.set(test, (before + output).slice(0, maxOutputCharacters));
    const end = endLineIn(output);
    if (end !== null && running.has(end.test)) ends.set(end.test, end);
  }

  #endTest(entry: Package, ended: Ended): void {
    // A panic of another goroutine ends the program, and the test that ran counts as passed.
    const outcome = ended.outcome === 'passed' && crashed(ended.output) ? 'errored' : ended.outcome;
    this.#emit(entry, runOf(entry.name, { ...ended, outcome }));
    entry.running.delete(ended.test);
    entry.ends.delete(ended.test);
  }

  #emit(entry: Package, run: TestRun): void {
    if (isFailing(run.outcome)) entry.failures += 1;
    if (entry.held !== null) entry.held.push(run);
    else this.#pass(entry, run);
  }

  #pass({ failedBefore }: Package, run: TestRun): void {
    if (isFailing(run.outcome)) failedBefore.add(run.name);
    else if (run.isRerun) failedBefore.delete(run.name);
    this.#sink.test(run);
  }

  /** Tests without an end event end as they printed it, else as their package did. */
  #endRunning(entry: Package, outcome: TestOutcome): void {
    for (const [test, output] of entry.running) {
      if (test === '') continue;
      const end = entry.ends.get(test);
      this.#endTest(entry, {
        test,
        outcome: end?.outcome ?? outcome,
        seconds: end?.seconds ?? null,
        output,
      });
    }
  }

  #endPackage(
    entry: Package,
    end: {
      readonly outcome: TestOutcome;
      readonly seconds: number | null;
      readonly failedBuild: string | null;
    },
  ): void {
    const failed = end.outcome === 'failed';
    this.#endRunning(entry, failed ? 'errored' : end.outcome);
    const failedBuild = withoutVariant(end.failedBuild);
    this.#blamed.add(failedBuild === '' ? entry.name : failedBuild);
    if (failed && entry.failures === 0) this.#packageFailed(entry, end.seconds, failedBuild);
    this.#flush(entry);
    entry.isOpen = false;
    entry.running.clear();
    entry.ends.clear();
  }

  /** A package that fails without a failing test: it did not build, panicked, or TestMain ended it. */
  #packageFailed(entry: Package, seconds: number | null, failedBuild: string | null): void {
    const build = this.#packages.get(failedBuild ?? '')?.running.get('') ?? '';
    const output = [build, entry.name === failedBuild ? '' : (entry.running.get('') ?? '')]
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .join('\n');
    this.#emit(
      entry,
      runOf(entry.name, {
        test: `package ${entry.name}`,
        outcome: 'errored',
        seconds,
        output: output === '' ? (failedBuild ?? '') : output,
      }),
    );
  }

  /**
   * An execution that runs nothing but what had failed is a rerun; any other is one of its own, with other tags or
   * flags.
   */
  #flush(entry: Package): void {
    const { held, failedBefore } = entry;
    if (held === null) return;
    entry.held = null;
    const roots = new Set([...failedBefore].map(rootOf));
    const isRerun = held.every(({ name }) => roots.has(rootOf(name)));
    for (const run of held) this.#pass(entry, { ...run, isRerun });
  }
}

/**
 * `go test -json`: every test and subtest counts, as the tool prints them; a test that never ended counts as errored.
 */
export const goTest: JsonLinesFormat = {
  format: 'go-test',
  title: 'go test -json',
  kind: 'tests',
  unit: 'Each test and each subtest is one test; a package that failed without a failing test is one errored test.',
  reruns:
    'A later execution of a package that had failed, when it runs nothing but tests that had failed (`gotestsum --rerun-fails`); `-count=2` is not a rerun.',
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
  read: (sink) => new Reader(sink),
};
