import type { FindResult, SearchWatch } from '../../../io/port.ts';
import type { Decide, DecisionOf } from '../../../model/decision.ts';
import { counted } from '../../../model/plural.ts';
import type { ReadReport } from '../../../model/report.ts';
import type { Twin } from '../../../reports/collect/same-run.ts';
import { exclusionOf } from '../../../reports/discovery.ts';

type FileDecision = DecisionOf<'files'>;

/** More paths that a search skips are counted. */
const maxSkipped = 200;

interface WatchedSearch extends SearchWatch {
  /** Records how many more paths were skipped. */
  end(): void;
}

/** Records why a search finds a file, and why it skips another. */
export function watchSearch(decide: Decide): WatchedSearch {
  let skipped = 0;
  return {
    matched(path, pattern) {
      decide({ about: 'match', path, pattern });
    },
    skipped(path, why, pattern) {
      // Every checkout has one, and nobody expects reports in it.
      if (path === '.git') return;
      skipped += 1;
      if (skipped > maxSkipped) return;
      const because = pattern === null ? why : (exclusionOf(pattern) ?? why);
      decide({ about: 'not-read', path, why: because, pattern, reason: null });
    },
    end() {
      const more = skipped - maxSkipped;
      if (more <= 0) return;
      const reason = `${counted(more, { one: 'more path is', other: 'more paths are' })} not listed`;
      decide({ about: 'not-read', path: '.', why: 'over-limit', pattern: null, reason });
    },
  };
}

/** What a search refused, and the patterns that found nothing. */
export function decisionsOfSearch({ warnings, misses }: FindResult): readonly FileDecision[] {
  return [
    ...warnings.map(({ path, message }): FileDecision => {
      return { about: 'not-read', path, why: 'refused', pattern: null, reason: message };
    }),
    ...misses.map(({ path, message }): FileDecision => {
      return { about: 'no-match', pattern: path, reason: message };
    }),
  ];
}

/** What became of the files that were read. */
export interface SortedReads {
  readonly counted: readonly ReadReport[];
  readonly ignored: readonly ReadReport[];
}

function outcomeOf(
  { path, error, evidence }: ReadReport,
  ignored: boolean,
  twins: readonly Twin[],
): Pick<FileDecision & { readonly about: 'file' }, 'outcome' | 'reason'> {
  if (ignored) return { outcome: 'ignored', reason: `it ${error ?? 'has no known format'}` };
  if (error !== null) return { outcome: 'unreadable', reason: error };
  const twin = twins.find((one) => one.path === path);
  if (twin !== undefined)
    return { outcome: 'counted-elsewhere', reason: `it holds the same run as ${twin.of}` };
  const [incomplete] = evidence.incomplete;
  return incomplete === undefined
    ? { outcome: 'read', reason: null }
    : { outcome: 'incomplete', reason: incomplete };
}

/** Each file with its format and whether it counts. */
export function decisionsOfReads(
  { counted: counting, ignored }: SortedReads,
  { twins, from }: { readonly twins: readonly Twin[]; readonly from: 'folder' | 'jobs' },
): readonly FileDecision[] {
  const decisionOf = (read: ReadReport, isIgnored: boolean): FileDecision => {
    const { path, sizeBytes, format, report, also = null } = read;
    const kinds = [report, also].flatMap((one) => (one === null ? [] : [one.kind]));
    return { about: 'file', path, sizeBytes, from, format, kinds, ...outcomeOf(read, isIgnored, twins) };
  };
  return [
    ...counting.map((read) => decisionOf(read, false)),
    ...ignored.map((read) => decisionOf(read, true)),
  ];
}
