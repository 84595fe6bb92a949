import { createHash } from 'node:crypto';
import type { Files } from '../../io/port.ts';
import type { ReadReport } from '../../model/report.ts';
import type { Reruns } from '../../reports/collect/tests.ts';
import type { ListedFormat } from '../../reports/listed-formats.ts';
import { createReading, type FileToRead, type HowToRead, type ReadFile } from '../reading.ts';

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
  readonly formats: readonly ListedFormat[];
  /** What the project's own among `formats` were made from; omitted where that is not known. */
  readonly formatPatterns?: readonly string[];
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

/** A report as the reader takes it: with its folder in place of its path in the project. */
export function fileOf({ place, jobId, path, sizeBytes, chunks }: Source): FileToRead {
  const folder = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  return { path, sizeBytes, chunks, folder, jobId: jobId ?? null };
}

/** How the reports of a run are read, in this thread or another. */
export interface SourceReading {
  readonly readHere: ReadFile;
  readonly how: () => Promise<HowToRead>;
}

/** Starts reading; the checkout is looked through when the first report comes. */
export function createSourceReading(
  { projectDirectory, projectPath = null, formats, formatPatterns = [], reruns }: ReadingOf,
  { files, mask }: { readonly files: Files; readonly mask: (text: string) => string },
): SourceReading {
  const look = async (): Promise<HowToRead> => {
    const knownFiles = await knownSources(files);
    return { formatPatterns, reruns, checkout: { projectDirectory, projectPath, knownFiles } };
  };
  let looked: Promise<HowToRead> | null = null;
  const how = (): Promise<HowToRead> => {
    looked ??= look();
    return looked;
  };
  let reading: ReadFile | null = null;
  return {
    how,
    async readHere(file) {
      const known = await how();
      reading ??= createReading(known, { formats, mask });
      return reading(file);
    },
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
