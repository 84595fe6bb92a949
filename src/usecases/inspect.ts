import { noEvidence } from '../model/evidence.ts';
import type { ReadReport } from '../model/report.ts';
import { type Inspection, inspectionOf } from '../reports/inspection.ts';
import { type ReadOptions, readReport } from '../reports/read.ts';
import { formatsWith } from './pattern-formats.ts';

export interface InspectableFile {
  readonly path: string;
  open(): Promise<{ readonly sizeBytes: number; readonly chunks: AsyncIterable<Uint8Array> }>;
}

/**
 * Reads report files one by one and says what each holds. A file that cannot be opened or read gives an inspection with
 * `error` and never stops the others.
 */
export async function* inspect(
  files: readonly InspectableFile[],
  { patterns, mask }: { readonly patterns: readonly string[]; readonly mask: (text: string) => string },
): AsyncIterable<Inspection> {
  const formats = formatsWith(patterns);
  for (const file of files) yield inspectionOf(await readOne(file, { resolvePath: null, formats, mask }));
}

async function readOne(file: InspectableFile, options: ReadOptions): Promise<ReadReport> {
  try {
    const { sizeBytes, chunks } = await file.open();
    return await readReport({ path: file.path, sizeBytes, chunks }, options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      path: file.path,
      sizeBytes: 0,
      format: 'unknown',
      report: null,
      error: message,
      isForeign: false,
      warnings: [],
      evidence: noEvidence,
    };
  }
}
