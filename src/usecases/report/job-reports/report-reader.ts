import type { ReadReport } from '../../../model/report.ts';
import { gzipMembers } from '../../../reports/gzip-members.ts';
import { isGzip, unzipped } from '../../../reports/unzipped.ts';
import { digestOf, once, type ReadSource } from '../read-source.ts';
import { type Budget, bounds } from './budget.ts';
import { type Handed, shownName } from './handed.ts';

/** Bytes that GitLab gave for a report, and what it is called. */
export interface Came {
  readonly handed: Pick<Handed, 'job'>;
  /** In the job's folder, as far as it is known. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ReportReader {
  /** The reports in what came: none where all of it is read already. */
  read(came: Came): Promise<readonly ReadReport[]>;
}

interface Part {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256; null for what cannot be taken apart, which is never the same as something else. */
  readonly digest: string | null;
  readonly chunks: AsyncIterable<Uint8Array>;
}

function withoutPacking(path: string): string {
  return path.replace(/\.gz$/i, '');
}

/** What comes packed can hold several files; each is a report of its own. */
async function partsOf({ path, bytes }: Came, budget: Budget): Promise<readonly Part[]> {
  const whole = { path, sizeBytes: bytes.byteLength, chunks: once(bytes) };
  if (!isGzip(bytes)) return [{ ...whole, digest: digestOf(bytes) }];
  const limits = { maxUnpackedBytes: budget.unpackedRoom(), maxMembers: bounds.maxFilesOfReport };
  const members = await gzipMembers(bytes, limits);
  return members.map((member) => ({
    path: member.path ?? withoutPacking(path),
    sizeBytes: member.unpackedBytes,
    digest: member.digest,
    chunks: unzipped(once(member.packed)),
  }));
}

/** A file that cannot even be taken apart is read as one, and says why it cannot be read. */
async function* failing(error: unknown): AsyncIterable<Uint8Array> {
  await Promise.reject(error instanceof Error ? error : new Error(String(error)));
  yield new Uint8Array(0);
}

/**
 * Reads what GitLab gave for reports of jobs, one after another. A file that was read already, on disk or as another
 * report of the same job, is skipped.
 */
export function createReportReader(
  { read, known }: { readonly read: ReadSource; readonly known: ReadonlySet<string> },
  budget: Budget,
): ReportReader {
  const seen = new Map<number, Set<string>>();
  const isNew = ({ handed }: Came, { digest }: Part): boolean => {
    if (digest === null) return true;
    const ofJob = seen.get(handed.job.id) ?? new Set<string>();
    seen.set(handed.job.id, ofJob);
    if (known.has(digest) || ofJob.has(digest)) return false;
    ofJob.add(digest);
    return true;
  };
  return {
    async read(came) {
      const { path, bytes } = came;
      const whole: Part = { path, sizeBytes: bytes.byteLength, digest: null, chunks: once(bytes) };
      const parts = await partsOf(came, budget).catch((error: unknown) => [
        { ...whole, chunks: failing(error) },
      ]);
      const reads: ReadReport[] = [];
      for (const part of parts) {
        budget.spendUnpacked(part.sizeBytes);
        if (!isNew(came, part)) continue;
        const { sizeBytes, chunks } = part;
        const shown = shownName(came.handed, part.path);
        const jobId = came.handed.job.id;
        reads.push(await read({ path: shown, place: part.path, sizeBytes, chunks, jobId }));
      }
      return reads;
    },
  };
}
