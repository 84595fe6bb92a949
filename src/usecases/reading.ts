import type { ReadReport } from '../model/report.ts';
import {
  createPathResolver,
  type PathResolver,
  type PathResolverOptions,
} from '../reports/collect/source-paths.ts';
import type { Reruns } from '../reports/collect/tests.ts';
import type { ListedFormat } from '../reports/listed-formats.ts';
import { type ReportFile, readReport } from '../reports/read.ts';
import type { MaskText } from '../secrets/masked-value.ts';
import { createOnlyFile } from '../trail/frames/only-file.ts';

/** How the reports of a run are read; plain values, which can go to another thread. */
export interface HowToRead {
  /** The formats that the project describes or names, as `formatsWith` takes them. */
  readonly formatPatterns: readonly string[];
  readonly reruns: Reruns;
  /** True where only the totals of tests count, not the tests themselves; false by default. */
  readonly totalsOnly?: boolean;
  /** What the paths in reports are resolved by; null leaves them as they are written. */
  readonly checkout: PathResolverOptions | null;
}

export interface FileToRead extends ReportFile {
  /** The folder in the project from which the paths in it may start. */
  readonly folder: string;
  /** The job that handed it over; null for a file that any job may have made. */
  readonly jobId: number | null;
}

export type ReadFile = (file: FileToRead) => Promise<ReadReport>;

/** Threads that read reports beside one another. */
export interface ReadingThreads {
  /** How many there is room for: cores and memory. */
  room(): number;
  /** Starts at most `count` threads that read in one way; null where that is not possible. */
  start(how: HowToRead, count: number): Promise<StartedThreads | null>;
}

export interface StartedThreads {
  /**
   * As `createReading` reads; takes the bytes of the chunks away. A thread that ends early makes the file unreadable.
   */
  readonly read: ReadFile;
  stop(): Promise<void>;
}

/** Makes the function that reads the reports of a run in this thread. It never throws, as `readReport`. */
export function createReading(
  { reruns, checkout, totalsOnly = false }: Omit<HowToRead, 'formatPatterns'>,
  { formats, mask }: { readonly formats: readonly ListedFormat[]; readonly mask: MaskText },
): ReadFile {
  const inProject = checkout === null ? null : createPathResolver(checkout);
  const files = checkout?.knownFiles ?? null;
  const isProjectFile =
    checkout === null || files === null
      ? null
      : createOnlyFile({
          files,
          projectDirectory: checkout.projectDirectory,
          projectPath: checkout.projectPath ?? null,
        });
  return ({ folder, jobId, ...file }) => {
    const resolvePath: PathResolver | null =
      inProject === null ? null : (written, roots, where) => inProject(written, roots, { ...where, folder });
    return readReport(file, { resolvePath, isProjectFile, jobId, mask, formats, reruns, totalsOnly });
  };
}
