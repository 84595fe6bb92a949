import { createHash } from 'node:crypto';
import type { Files } from '../../io/port.ts';
import type { ReadReport } from '../../model/report.ts';
import { createPathResolver, type PathResolver } from '../../reports/collect/source-paths.ts';
import type { Reruns } from '../../reports/collect/tests.ts';
import type { ReportFormat } from '../../reports/format.ts';
import { readReport } from '../../reports/read.ts';

/** A report to read, wherever it is. */
export interface Source {
  /** As it is shown. */
  readonly path: string;
  /** Where it was in the project, from which the paths in it may start. */
  readonly place: string;
  readonly sizeBytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The job that handed it over; omitted for a file of this job's folder, which any job may have made. */
  readonly jobId?: number;
}

export type ReadSource = (source: Source) => Promise<ReadReport>;

export interface ReadingOf {
  readonly projectDirectory: string;
  /** The project's path on its server, `group/project`, with which paths of other runners go on. */
  readonly projectPath?: string | null;
  readonly formats: readonly ReportFormat[];
  readonly reruns: Reruns;
}

/**
 * Reports name files by package, by module, from their own folder or in another machine's checkout: the files of this
 * checkout show which file is meant.
 */
const sources = [
  '**/*.{java,kt,kts,groovy,scala,clj,go,py,rb,php,cs,fs,vb,js,jsx,ts,tsx,mjs,cjs,vue,svelte,c,h,cc,cpp,hpp,cxx,m,mm,rs,swift,dart,ex,exs,erl,pl,pm,lua,jl,r,R}',
  '**/*.{tf,yml,yaml,sh,bash,bats,t,sql,proto,css,scss,html}',
  '**/{Dockerfile,Makefile,go.mod,Gemfile}',
];

async function knownSources(files: Files): Promise<ReadonlySet<string> | null> {
  const { files: known } = await files.find(sources);
  return known.length === 0 ? null : new Set(known.map(({ path }) => path));
}

interface Checkout {
  readonly inProject: PathResolver;
  /** Null where no source file of the project is known. */
  readonly isProjectFile: ((path: string) => boolean) | null;
}

/** Reads reports one by one; the checkout is looked through for the first of them. */
export function createReadSource(
  { projectDirectory, projectPath = null, formats, reruns }: ReadingOf,
  { files, mask }: { readonly files: Files; readonly mask: (text: string) => string },
): ReadSource {
  let known: Promise<Checkout> | null = null;
  const look = async (): Promise<Checkout> => {
    const knownFiles = await knownSources(files);
    return {
      inProject: createPathResolver({ projectDirectory, projectPath, knownFiles }),
      isProjectFile: knownFiles === null ? null : (path) => knownFiles.has(path),
    };
  };
  return async ({ path, place, sizeBytes, chunks, jobId = null }) => {
    known ??= look();
    const { inProject, isProjectFile } = await known;
    const folder = place.slice(0, Math.max(0, place.lastIndexOf('/')));
    const resolvePath: PathResolver = (written, roots, where) =>
      inProject(written, roots, { ...where, folder });
    const how = { resolvePath, isProjectFile, jobId, mask, formats, reruns };
    return readReport({ path, sizeBytes, chunks }, how);
  };
}

/** Bytes as the one chunk that they are. */
export async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

/** SHA-256, by which one file is known in two places. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The same chunks; their SHA-256 is added to `digests` when the last has been read. */
export async function* digested(
  chunks: AsyncIterable<Uint8Array>,
  digests: Set<string>,
): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  digests.add(hash.digest('hex'));
}
