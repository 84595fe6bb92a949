import type { ReadReport } from '../../src/model/report.ts';
import { durationCodeAt, eachSlot, idAt, outcomeAt } from '../../src/model/test-index.ts';
import type { TestCase, TestsReport, TestTotals } from '../../src/model/tests.ts';
import { createPathResolver } from '../../src/reports/collect/source-paths.ts';
import { readReport } from '../../src/reports/read.ts';
import { mask } from '../mask.ts';

/** One test in a fixture's `.expected.json`; what is usual is left out. */
export interface CaseSummary {
  /** `suite | class | name` */
  readonly test: string;
  readonly outcome: string;
  readonly flaky?: true;
  /** `3, 2 failed`; left out for the single run of a test. */
  readonly runs?: string;
  readonly seconds?: number;
  /** `path:line` */
  readonly at?: string;
  /** Where it failed: `path:line`. */
  readonly failedAt?: string;
  readonly type?: string;
  readonly message?: string;
  readonly details?: string;
  readonly attachments?: readonly string[];
}

export interface TestsSummary {
  readonly totals: TestTotals;
  readonly cases: readonly CaseSummary[];
}

function ofCase(test: TestCase): CaseSummary {
  const { failure, runs, failedRuns, durationSeconds, file, line } = test;
  return {
    test: [test.suite, test.className, test.name].join(' | '),
    outcome: test.outcome,
    ...(test.flaky ? { flaky: true } : {}),
    ...(runs === 1 ? {} : { runs: `${runs}, ${failedRuns} failed` }),
    ...(durationSeconds === null ? {} : { seconds: durationSeconds }),
    ...(file === null && line === null ? {} : { at: `${file ?? ''}:${line ?? ''}` }),
    ...(test.failedAt === null ? {} : { failedAt: `${test.failedAt.path}:${test.failedAt.line}` }),
    ...(typeof failure?.type === 'string' ? { type: failure.type } : {}),
    ...(failure === null ? {} : { message: failure.message }),
    ...(failure === null || failure.details === '' ? {} : { details: failure.details }),
    ...(test.attachments.length === 0 ? {} : { attachments: test.attachments.map(({ path }) => path) }),
  };
}

/** Writes a report short enough to compare as a whole. */
export function testsSummaryOf({ totals, cases }: TestsReport): TestsSummary {
  return { totals, cases: cases.map(ofCase) };
}

/** A report with its index as a sorted list: where a test is in the index depends on how the bytes came. */
export function withListedIndex(report: ReadReport['report']): unknown {
  if (report?.kind !== 'tests') return report;
  const { index } = report;
  const listed: string[] = [];
  eachSlot(index, (slot) => {
    listed.push(`${idAt(index, slot)} ${outcomeAt(index, slot)} ${durationCodeAt(index, slot)}`);
  });
  return { ...report, index: listed.sort() };
}

/** Cuts bytes into pieces of one size, as a file that is read in pieces. */
export async function* inPieces(bytes: Uint8Array, pieceBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes)
    yield await Promise.resolve(bytes.subarray(at, at + pieceBytes));
}

/** Reads bytes as a report file, in pieces, with the checkout in /builds/shop/web. */
export function readInPieces(path: string, bytes: Uint8Array, pieceBytes?: number): Promise<ReadReport> {
  const resolvePath = createPathResolver({ projectDirectory: '/builds/shop/web', knownFiles: null });
  return readReport(
    { path, sizeBytes: bytes.length, chunks: inPieces(bytes, pieceBytes) },
    { resolvePath, mask },
  );
}

/** Reads a text as a report file. */
export function readText(text: string, path = 'report'): Promise<ReadReport> {
  return readInPieces(path, Buffer.from(text));
}

/** The report, where a test knows that it is one of tests. */
export function testsOf({ report, error }: ReadReport): TestsReport {
  if (report?.kind !== 'tests') throw new Error(`no report of tests: ${error ?? report?.kind ?? ''}`);
  return report;
}
