import type { History, HistoryPlace } from '../../../gitlab/ports/history.ts';
import type { Span } from '../../../model/digest.ts';
import type {
  HistoryMergeRequest,
  Instant,
  MergeRequestDetails,
  MergeRequestEvent,
  PartRead,
} from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { evenSample, sharedOut } from './even-sample.ts';
import { type Reading, wholeFrom } from './part-read.ts';
import { type Ending, readPages } from './read-pages.ts';

/** The details of one cost so many requests: its notes and its commits. */
const requestsEach = 2;

/** So many of a period are enough for medians. */
const maxOfPeriod = 60;

/** 500 notes or commits. */
const maxPages = 5;

/** How many are read side by side. */
const lanes = 4;

export interface DetailsReading {
  readonly gitlab: Pick<History, 'fetchMergeRequestEventPages' | 'fetchMergeRequestCommitPages'>;
  readonly of: HistoryPlace;
  readonly mergeRequests: readonly HistoryMergeRequest[];
  /** The period and the one before. */
  readonly spans: readonly Span[];
  /** What they may cost. */
  readonly requests: number;
}

export interface ReadDetails {
  readonly byIid: ReadonlyMap<number, MergeRequestDetails>;
  readonly read: PartRead;
}

function isMergedIn({ mergedAt }: HistoryMergeRequest, { from, until }: Span): boolean {
  return mergedAt !== null && mergedAt >= from && mergedAt < until;
}

/** Those to ask for: evenly over each period, where all would cost too much. */
function chosen({ mergeRequests, spans, requests }: DetailsReading): readonly HistoryMergeRequest[] {
  const groups = spans.map((span) => {
    const merged = mergeRequests
      .filter((mr) => isMergedIn(mr, span))
      .sort((a, b) => (a.mergedAt ?? 0) - (b.mergedAt ?? 0) || a.iid - b.iid);
    const open = merged.filter(({ details }) => details === null);
    const want = Math.max(0, Math.min(merged.length, maxOfPeriod) - (merged.length - open.length));
    return { open, want };
  });
  const shares = sharedOut(
    Math.floor(requests / requestsEach),
    groups.map(({ want }) => want),
  );
  return groups.flatMap(({ open }, index) => evenSample(open, shares[index] ?? 0));
}

/** The details of one; a gap in words where they are not whole. */
async function readOne(
  { gitlab, of }: DetailsReading,
  iid: number,
  allowance: Allowance,
): Promise<MergeRequestDetails | { readonly gap: string }> {
  const events: MergeRequestEvent[] = [];
  const authored: Instant[] = [];
  let [notePages, commitPages] = [0, 0];
  const enough = (pages: number): 'more' | 'enough' => (pages >= maxPages ? 'enough' : 'more');
  const notes = readPages(gitlab.fetchMergeRequestEventPages(of, iid), allowance, ({ rows }) => {
    events.push(...rows);
    notePages += 1;
    return enough(notePages);
  });
  const commits = readPages(gitlab.fetchMergeRequestCommitPages(of, iid), allowance, ({ rows }) => {
    authored.push(...rows.map(({ authoredAt }) => authoredAt));
    commitPages += 1;
    return enough(commitPages);
  });
  const endings: readonly Ending[] = await Promise.all([notes, commits]);
  for (const ending of endings) if (ending.kind !== 'whole') return { gap: ending.gap };
  const firstCommitAt = authored.length === 0 ? null : authored.reduce((a, b) => Math.min(a, b));
  return { firstCommitAt, commits: authored.length, events: events.sort((a, b) => a.at - b.at) };
}

/** How many of the merged ones of a period have their details. */
function gapIn(
  { mergeRequests, spans }: DetailsReading,
  byIid: ReadonlyMap<number, MergeRequestDetails>,
  reason: string | null,
): string | null {
  const merged = mergeRequests.filter((mr) => spans.some((span) => isMergedIn(mr, span)));
  const known = merged.filter(({ iid, details }) => details !== null || byIid.has(iid)).length;
  if (known === merged.length) return null;
  const why = reason === null ? '' : `: ${reason}`;
  return `the details of ${known} of ${merged.length} merged merge requests were read, chosen evenly${why}`;
}

/** Reads the details of the chosen merge requests. What some of them lack costs only those. */
export async function readDetails(
  wish: DetailsReading,
  reading: Reading,
  allowance: Allowance,
): Promise<ReadDetails> {
  const byIid = new Map<number, MergeRequestDetails>();
  const waiting = [...chosen(wish)];
  let reason: string | null = null;
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const one = await readOne(wish, next.iid, allowance);
      if ('gap' in one) reason = one.gap;
      else byIid.set(next.iid, one);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const gap = gapIn(wish, byIid, reason);
  const usable = gap === null || byIid.size > 0 || wish.mergeRequests.some(({ details }) => details !== null);
  return { byIid, read: { ...wholeFrom(reading.window.from, reading), gap, usable } };
}
