import { isFailing, type TestCase, type TestsReport } from '../../model/tests.ts';

/** A report of tests, and the format that its file was read as. */
export interface FormattedTests {
  readonly path: string;
  readonly format: string;
  readonly report: TestsReport;
}

/** A report with the run of another one. */
export interface Twin {
  readonly path: string;
  readonly of: string;
}

/** More pairs than this nobody writes on purpose: they are not looked at. */
const maxPairs = 10_000;
/** One test of a common name is not enough. */
const fewestTests = 2;
/** Without durations only names speak: three of them at least. */
const fewestWithoutDurations = 3;
/** The share of the larger report's tests that the other one must have: some formats skip what was skipped. */
const shareOfLarger = 0.8;
/** Formats round: to milliseconds, to hundredths of a second. */
const secondsApart = 0.011;
const shareApart = 0.02;
const shareOfDurations = 0.9;

function words(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(' ') ?? ''
  );
}

/** A file that did not load is named by its path, from here or from the root. */
function plainName(name: string): string {
  const isFile = /[\\/][^\\/\s]+\.\w{1,5}$/.test(name);
  return words(isFile ? (name.split(/[\\/]/).at(-1) ?? name) : name);
}

function joined(above: string, name: string): string {
  const [first, last] = [words(above), plainName(name)];
  return first === '' || last.startsWith(first) ? last : `${first} ${last}`;
}

/** Formats put what is above a test into its name, its suite or its class. */
const namings: readonly ((test: TestCase) => string)[] = [
  ({ name }) => plainName(name),
  ({ suite, name }) => joined(suite, name),
  ({ className, name }) => joined(className, name),
];

type ByName = ReadonlyMap<string, readonly TestCase[]>;

function byName(cases: readonly TestCase[], naming: (test: TestCase) => string): ByName {
  const found = new Map<string, TestCase[]>();
  for (const test of cases) {
    const name = naming(test);
    const namesakes = found.get(name);
    if (namesakes === undefined) found.set(name, [test]);
    else namesakes.push(test);
  }
  return found;
}

/** True when a test of one report says no more than that of the other: no failure and no retry of it is lost. */
function isTold(test: TestCase, other: TestCase): boolean {
  return isFailing(test.outcome) === isFailing(other.outcome) && (!test.flaky || other.flaky);
}

/** The test of the other report for each of this one; null when one of them has none. */
function pairsOf(cases: readonly TestCase[], others: ByName, naming: (test: TestCase) => string) {
  const left = new Map([...others].map(([name, tests]) => [name, [...tests]]));
  const pairs: (readonly [TestCase, TestCase])[] = [];
  for (const test of cases) {
    const namesakes = left.get(naming(test)) ?? [];
    const at = namesakes.findIndex((other) => isTold(test, other));
    const [other] = at < 0 ? [] : namesakes.splice(at, 1);
    if (other === undefined) return null;
    pairs.push([test, other]);
  }
  return pairs;
}

/** True when tests took as long in both: two runs of the same tests do not. */
function tookAsLong(pairs: readonly (readonly [TestCase, TestCase])[]): boolean {
  // Of a test that ran again, formats give the time of its first run, of its last, or of all.
  const once = pairs.filter(([{ runs }, other]) => runs === 1 && other.runs === 1);
  const timed = once.flatMap(([{ durationSeconds: one }, { durationSeconds: other }]) =>
    one === null || other === null ? [] : [{ one, other }],
  );
  if (timed.length === 0) return pairs.length >= fewestWithoutDurations;
  const alike = timed.filter(
    ({ one, other }) => Math.abs(one - other) <= Math.max(secondsApart, shareApart * Math.max(one, other)),
  );
  return alike.length >= shareOfDurations * timed.length;
}

/** True when a report holds nothing but what the other one has, of the same run. */
function isTwinOf(report: TestsReport, other: TestsReport): boolean {
  const [size, otherSize] = [report.cases.length, other.cases.length];
  if (report.omittedCases > 0 || other.omittedCases > 0 || size < fewestTests) return false;
  if (size > otherSize || size < shareOfLarger * otherSize) return false;
  return namings.some((naming) =>
    namings.some((otherNaming) => {
      const pairs = pairsOf(report.cases, byName(other.cases, otherNaming), naming);
      return pairs !== null && tookAsLong(pairs);
    }),
  );
}

/** How much a report says about where its tests failed: of two that are alike, the one that says more counts. */
function places({ cases }: TestsReport): number {
  return cases.filter(({ failedAt, file }) => failedAt !== null || file !== null).length;
}

/** By format, the reports of all others: thousands of files of one format are never held against each other. */
function ofOtherFormats(reports: readonly FormattedTests[]): ReadonlyMap<string, readonly FormattedTests[]> {
  const formats = new Set(reports.map(({ format }) => format));
  return new Map(
    [...formats].map((format) => [format, reports.filter((report) => report.format !== format)]),
  );
}

/**
 * Finds reports of a run that another file has in another format: every test of the report is in the other
 * one under the same name, no outcome of it is worse, and it took as long. Such a report adds nothing but a second
 * count.
 */
export function findTwins(reports: readonly FormattedTests[]): readonly Twin[] {
  const candidates = reports.toSorted((a, b) => places(b.report) - places(a.report));
  const twins: Twin[] = [];
  const gone = new Set<FormattedTests>();
  let looks = 0;
  const others = ofOtherFormats(candidates);
  for (const kept of candidates) {
    for (const other of others.get(kept.format) ?? []) {
      if (gone.has(kept) || gone.has(other)) continue;
      looks += 1;
      if (looks > maxPairs) return twins;
      if (!isTwinOf(other.report, kept.report)) continue;
      gone.add(other);
      twins.push({ path: other.path, of: kept.path });
    }
  }
  return twins;
}
