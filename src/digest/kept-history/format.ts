import * as z from 'zod';
import { isWithinBounds } from '../../model/json-bounds.ts';
import type { Instant } from '../../model/project-history.ts';
import { BadColumns, createNames, type Names, type TableOfColumns } from './columns.ts';
import type { KeptHistory, KeptPart } from './kept-history.ts';
import { readMergeRequests, writeMergeRequests } from './merge-request-tables.ts';
import { readRest, restSchema, writeRest } from './rest.ts';
import * as tables from './tables.ts';

/** Grows by one when a reader of the older one would misread the newer one, or a rule of reading changes. */
const keptHistorySchema = 2;

const instant = z.int().min(-8.64e15).max(8.64e15);
const table = z.object({
  count: z.int().nonnegative().max(5_000_000),
  columns: z.record(z.string(), z.array(z.unknown())),
});
const part = table.extend({ from: instant, until: instant });

/** What is signed. Rows are columns, and texts are numbers in the list of names, so that a long history stays small. */
const content = z.object({
  project: z.int(),
  readAt: instant,
  defaultBranch: z.string().nullable(),
  tip: z.string().nullable(),
  names: z.array(z.string()),
  deployments: part.nullable(),
  mergeRequests: part.extend({ events: table }).nullable(),
  issues: part.nullable(),
  pipelines: part.nullable(),
  jobs: part.nullable(),
  commits: part.nullable(),
  rest: restSchema.nullable(),
});

const file = z.object({ schema: z.unknown(), proof: z.unknown(), history: z.unknown() });

/** Several times what the largest history has that is kept. */
const bounds = { maxDepth: 8, maxContainers: 3_000_000, maxValues: 60_000_000 } as const;

/** Signs a text as only the owner of a token can. */
export type Sign = (text: string) => string;

function signedText(history: unknown): string {
  return `herald-history\n${JSON.stringify(history)}`;
}

function writePart<Row>(
  kept: KeptPart<Row> | null,
  { write }: tables.TableFormat<Row>,
  names: Names,
): (TableOfColumns & { readonly from: Instant; readonly until: Instant }) | null {
  return kept === null ? null : { from: kept.from, until: kept.until, ...write(kept.rows, names) };
}

/** The file that keeps a history, with the proof that this token wrote it. */
export function writeKeptHistory(kept: KeptHistory, sign: Sign): string {
  const names = createNames();
  const { mergeRequests } = kept;
  const written = mergeRequests === null ? null : writeMergeRequests(mergeRequests.rows, names);
  const history = {
    project: kept.projectId,
    readAt: kept.readAt,
    defaultBranch: kept.defaultBranch,
    tip: kept.tip,
    deployments: writePart(kept.deployments, tables.deployments, names),
    mergeRequests:
      mergeRequests === null || written === null
        ? null
        : { from: mergeRequests.from, until: mergeRequests.until, ...written.rows, events: written.events },
    issues: writePart(kept.issues, tables.issues, names),
    pipelines: writePart(kept.pipelines, tables.pipelines, names),
    jobs: writePart(kept.jobs, tables.jobs, names),
    commits: writePart(kept.commits, tables.commits, names),
    rest: kept.rest === null ? null : writeRest(kept.rest),
    names: names.all,
  };
  return `${JSON.stringify({ schema: keptHistorySchema, proof: sign(signedText(history)), history })}\n`;
}

/** For whom and when a file is read. */
export interface KeptFor {
  readonly projectId: number;
  readonly projectUrl: string;
  readonly now: Instant;
  readonly sign: Sign;
}

export type ReadKeptHistory = KeptHistory | { readonly unusable: string };

/** Machines that read one after another may have clocks that differ so much. */
const maxSkewMs = 10 * 60_000;

/**
 * Reads what `writeKeptHistory` wrote. The file is an artifact, and so anybody's: it counts only with the proof that
 * the same token wrote it. Else it gives the reason in words that follow "it".
 */
export function readKeptHistory(text: string, wanted: KeptFor): ReadKeptHistory {
  const parsed = parseFile(text);
  if ('unusable' in parsed) return parsed;
  if (parsed.schema !== keptHistorySchema) return { unusable: 'is of another version of Herald' };
  if (parsed.proof !== wanted.sign(signedText(parsed.history)))
    return { unusable: 'was written with another token, or somebody changed it' };
  const { data: history } = content.safeParse(parsed.history);
  if (history === undefined) return { unusable: 'does not have the form of a history' };
  if (history.project !== wanted.projectId) return { unusable: 'belongs to another project' };
  if (history.readAt > wanted.now + maxSkewMs) return { unusable: 'is from the future' };
  try {
    return historyOf(history, wanted.projectUrl);
  } catch (error) {
    if (error instanceof BadColumns) return { unusable: 'has columns that do not fit each other' };
    throw error;
  }
}

function parseFile(text: string): z.infer<typeof file> | { readonly unusable: string } {
  if (!isWithinBounds(text, bounds)) return { unusable: 'is larger than any that Herald writes' };
  try {
    const { data } = file.safeParse(JSON.parse(text));
    return data ?? { unusable: 'does not have the form of a history' };
  } catch {
    return { unusable: 'is cut off, or is not JSON' };
  }
}

function historyOf(history: z.infer<typeof content>, projectUrl: string): KeptHistory {
  const { names, mergeRequests } = history;
  const partOf = <Row>(
    one: z.infer<typeof part> | null,
    { read }: tables.TableFormat<Row>,
  ): KeptPart<Row> | null =>
    one === null ? null : { from: one.from, until: one.until, rows: read(one, names, projectUrl) };
  return {
    projectId: history.project,
    readAt: history.readAt,
    defaultBranch: history.defaultBranch,
    tip: history.tip,
    deployments: partOf(history.deployments, tables.deployments),
    mergeRequests:
      mergeRequests === null
        ? null
        : {
            from: mergeRequests.from,
            until: mergeRequests.until,
            rows: readMergeRequests({ rows: mergeRequests, events: mergeRequests.events }, names, projectUrl),
          },
    issues: partOf(history.issues, tables.issues),
    pipelines: partOf(history.pipelines, tables.pipelines),
    jobs: partOf(history.jobs, tables.jobs),
    commits: partOf(history.commits, tables.commits),
    rest: history.rest === null ? null : readRest(history.rest, projectUrl),
  };
}
