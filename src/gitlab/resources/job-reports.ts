import { JobArtifacts } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabAnswerError, GitLabRefusedError } from '../../errors.ts';
import type { ArchiveFile, JobAddress, JobReports } from '../ports/job-reports.ts';
import type { Api } from '../transport/api.ts';
import type { BodySink, HttpAnswer } from '../transport/exchange.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';
import { requestOf } from '../transport/send-json.ts';

const artifacts = new JobArtifacts(requestsOnly);

const archiveEntry = z.lazy(() =>
  z.object({ path: z.string(), type: z.string(), size: z.number().nullish() }),
);

/** How a zip file begins, an empty one included. */
const zip = [0x50, 0x4b] as const;

function isZip(bytes: Uint8Array): boolean {
  return zip.every((byte, index) => bytes[index] === byte);
}

/** No type of GitLab's, so that one that knows types refuses it. */
const unknownType = 'herald';

interface Keeper {
  readonly sink: BodySink;
  size(): number;
  bytes(): Uint8Array;
}

/** Keeps an answer while it can be a report: no archive, and no larger than what may come. */
function createKeeper(maxBytes: number): Keeper {
  let pieces: Uint8Array[] = [];
  let size = 0;
  return {
    sink: {
      begin() {
        pieces = [];
        size = 0;
      },
      write(piece) {
        pieces.push(piece);
        size += piece.byteLength;
        const begin = size < 1024 ? Buffer.concat(pieces) : (pieces[0] ?? piece);
        return size > maxBytes || isZip(begin) ? 'enough' : 'more';
      },
    },
    size: () => size,
    bytes: () => Buffer.concat(pieces),
  };
}

function maxPages(maxEntries: number): number {
  return Math.ceil(maxEntries / 100);
}

/** An older GitLab takes `tree` for the name of a file in the archive, which there can even be. */
function isWithoutList(error: unknown): boolean {
  return error instanceof GitLabAnswerError || (error instanceof GitLabRefusedError && error.status === 404);
}

/**
 * The part of the port about reports of jobs. GitLab before 19.4 does not refuse `file_type`, it ignores it: the bytes
 * say what came. Source: https://docs.gitlab.com/api/job_artifacts/
 */
export function createJobReports(api: Api): JobReports {
  const { call, maxBytes: maxAnswerBytes } = api;
  const ask = async ({ projectId, jobId }: JobAddress, type: string, sink: BodySink): Promise<HttpAnswer> => {
    const asked = artifacts.downloadArchive(projectId, { jobId, ...untyped({ fileType: type }) });
    return call({ ...(await requestOf(asked)), maxBytes: maxAnswerBytes, sink });
  };

  return {
    async fetchReport(job, type, maxBytes) {
      const { sink, size, bytes } = createKeeper(maxBytes);
      if ((await nullIfGone(ask(job, type, sink))) === null) return { kind: 'absent' };
      const kept = bytes();
      if (isZip(kept)) return { kind: 'archive' };
      return size() > maxBytes ? { kind: 'too-large' } : { kind: 'report', bytes: kept };
    },

    async givesReports(job) {
      const sink = { begin: () => undefined, write: () => 'enough' as const };
      try {
        await ask(job, unknownType, sink);
        return false;
      } catch (error) {
        if (!(error instanceof GitLabRefusedError)) throw error;
        if (error.status === 400) return true;
        if (error.status === 404) return false;
        throw error;
      }
    },

    async fetchArchiveFiles({ projectId, jobId }, maxEntries) {
      const where = { jobId, artifactPath: 'tree', ...untyped({ recursive: true }) };
      const list = artifacts.downloadArchive(projectId, where);
      try {
        const entries = await readPages({ list, row: archiveEntry, maxPages: maxPages(maxEntries) }, api);
        return entries
          .filter(({ type }) => type === 'file')
          .map(({ path, size }): ArchiveFile => ({ path, sizeBytes: size ?? 0 }));
      } catch (error) {
        if (isWithoutList(error)) return null;
        throw error;
      }
    },
  };
}
