import type { History } from '../../../gitlab/ports/history.ts';
import type { Span } from '../../../model/digest.ts';
import type {
  HistoryCommit,
  HistoryMergeRequest,
  Instant,
  MergeRequestDetails,
  MergeRequestEvent,
  PartRead,
} from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { branchCommits } from './branch-commits.ts';
import { evenSample, sharedOut } from './even-sample.ts';
import { type Reading, wholeFrom } from './part-read.ts';
import { type BatchesReading, batchSize, type ReadBatches, readInBatches } from './read-in-batches.ts';
import { type Ending, readPages } from './read-pages.ts';

/** So many of a period are enough for medians, where each costs a request or two. */
const maxOfPeriod = 60;

/** So many of a period where one request shows many. */
const maxOfPeriodInBatches = 300;

/** 500 notes or commits. */
const maxPages = 5;

/** How many are read side by side. */
const lanes = 4;

export interface DetailsReading {
  readonly gitlab: BatchesReading['gitlab'] &
    Pick<History, 'fetchMergeRequestEventPages' | 'fetchMergeRequestCommitPages'>;
  readonly of: BatchesReading['of'];
  readonly mergeRequests: readonly HistoryMergeRequest[];
  /** Of the target branches: they show what a merge commit brought, without a request. */
  readonly commits: readonly HistoryCommit[];
  /** The period and the one before. */
  readonly spans: readonly Span[];
  /** What they may cost. */
  readonly requests: number;
  /**
   * Whether requests may end before all is read: then they are read one by one, so that the same are read each time.
   */
  readonly isLimited: boolean;
}

export interface ReadDetails {
  readonly byIid: ReadonlyMap<number, MergeRequestDetails>;
  readonly read: PartRead;
}

function isMergedIn({ mergedAt }: HistoryMergeRequest, { from, until }: Span): boolean {
  return mergedAt !== null && mergedAt >= from && mergedAt < until;
}

/** The commits of a merge request as far as the graph shows them, each looked up once. */
type CommitsOf = (mr: HistoryMergeRequest) => readonly HistoryCommit[] | null;

function commitsIn(commits: readonly HistoryCommit[]): CommitsOf {
  const graph = new Map(commits.map((commit) => [commit.sha, commit]));
  const known = new Map<number, ReturnType<CommitsOf>>();
  return ({ iid, mergeSha }) => {
    const before = known.get(iid);
    if (before !== undefined) return before;
    const found = branchCommits(mergeSha, graph);
    known.set(iid, found);
    return found;
  };
}

/**
 * So many places, evenly over each period, for merged ones without details; of a period no more than `most` have some.
 */
function sampled(
  { mergeRequests, spans }: Pick<DetailsReading, 'mergeRequests' | 'spans'>,
  most: number,
): { readonly all: number; readonly of: (places: number) => readonly HistoryMergeRequest[] } {
  const groups = spans.map((span) => {
    const merged = mergeRequests
      .filter((mr) => isMergedIn(mr, span))
      .sort((a, b) => (a.mergedAt ?? 0) - (b.mergedAt ?? 0) || a.iid - b.iid);
    const open = merged.filter(({ details }) => details === null);
    const want = Math.max(0, Math.min(merged.length, most) - (merged.length - open.length));
    return { open, want };
  });
  const wanted = groups.map(({ want }) => want);
  return {
    all: wanted.reduce((sum, want) => sum + want, 0),
    of(places) {
      const shares = sharedOut(places, wanted);
      return groups.flatMap(({ open }, index) => evenSample(open, shares[index] ?? 0));
    },
  };
}

/**
 * Those to ask for one by one: evenly over each period, where all would cost too much. One costs a request for its
 * notes, and one for its commits where the graph does not show them.
 */
function chosen(
  wish: Pick<DetailsReading, 'mergeRequests' | 'spans' | 'requests'>,
  commitsOf: CommitsOf,
): readonly HistoryMergeRequest[] {
  const { requests } = wish;
  const { all, of } = sampled(wish, maxOfPeriod);
  const costOf = (sample: readonly HistoryMergeRequest[]): number =>
    sample.reduce((cost, mr) => cost + (commitsOf(mr) === null ? 2 : 1), 0);
  let places = Math.max(0, Math.min(Math.floor(requests), all));
  let sample = of(places);
  for (let cost = costOf(sample); cost > requests && places > 0; cost = costOf(sample)) {
    places = Math.min(places - 1, Math.floor((places * requests) / cost));
    sample = of(places);
  }
  return sample;
}

/** Those of which many are read at a time. */
function chosenForBatches(wish: DetailsReading): readonly HistoryMergeRequest[] {
  const { all, of } = sampled(wish, maxOfPeriodInBatches);
  // One request is for the names of generated files.
  return of(Math.max(0, Math.min(all, Math.floor(wish.requests - 1) * batchSize)));
}

/** The details of one; a gap in words where they are not whole. */
async function readOne(
  { gitlab, of }: DetailsReading,
  { iid, commits }: { readonly iid: number; readonly commits: ReturnType<CommitsOf> },
  allowance: Allowance,
): Promise<MergeRequestDetails | { readonly gap: string }> {
  const events: MergeRequestEvent[] = [];
  const authored: Instant[] = (commits ?? []).map(({ authoredAt }) => authoredAt);
  let [notePages, commitPages] = [0, 0];
  const enough = (pages: number): 'more' | 'enough' => (pages >= maxPages ? 'enough' : 'more');
  const notes = readPages(gitlab.fetchMergeRequestEventPages(of, iid), allowance, ({ rows }) => {
    events.push(...rows);
    notePages += 1;
    return enough(notePages);
  });
  const readCommits = (): Promise<Ending> =>
    readPages(gitlab.fetchMergeRequestCommitPages(of, iid), allowance, ({ rows }) => {
      authored.push(...rows.map(({ authoredAt }) => authoredAt));
      commitPages += 1;
      return enough(commitPages);
    });
  const endings: readonly Ending[] = await Promise.all([notes, ...(commits === null ? [readCommits()] : [])]);
  for (const ending of endings) if (ending.kind !== 'whole') return { gap: ending.gap };
  const firstCommitAt = authored.length === 0 ? null : authored.reduce((a, b) => Math.min(a, b));
  return {
    firstCommitAt,
    commits: authored.length,
    events: events.sort((a, b) => a.at - b.at),
    lines: null,
  };
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
  const before = allowance.used();
  const none: ReadBatches = { byIid: new Map(), long: [], isAnswered: false };
  const inBatches = { ...wish, mergeRequests: wish.isLimited ? [] : chosenForBatches(wish) };
  const batches = wish.isLimited ? none : await readInBatches(inBatches, allowance);
  const byIid = new Map(batches.byIid);
  const commitsOf = commitsIn(wish.commits);
  const requests = wish.requests - (allowance.used() - before);
  const waiting = batches.isAnswered
    ? batches.long.slice(0, Math.max(0, Math.floor(requests / 2)))
    : [...chosen({ ...wish, mergeRequests: withKnown(wish, byIid), requests }, commitsOf)];
  let reason: string | null = null;
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const one = await readOne(wish, { iid: next.iid, commits: commitsOf(next) }, allowance);
      if ('gap' in one) reason = one.gap;
      else byIid.set(next.iid, one);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const gap = gapIn(wish, byIid, reason);
  const usable = gap === null || byIid.size > 0 || wish.mergeRequests.some(({ details }) => details !== null);
  return { byIid, read: { ...wholeFrom(reading.window.from, reading), gap, usable } };
}

function withKnown(
  { mergeRequests }: DetailsReading,
  byIid: ReadonlyMap<number, MergeRequestDetails>,
): readonly HistoryMergeRequest[] {
  return mergeRequests.map((mr) => ({ ...mr, details: mr.details ?? byIid.get(mr.iid) ?? null }));
}
