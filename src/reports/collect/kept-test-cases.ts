import { counted } from '../../model/plural.ts';
import {
  type Attachment,
  type FailedAt,
  isFailing,
  type TestCase,
  type TestFailure,
  type TestOutcome,
} from '../../model/tests.ts';
import type { TestRun } from '../format.ts';
import { cleanBlock, cleanText, detached } from './clean-text.ts';
import type { FailedTest } from './failed-tests.ts';
import { hashDigits, type StableHash } from './stable-hash.ts';

export interface CaseLimits {
  /** Tests that passed or were skipped and are kept with all they say. */
  readonly maxCases: number;
  /** Tests that failed, at any time. */
  readonly maxFailingCases: number;
  /** All failure texts together; beyond, messages are cut short and details omitted. */
  readonly maxTextCharacters: number;
}

/** Says where in the project a run failed; null when that is not certain. */
export type FindFailedAt = (run: TestRun, failure: TestFailure) => FailedAt | null;

/** Gives the files of the project that a run left. */
export type FindAttachments = (run: TestRun) => readonly Attachment[];

/** How what a run names is found in the project. */
export interface Finders {
  readonly findPlace: FindFailedAt;
  readonly findAttachments: FindAttachments;
}

const maxNameCharacters = 1_000;
const maxMessageCharacters = 4 * 1024;
const maxDetailsCharacters = 32 * 1024;
const shortMessageCharacters = 300;
/** One list for all tests that left nothing. */
const noAttachments: readonly Attachment[] = [];
/** Of a text that is cut the head names the failure and the tail its cause. */
const headShare = 2 / 3;

/** A name as cases keep it. */
export function keptName(name: string): string {
  return cleanText(name, maxNameCharacters);
}

/** Cuts the middle out of a long text. */
function withoutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = Math.floor(max * headShare);
  const left = text.length - max;
  return detached(
    `${text.slice(0, head)}\n… ${counted(left, { one: 'character', other: 'characters' })} omitted …\n${text.slice(head + left)}`,
  );
}

/** True for a run that failed, or that followed one that did. */
export function hasFailed(run: TestRun): boolean {
  return isFailing(run.outcome) || run.earlierFailures.length > 0;
}

/** Runs of one test that were kept as tests, the first first, and the outcome of the last. */
export interface TestsOfOneName {
  readonly ids: readonly string[];
  readonly outcome: TestOutcome;
}

/** One test of several runs: the failure that it shows is that of the last run that failed. */
function united(last: TestCase, tests: readonly TestCase[], { ids, outcome }: TestsOfOneName): TestCase {
  const failedRuns = tests.reduce((sum, test) => sum + test.failedRuns, 0);
  const failed = tests.findLast(({ failure }) => failure !== null);
  return {
    ...last,
    id: ids[0] ?? last.id,
    outcome,
    flaky: outcome === 'passed' && failedRuns > 0,
    runs: tests.reduce((sum, test) => sum + test.runs, 0),
    failedRuns,
    failure: failed?.failure ?? null,
    failedAt: failed?.failedAt ?? null,
    attachments: isFailing(outcome) ? (failed?.attachments ?? []) : [],
  };
}

/** What a collector keeps of tests beside their outcomes. */
export interface TestCases {
  /** False when all that follows is kept without the details of its failures. */
  keepsDetails(): boolean;
  /** True where one more test that did not fail would be kept. */
  hasRoom(): boolean;
  /** Counts a test that did not fail and that the limits do not allow to keep. */
  omit(): void;
  /** Keeps a test that is seen for the first time, where the limits allow. */
  add(run: TestRun, hash: StableHash): void;
  /** A test; null when it is not kept. It must be one whose last run failed. */
  failing(id: string): FailedTest | null;
  /** Puts the outcome of another run into a test that failed before. */
  rerun(run: TestRun, id: string): void;
  /** Makes one test of each group. */
  unite(groups: readonly TestsOfOneName[]): void;
  all(): readonly TestCase[];
  omitted(): number;
}

/** The tests of a report that are kept whole, in the order of the report; those over the limits are only counted. */
export class KeptTestCases implements TestCases {
  readonly #report: string;
  readonly #find: Finders;
  readonly #limits: CaseLimits;
  #cases: TestCase[] = [];
  /** Positions of the tests whose last run failed: only those can be run again. */
  readonly #failing = new Map<string, number>();
  /** By position, the scopes of their suites. */
  readonly #scopes: string[] = [];
  /** Classes and files are the same for many tests: one string for each. */
  readonly #shared = new Map<string, string>();
  #failingKept = 0;
  #textLeft: number;
  #omitted = 0;

  constructor(report: string, limits: CaseLimits, find: Finders) {
    this.#report = report;
    this.#find = find;
    this.#limits = limits;
    this.#textLeft = limits.maxTextCharacters;
  }

  /** False when all that follows is kept without the details of its failures. */
  keepsDetails(): boolean {
    return this.#textLeft > 0;
  }

  /** True where one more test that did not fail would be kept. */
  hasRoom(): boolean {
    return this.#cases.length - this.#failingKept < this.#limits.maxCases;
  }

  /** Counts a test that did not fail and that the limits do not allow to keep. */
  omit(): void {
    this.#omitted += 1;
  }

  /** Keeps a test that is seen for the first time, where the limits allow. */
  add(run: TestRun, hash: StableHash): void {
    const failed = hasFailed(run);
    const hasRoom = failed ? this.#failingKept < this.#limits.maxFailingCases : this.hasRoom();
    if (!hasRoom) {
      this.#omitted += 1;
      return;
    }
    const kept = this.#caseOf(run, hashDigits(hash), null);
    if (failed) this.#failingKept += 1;
    if (isFailing(run.outcome)) this.#failing.set(kept.id, this.#cases.length);
    this.#scopes.push(isFailing(run.outcome) ? this.#share(keptName(run.scope)) : '');
    this.#cases.push(kept);
  }

  /** The test whose last run failed, and the scope of its suite; null when it is not kept. */
  failing(id: string): (TestCase & { readonly scope: string }) | null {
    const position = this.#failing.get(id);
    const kept = position === undefined ? undefined : this.#cases[position];
    return position === undefined || kept === undefined
      ? null
      : { ...kept, scope: this.#scopes[position] ?? '' };
  }

  /** Puts the outcome of another run into a test that failed before. */
  rerun(run: TestRun, id: string): void {
    const position = this.#failing.get(id);
    const before = position === undefined ? undefined : this.#cases[position];
    if (position === undefined || before === undefined) return;
    this.#cases[position] = this.#caseOf(run, id, before);
    if (!isFailing(run.outcome)) this.#failing.delete(id);
  }

  /** Makes one test of each group. */
  unite(groups: readonly TestsOfOneName[]): void {
    const groupOf = new Map(groups.flatMap((group) => group.ids.map((id) => [id, group] as const)));
    const testsOf = new Map<TestsOfOneName, TestCase[]>(groups.map((group) => [group, []]));
    const groupOfTest = (test: TestCase): TestsOfOneName | null => groupOf.get(test.id) ?? null;
    for (const test of this.#cases) {
      const group = groupOfTest(test);
      if (group !== null) testsOf.get(group)?.push(test);
    }
    this.#cases = this.#cases.flatMap((test) => {
      const group = groupOfTest(test);
      if (group === null) return [test];
      const tests = testsOf.get(group) ?? [];
      // In the place of the first, with the names and the time of the last.
      return tests[0] === test ? [united(tests.at(-1) ?? test, tests, group)] : [];
    });
  }

  all(): readonly TestCase[] {
    return this.#cases;
  }

  omitted(): number {
    return this.#omitted;
  }

  #caseOf(run: TestRun, id: string, before: TestCase | null): TestCase {
    const runs = 1 + run.earlierFailures.length;
    const failedRuns = (before?.failedRuns ?? 0) + runs - (isFailing(run.outcome) ? 0 : 1);
    const { failure, failedAt } = this.#whyOf(run, before);
    // Every field by name: a spread of some of them costs ten times as much.
    return {
      failure,
      failedAt,
      id,
      suite: keptName(run.suite),
      className: this.#share(keptName(run.className)),
      name: keptName(run.name),
      file: run.file === null ? null : this.#share(keptName(run.file)),
      line: run.line,
      outcome: run.outcome,
      flaky: run.outcome === 'passed' && failedRuns > 0,
      runs: runs + (before?.runs ?? 0),
      failedRuns,
      durationSeconds: run.durationSeconds,
      attachments: this.#attachmentsOf(run),
      report: this.#report,
    };
  }

  /** What the last run that failed says, which is the one before where this one does not. */
  #whyOf(run: TestRun, before: TestCase | null): Pick<TestCase, 'failure' | 'failedAt'> {
    const failure = this.#failureOf(run);
    if (failure === null) return { failure: before?.failure ?? null, failedAt: before?.failedAt ?? null };
    return { failure, failedAt: this.#failedAt(run, failure) };
  }

  #failedAt(run: TestRun, failure: TestFailure): FailedAt | null {
    if (!hasFailed(run)) return null;
    const at = this.#find.findPlace(run, failure);
    return at === null ? null : { path: this.#share(keptName(at.path)), line: at.line };
  }

  #attachmentsOf(run: TestRun): readonly Attachment[] {
    const found = isFailing(run.outcome) ? this.#find.findAttachments(run) : noAttachments;
    return found.length === 0 ? noAttachments : found;
  }

  #share(name: string): string {
    const known = this.#shared.get(name);
    if (known !== undefined) return known;
    this.#shared.set(name, name);
    return name;
  }

  #failureOf(run: TestRun): TestFailure | null {
    const failure = run.failure ?? run.earlierFailures.at(-1) ?? null;
    if (failure === null) return null;
    const scarce = this.#textLeft <= 0;
    const message = cleanText(failure.message, scarce ? shortMessageCharacters : maxMessageCharacters);
    const details = scarce
      ? ''
      : withoutMiddle(cleanBlock(failure.details, 4 * maxDetailsCharacters), maxDetailsCharacters);
    this.#textLeft -= message.length + details.length;
    return {
      type: failure.type === null ? null : keptName(failure.type),
      message,
      details,
    };
  }
}
