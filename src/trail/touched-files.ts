import type { Diff } from '../model/diff.ts';
import type { EarlierRun, EarlierTests } from '../model/earlier-run.ts';
import type { KeyedIssue } from '../model/facts.ts';
import { type FlakyMarks, findFlakyMark, testLabel } from '../model/flaky-mark.ts';
import { findTest } from '../model/test-index.ts';
import { isFailing, type TestCase, type TestsReport, type TestTotals } from '../model/tests.ts';
import {
  type FileOwners,
  type KnownProblem,
  type OpenIncident,
  type TouchedFile,
  type TouchedFiles,
  touchedLimits,
} from '../model/touched-files.ts';
import { changedFileFinder } from './changed-file.ts';
import { testIssueKeys } from './failing-tests.ts';
import { placesInStack } from './frames/stack-places.ts';
import { linkedFiles } from './linked-files.ts';

/** To find the files of more of them could take long. */
const maxProblems = 1_000;
const maxPaths = 1_000;

export interface Known {
  readonly tests: TestsReport | null;
  readonly earlier: EarlierRun | null;
  /** Null where they were not asked for. */
  readonly marks: FlakyMarks | null;
  /** The bot's own issues; empty where they were not asked for. */
  readonly issues: readonly KeyedIssue[];
}

/** A test with what is known of it. */
export interface PlacedProblem {
  readonly test: TestCase;
  readonly problem: KnownProblem;
}

function incidentOf({ iid, url, title = '' }: KeyedIssue): OpenIncident {
  return { iid, url, title };
}

/** What is confidential is not named where others read. */
function openIssues(issues: readonly KeyedIssue[]): readonly KeyedIssue[] {
  return issues.filter(({ state, confidential }) => state === 'opened' && !confidential);
}

function issuesByTest(issues: readonly KeyedIssue[]): ReadonlyMap<string, OpenIncident> {
  return new Map(
    openIssues(issues).flatMap((issue) =>
      issue.key.startsWith(testIssueKeys)
        ? [[issue.key.slice(testIssueKeys.length), incidentOf(issue)] as const]
        : [],
    ),
  );
}

function failures({ failed, errored }: TestTotals): number {
  return failed + errored;
}

/** Whether a problem of any test can be known: else a million tests are not looked at one by one. */
function saysAnything({ tests, earlier, marks }: Known, issues: ReadonlyMap<string, unknown>): boolean {
  const before = earlier?.tests ?? null;
  const saidBefore = before === null ? 0 : failures(before.totals) + (before.history?.records.size ?? 0);
  const saidNow = (tests?.totals.flaky ?? 0) + (marks?.byKey.size ?? 0) + issues.size;
  return saidBefore + saidNow > 0;
}

/** What an earlier run says of a test. */
function earlierOf(
  { id }: TestCase,
  before: EarlierTests | null,
): Pick<KnownProblem, 'failsOnTarget' | 'record'> {
  if (before === null) return { failsOnTarget: false, record: null };
  const outcome = findTest(before.index, id);
  const record = before.recordOf(id);
  return {
    failsOnTarget: outcome !== null && isFailing(outcome),
    record: record !== null && record.runs > 0 ? record : null,
  };
}

function problemOf(
  test: TestCase,
  { earlier, marks }: Known,
  issues: ReadonlyMap<string, OpenIncident>,
): KnownProblem | null {
  const before = earlierOf(test, earlier?.tests ?? null);
  const flaky = test.flaky || before.record?.flaky === true;
  const mark = marks === null ? null : findFlakyMark(test, marks);
  const issue = issues.get(test.id) ?? null;
  const isKnown = before.failsOnTarget || flaky || mark !== null || issue !== null;
  return isKnown ? { label: testLabel(test), ...before, flaky, mark, issue } : null;
}

/** The tests of this run that failed before it or are known to come and go, by what earlier runs and people say. */
export function knownProblems(known: Known): readonly PlacedProblem[] {
  const issues = issuesByTest(known.issues);
  if (known.tests === null || !saysAnything(known, issues)) return [];
  const problems: PlacedProblem[] = [];
  for (const test of known.tests.cases) {
    const problem = problemOf(test, known, issues);
    if (problem !== null) problems.push({ test, problem });
    if (problems.length === maxProblems) break;
  }
  return problems;
}

/** Whether it is known of such a test where it is. */
export function hasPlace({ test: { file, failedAt, failure } }: PlacedProblem): boolean {
  return file !== null || failedAt !== null || (failure?.details ?? '') !== '';
}

/** The changed files that a test is in, or that its stack leads through. */
function filesOf(
  { file, failedAt, failure }: TestCase,
  find: (path: string) => string | null,
): readonly string[] {
  const named = [
    file,
    failedAt?.path ?? null,
    ...placesInStack(failure?.details ?? '').map(({ path }) => path),
  ];
  return [...new Set(named.flatMap((path) => (path === null ? [] : (find(path) ?? []))))];
}

function changedLines({ hunks }: Diff['files'][number]): number {
  return hunks.reduce((sum, { lines }) => sum + lines.replaceAll(' ', '').length, 0);
}

function weightOf({ tests, incidents }: TouchedFile): number {
  return tests.length + incidents.length;
}

export interface Touched extends Known {
  readonly diff: Diff;
  readonly projectUrl: string;
  /** Owners of a changed file that have to look at it; empty where nobody asked for them. */
  readonly ownersOf: (path: string) => readonly FileOwners[];
  /** Whether files are shown of which only the owners are known. */
  readonly ownersAlone: boolean;
}

function filesWithProblems({
  diff,
  issues,
  projectUrl,
  ownersOf,
  ...known
}: Touched): readonly TouchedFile[] {
  const changed = diff.files.filter(({ change }) => change !== 'deleted').slice(0, maxPaths);
  const paths = changed.map(({ newPath }) => newPath);
  const find = changedFileFinder(paths);
  const files = new Map<string, { readonly tests: KnownProblem[]; readonly incidents: OpenIncident[] }>(
    paths.map((path) => [path, { tests: [], incidents: [] }]),
  );
  for (const { test, problem } of knownProblems({ ...known, issues }))
    for (const path of filesOf(test, find)) files.get(path)?.tests.push(problem);
  for (const issue of openIssues(issues))
    if (!issue.key.startsWith(testIssueKeys))
      for (const path of linkedFiles(issue.description, projectUrl))
        files.get(path)?.incidents.push(incidentOf(issue));
  return [...files].map(([path, found]) => ({ path, ...found, owners: ownersOf(path) }));
}

/** As many files as the limits allow; one is always shown. */
function withinLimits(files: readonly TouchedFile[], diff: Diff): readonly TouchedFile[] {
  const lines = new Map(diff.files.map((file) => [file.newPath, changedLines(file)]));
  const shown: TouchedFile[] = [];
  let sum = 0;
  for (const file of files.slice(0, touchedLimits.files)) {
    sum += lines.get(file.path) ?? 0;
    if (shown.length > 0 && sum > touchedLimits.lines) break;
    shown.push(file);
  }
  return shown;
}

/**
 * What is known of the files that a merge request changes: tests that fail on the target branch or are flaky, open
 * incidents that link a file, and its owners. Null where nothing is known.
 */
export function touchedFiles(touched: Touched): TouchedFiles | null {
  const { diff, ownersAlone, earlier } = touched;
  const known = filesWithProblems(touched)
    .filter((file) => weightOf(file) > 0 || (ownersAlone && file.owners.length > 0))
    .toSorted((a, b) => weightOf(b) - weightOf(a));
  if (known.length === 0) return null;
  const files = withinLimits(known, diff);
  return { ref: earlier?.ref ?? null, files, omitted: known.length - files.length, complete: diff.complete };
}
