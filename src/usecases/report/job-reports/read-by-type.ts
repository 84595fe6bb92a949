import { GitLabError, GitLabUnreachableError } from '../../../errors.ts';
import type { ReportAnswer } from '../../../gitlab/ports/job-reports.ts';
import type { UnexplainedSign } from '../../../model/evidence.ts';
import type { ReadReport } from '../../../model/report.ts';
import type { Budget } from './budget.ts';
import { type Asking, addressOf, gapOf, type Handed, reasonOf } from './handed.ts';
import type { ReportReader } from './report-reader.ts';

export interface ByTypeOptions extends Asking {
  readonly reader: ReportReader;
  readonly budget: Budget;
}

export interface ByType {
  readonly reads: readonly ReadReport[];
  readonly gaps: readonly UnexplainedSign[];
  /** What this GitLab, being older than 19.4, does not give by type. */
  readonly left: readonly Handed[];
}

/** Downloads that are under way while one report is read. */
const maxAhead = 3;

type Fetched =
  | { readonly answer: ReportAnswer }
  | { readonly error: GitLabError }
  | { readonly unasked: string };

/** True where the next question has no other answer. */
export function isForAll(error: GitLabError): boolean {
  return error instanceof GitLabUnreachableError || error.status === 401;
}

const tooLarge = 'it is larger than the limit for reports by API';
const reasons = {
  absent: 'GitLab lists it and does not have it any more: it expired or was deleted',
  archive: 'it is a zip file, not a report',
  'too-large': tooLarge,
} as const;

/** Asks for one report after another, and stops where there is no use in asking. */
function createFetch({ gitlab, budget, troubles }: ByTypeOptions) {
  let stopped: string | null = null;
  return async (handed: Handed): Promise<Fetched> => {
    const room = budget.room();
    if (stopped !== null) return { unasked: stopped };
    const { sizeBytes } = handed.report;
    if (room === 0 || sizeBytes > room) return { unasked: tooLarge };
    // Taken before it comes, since others come at the same time.
    budget.spend(sizeBytes);
    try {
      const answer = await gitlab.fetchReport(addressOf(handed), handed.type, room);
      if (answer.kind === 'report') budget.spend(answer.bytes.byteLength - sizeBytes);
      return { answer };
    } catch (error) {
      if (!(error instanceof GitLabError)) throw error;
      troubles.lack('job-reports', error, `the report ${handed.type} of the job ${handed.job.name}`);
      if (isForAll(error)) stopped = reasonOf(error);
      return { error };
    }
  };
}

/** What `start` gives for each item in order, a few of them ahead. */
async function* ahead<T, R>(
  items: readonly T[],
  start: (item: T) => Promise<R>,
): AsyncGenerator<readonly [T, R]> {
  const waiting: { readonly item: T; readonly result: Promise<R> }[] = [];
  for (const item of items) {
    const result = start(item);
    // What fails before its turn is thrown in its turn.
    result.catch(() => undefined);
    waiting.push({ item, result });
    const next = waiting.length > maxAhead ? waiting.shift() : undefined;
    if (next !== undefined) yield [next.item, await next.result];
  }
  for (const { item, result } of waiting) yield [item, await result];
}

function gapIn(handed: Handed, fetched: Fetched): UnexplainedSign | null {
  if ('unasked' in fetched) return gapOf(handed, 'unreadable', fetched.unasked);
  if ('error' in fetched) return gapOf(handed, 'unreadable', reasonOf(fetched.error));
  const { kind } = fetched.answer;
  return kind === 'report'
    ? null
    : gapOf(handed, kind === 'absent' ? 'missing' : 'unreadable', reasons[kind]);
}

type Support = 'by-type' | 'older' | 'unknown';

/** A report proves that GitLab gives reports by type; where none comes, one more request says whether it does. */
async function supportOf(
  handed: Handed,
  fetched: Fetched,
  { gitlab, troubles }: ByTypeOptions,
): Promise<Support> {
  if (!('answer' in fetched) || fetched.answer.kind === 'too-large') return 'unknown';
  if (fetched.answer.kind === 'report') return 'by-type';
  try {
    return (await gitlab.givesReports(addressOf(handed))) ? 'by-type' : 'older';
  } catch (error) {
    if (!(error instanceof GitLabError)) throw error;
    troubles.lack('job-reports', error, 'whether GitLab gives reports by type');
    return 'unknown';
  }
}

/**
 * The reports by their type, one request each and one more where the first does not come. An older GitLab gives none
 * of them: all are left.
 */
export async function readByType(handed: readonly Handed[], options: ByTypeOptions): Promise<ByType> {
  const reads: ReadReport[] = [];
  const gaps: UnexplainedSign[] = [];
  const fetchOne = createFetch(options);
  const take = async (one: Handed, fetched: Fetched): Promise<void> => {
    if ('answer' in fetched && fetched.answer.kind === 'report') {
      const { bytes } = fetched.answer;
      reads.push(...(await options.reader.read({ handed: one, path: nameOf(one), bytes })));
    }
    const gap = gapIn(one, fetched);
    if (gap !== null) gaps.push(gap);
  };
  const waiting = [...handed];
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    const fetched = await fetchOne(one);
    const support = await supportOf(one, fetched, options);
    if (support === 'older') return { reads, gaps, left: [one, ...waiting] };
    await take(one, fetched);
    if (support === 'by-type') break;
  }
  for await (const [one, fetched] of ahead(waiting, fetchOne)) await take(one, fetched);
  return { reads, gaps, left: [] };
}

function nameOf({ report, type }: Handed): string {
  return report.fileName === '' ? type : report.fileName;
}
