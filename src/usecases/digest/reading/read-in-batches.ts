import type { History, MergeRequestInBatch, NamedPlace } from '../../../gitlab/ports/history.ts';
import type { Project, Repository } from '../../../gitlab/ports/repository.ts';
import type {
  ChangedLines,
  HistoryMergeRequest,
  MergeRequestDetails,
} from '../../../model/project-history.ts';
import type { Allowance } from './allowance.ts';
import { generatedFiles } from './generated-files.ts';
import { askOrGap } from './read-pages.ts';

/** So many in one request: a server has 30 seconds, and asks git for the files of each. */
export const batchSize = 30;

/** How many requests are made side by side, when the first one was answered. */
const lanes = 2;

const attributesFile = '.gitattributes';
const maxAttributesBytes = 256 * 1024;

export interface BatchesReading {
  readonly gitlab: Pick<History, 'fetchMergeRequestBatch'> & Pick<Repository, 'fetchFile'>;
  readonly of: NamedPlace & Pick<Project, 'defaultBranch'>;
  /** Those to read. */
  readonly mergeRequests: readonly HistoryMergeRequest[];
}

export interface ReadBatches {
  readonly byIid: ReadonlyMap<number, MergeRequestDetails>;
  /** Those with more notes or commits than an answer has. */
  readonly long: readonly HistoryMergeRequest[];
  /** False where GitLab does not answer such questions. */
  readonly isAnswered: boolean;
}

type IsGenerated = (path: string) => boolean;

/** The rules for generated files, with those of the default branch where it has some. */
async function readRules({ gitlab, of }: BatchesReading, allowance: Allowance): Promise<IsGenerated> {
  const { defaultBranch: ref } = of;
  if (ref === null || !allowance.take()) return generatedFiles(null);
  const file = { project: of.id, path: attributesFile, ref };
  const asked = await askOrGap(() => gitlab.fetchFile(file, maxAttributesBytes));
  const bytes = 'gap' in asked ? null : asked.value;
  return generatedFiles(bytes === null ? null : new TextDecoder().decode(bytes));
}

function linesOf({ files }: MergeRequestInBatch, isGenerated: IsGenerated): ChangedLines | null {
  if (files === null) return null;
  let [written, generated] = [0, 0];
  for (const { path, lines } of files)
    if (isGenerated(path)) generated += lines;
    else written += lines;
  return { written, generated };
}

/** Null where the answer does not have all of it. */
function detailsOf(row: MergeRequestInBatch, isGenerated: IsGenerated): MergeRequestDetails | null {
  const { events, authoredAt } = row;
  if (events === null || authoredAt === null) return null;
  return {
    firstCommitAt: authoredAt.length === 0 ? null : authoredAt.reduce((a, b) => Math.min(a, b)),
    commits: authoredAt.length,
    events: [...events].sort((a, b) => a.at - b.at),
    lines: linesOf(row, isGenerated),
  };
}

/** Reads the details of many merge requests at a time; it ends with the first answer that GitLab refuses. */
export async function readInBatches(wish: BatchesReading, allowance: Allowance): Promise<ReadBatches> {
  const { gitlab, of, mergeRequests } = wish;
  const byIid = new Map<number, MergeRequestDetails>();
  const long: HistoryMergeRequest[] = [];
  const waiting = Array.from({ length: Math.ceil(mergeRequests.length / batchSize) }, (_, index) =>
    mergeRequests.slice(index * batchSize, (index + 1) * batchSize),
  );
  let isAnswered = true;
  let isGenerated: IsGenerated | null = null;
  const readNext = async (): Promise<void> => {
    const batch = waiting.shift();
    if (batch === undefined || !allowance.take()) return;
    const iids = batch.map(({ iid }) => iid);
    const asked = await askOrGap(() => gitlab.fetchMergeRequestBatch(of, iids));
    if ('gap' in asked) {
      isAnswered = false;
      return;
    }
    isGenerated ??= await readRules(wish, allowance);
    const rows = new Map(asked.value.map((row) => [row.iid, row]));
    for (const mr of batch) {
      const row = rows.get(mr.iid);
      const details = row === undefined ? null : detailsOf(row, isGenerated);
      if (details === null) long.push(mr);
      else byIid.set(mr.iid, details);
    }
  };
  await readNext();
  const lane = async (): Promise<void> => {
    while (isAnswered && waiting.length > 0) await readNext();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { byIid, long, isAnswered };
}
