import { noEvidence } from '../model/evidence.ts';
import type { ReadReport } from '../model/report.ts';
import { type Inspection, inspectionOf } from '../reports/inspection.ts';
import { formatsWith } from './pattern-formats.ts';
import { readInOrder } from './read-in-order.ts';
import { createReading, type FileToRead, type ReadFile, type ReadingThreads } from './reading.ts';

export interface InspectableFile {
  readonly path: string;
  open(): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }>;
}

interface InspectOptions {
  readonly patterns: readonly string[];
  readonly mask: (text: string) => string;
  /** Null or omitted where all is read in this thread; they mask as `mask` does. */
  readonly threads?: ReadingThreads | null;
}

/** A file that cannot be opened, with the reason. */
type Opened = FileToRead & { readonly error?: unknown };

async function opened(file: InspectableFile): Promise<Opened> {
  const place = { path: file.path, folder: '', jobId: null };
  try {
    return { ...place, ...(await file.open()) };
  } catch (error) {
    return { ...place, sizeBytes: 0, chunks: nothing(), error };
  }
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // A file that cannot be opened has no bytes.
}

function unopened(path: string, error: unknown): ReadReport {
  const message = error instanceof Error ? error.message : String(error);
  return {
    path,
    sizeBytes: 0,
    format: 'unknown',
    report: null,
    error: message,
    isForeign: false,
    warnings: [],
    evidence: noEvidence,
  };
}

/**
 * Reads report files and says what each holds, in their order. A file that cannot be opened or read gives an inspection
 * with `error` and never stops the others.
 */
export async function* inspect(
  files: readonly InspectableFile[],
  { patterns, mask, threads = null }: InspectOptions,
): AsyncIterable<Inspection> {
  const how = { formatPatterns: patterns, reruns: 'marked', checkout: null, totalsOnly: true } as const;
  const reading = createReading(how, { formats: formatsWith(patterns), mask });
  const all: Opened[] = [];
  for (const file of files) all.push(await opened(file));
  const readHere: ReadFile = (file: Opened) =>
    file.error === undefined ? reading(file) : Promise.resolve(unopened(file.path, file.error));
  for await (const read of readInOrder(all, { readHere, threads, how: () => Promise.resolve(how) }))
    yield inspectionOf(read);
}
