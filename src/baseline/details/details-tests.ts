import * as z from 'zod';
import type { EarlierTests } from '../../model/earlier-run.ts';
import { copyOfTestIndex, halvesOf } from '../../model/test-index.ts';
import type { TestCase, TestFailure, TestIndex, TestOutcome, TestsReport } from '../../model/tests.ts';
import { type ByteSpace, cutText } from '../byte-space.ts';
import { createWords, type Words } from './words.ts';

const count = z.int().nonnegative();
const maxCases = 100_000;
const limits = { word: 1_000, message: 4_100, details: 8_000, seconds: 1e9, path: 400 } as const;
/** Of a stack that is cut the head names the failure and the tail its cause. */
const headShare = 2 / 3;
const outcomes = ['passed', 'failed', 'errored', 'skipped'] as const satisfies readonly TestOutcome[];

const word = count.meta({ description: 'Position in `words`.' });

const caseSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  names: z.tuple([word, word, z.string().max(limits.word)]).meta({ description: 'Suite, class, name.' }),
  place: z.tuple([word, z.int().nonnegative().nullable()]).nullable().meta({ description: 'File and line.' }),
  failedAt: z
    .tuple([word, z.int().nonnegative()])
    .nullable()
    .default(null)
    .meta({ description: 'File and line where it failed, when they are known.' }),
  outcome: z.enum(outcomes),
  runs: z.tuple([count, count]).meta({ description: 'How often it ran, and how often it failed.' }),
  flaky: z.boolean(),
  seconds: z.number().nonnegative().max(limits.seconds).nullable(),
  report: word,
  failure: z
    .object({
      type: z.string().max(limits.word).nullable(),
      message: z.string().max(limits.message),
      details: z.string().max(limits.details),
    })
    .nullable(),
  attachments: z
    .array(z.tuple([z.string().max(limits.path), count.nullable()]))
    .max(5)
    .optional()
    .meta({
      description: 'Files that it left: path, and the job whose artifacts hold it where that is known.',
    }),
});

export const detailsTestsSchema = z.object({
  words: z
    .array(z.string().max(limits.word))
    .max(2 * maxCases)
    .meta({ description: 'Suites, classes, files and reports, each once.' }),
  cases: z.array(caseSchema).max(maxCases),
  omitted: count.meta({ description: 'Tests that were cut from the report, or had no room here.' }),
  runs: count
    .nullable()
    .default(null)
    .meta({ description: 'How often tests ran: once in each job of a matrix.' }),
  likelyReruns: count
    .default(0)
    .meta({ description: 'Failing tests that a passing one of the same name follows.' }),
});

type DetailsTests = z.infer<typeof detailsTestsSchema>;
type KeptCase = DetailsTests['cases'][number];

/** Cuts the middle out of a long stack. */
function withoutMiddle(text: string): string {
  if (text.length <= limits.details) return text;
  const mark = '\n…\n';
  const head = Math.floor((limits.details - mark.length) * headShare);
  return text.slice(0, head) + mark + text.slice(head + mark.length - limits.details);
}

function keptFailure(failure: TestFailure | null): KeptCase['failure'] {
  if (failure === null) return null;
  const { type, message, details } = failure;
  return {
    type: type === null ? null : cutText(type, limits.word),
    message: cutText(message, limits.message),
    details: withoutMiddle(details),
  };
}

function isSane(line: number): boolean {
  return Number.isSafeInteger(line) && line >= 0;
}

function keptCase(test: TestCase, words: Words): KeptCase {
  const { id, suite, className, name, file, line, failedAt, outcome, flaky, runs, failedRuns } = test;
  return {
    id,
    names: [words.positionOf(suite), words.positionOf(className), cutText(name, limits.word)],
    place: file === null ? null : [words.positionOf(file), line !== null && isSane(line) ? line : null],
    failedAt:
      failedAt === null || !isSane(failedAt.line) ? null : [words.positionOf(failedAt.path), failedAt.line],
    outcome,
    runs: [runs, failedRuns],
    flaky,
    seconds: test.durationSeconds === null ? null : Math.min(test.durationSeconds, limits.seconds),
    report: words.positionOf(test.report),
    failure: keptFailure(test.failure),
    ...(test.attachments.length === 0
      ? {}
      : { attachments: test.attachments.map(({ path, jobId }): [string, number | null] => [path, jobId]) }),
  };
}

/** What calls for action before what only has a name. */
function weightOf({ outcome, failure, flaky }: TestCase): number {
  if (outcome === 'failed' || outcome === 'errored') return 0;
  return flaky ? 1 : failure !== null ? 2 : 3;
}

/** The tests with all they say, those that failed first where there is no room for all; in the order of the report. */
export function detailsTestsOf(tests: TestsReport, space: ByteSpace): DetailsTests {
  const { cases, omittedCases, runs, likelyReruns } = tests;
  const words = createWords(space, limits.word);
  const kept = new Map<TestCase, KeptCase>();
  for (const test of cases.toSorted((a, b) => weightOf(a) - weightOf(b))) {
    if (kept.size >= maxCases) break;
    const one = words.ifRoom(() => keptCase(test, words));
    if (one !== null && space.take(one)) kept.set(test, one);
  }
  const inReport = cases.flatMap((test) => kept.get(test) ?? []);
  const omitted = omittedCases + cases.length - inReport.length;
  return { words: words.all(), cases: inReport, omitted, runs, likelyReruns };
}

function testCaseOf(kept: KeptCase, words: readonly string[]): TestCase {
  const [suite, className, name] = kept.names;
  const wordAt = (position: number): string => words[position] ?? '';
  return {
    id: kept.id,
    suite: wordAt(suite),
    className: wordAt(className),
    name,
    file: kept.place === null ? null : wordAt(kept.place[0]),
    line: kept.place?.[1] ?? null,
    failedAt: kept.failedAt === null ? null : { path: wordAt(kept.failedAt[0]), line: kept.failedAt[1] },
    outcome: kept.outcome,
    flaky: kept.flaky,
    runs: kept.runs[0],
    failedRuns: kept.runs[1],
    durationSeconds: kept.seconds,
    failure: kept.failure,
    attachments: (kept.attachments ?? []).map(([path, jobId]) => ({ path, jobId })),
    report: wordAt(kept.report),
  };
}

/** The index with the durations that this run measured; the columns hold those that are usual. */
function withDurations(index: TestIndex, cases: readonly KeptCase[]): TestIndex {
  const copy = copyOfTestIndex(index);
  for (const { id, seconds } of cases) {
    const halves = halvesOf(id);
    const outcome = halves === null ? null : copy.outcomeOf(halves.high, halves.low);
    if (halves !== null && outcome !== null)
      copy.set(halves.high, halves.low, { outcome, durationSeconds: seconds });
  }
  return copy.finish();
}

/** Tests by outcome as often as the totals say at most, each once, and never more than there are. */
function fits(cases: readonly KeptCase[], { totals, index }: EarlierTests): boolean {
  const isOnce = new Set(cases.map(({ id }) => id)).size === cases.length;
  const isWithin = outcomes.every(
    (outcome) => cases.filter((test) => test.outcome === outcome).length <= totals[outcome],
  );
  const { passed, failed, errored, skipped, total } = totals;
  return isOnce && isWithin && passed + failed + errored + skipped === total && index.size <= total;
}

/** Reads the part beside the columns; null when they contradict each other. */
export function readDetailsTests(details: DetailsTests, columns: EarlierTests): TestsReport | null {
  const { cases, words, omitted, runs, likelyReruns } = details;
  if (!fits(cases, columns)) return null;
  return {
    kind: 'tests',
    totals: columns.totals,
    cases: cases.map((kept) => testCaseOf(kept, words)),
    omittedCases: omitted,
    index: withDurations(columns.index, cases),
    runs: Math.max(runs ?? 0, columns.totals.total),
    likelyReruns: Math.min(likelyReruns, columns.totals.failed + columns.totals.errored),
  };
}
