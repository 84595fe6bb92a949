import type { ReadReport } from '../model/report.ts';
import { toUtf8 } from './encoding.ts';
import type { ReportFormat } from './format.ts';
import { createLineSplitter } from './line-splitter.ts';
import { formats as allFormats } from './registry.ts';
import { createReportSink, createWarnings, type ResolvePath, type Warnings } from './report-sink.ts';
import { jsonFormatOf, sniff } from './sniff.ts';
import { createXmlReader } from './xml.ts';

export interface ReportFile {
  /** As found or as given; it is only shown. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface ReadLimits {
  /** Of formats that are streamed. */
  readonly maxBytes: number;
  /** Of formats that need the whole file. */
  readonly maxWholeBytes: number;
}

export interface ReadOptions {
  /** Turns paths in the report into paths of the project; null leaves them as they are written. */
  readonly resolvePath: ResolvePath | null;
  readonly limits?: ReadLimits;
  readonly formats?: readonly ReportFormat[];
}

const mebibyte = 1024 * 1024;
export const readLimits: ReadLimits = { maxBytes: 2048 * mebibyte, maxWholeBytes: 256 * mebibyte };

const headBytes = 64 * 1024;
const maxJsonLineBytes = 4 * mebibyte;

/** Ends the reading of one file with a sentence for its user. */
class Unreadable extends Error {}

interface Consumer {
  write(chunk: Uint8Array): void;
  end(): void;
}

type SinkOf = ReturnType<typeof createReportSink>;

interface Reading {
  readonly format: ReportFormat;
  readonly consumer: Consumer;
}

function jsonLinesConsumer(
  format: Extract<ReportFormat, { syntax: 'json-lines' }>,
  { sink }: SinkOf,
): Consumer {
  const reader = format.read(sink);
  const splitter = createLineSplitter((text, number) => {
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      reader.badLine(text, number);
      return;
    }
    reader.value(value, number);
  }, maxJsonLineBytes);
  return {
    write: splitter.write,
    end() {
      splitter.end();
      reader.end();
    },
  };
}

function textConsumer(format: Extract<ReportFormat, { syntax: 'text' }>, { sink }: SinkOf): Consumer {
  const reader = format.read(sink);
  const splitter = createLineSplitter((text, number) => {
    reader.line(text, number);
  });
  return {
    write: splitter.write,
    end() {
      splitter.end();
      reader.end();
    },
  };
}

/** Parses the whole, then finds out which format it is. */
function parseWhole(
  chunks: readonly Uint8Array[],
  formats: readonly ReportFormat[],
  sinkOf: SinkOf,
): ReportFormat {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(Buffer.concat(chunks)));
  } catch (error) {
    throw new Unreadable(`is no valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`);
  }
  const format = jsonFormatOf(value, formats);
  if (format === null) throw new Unreadable(`is JSON of no known report${keysOf(value)}`);
  format.read(value, sinkOf.sink);
  return format;
}

function keysOf(value: unknown): string {
  if (Array.isArray(value)) return ` (a list of ${value.length})`;
  if (typeof value !== 'object' || value === null) return '';
  const keys = Object.keys(value)
    .slice(0, 6)
    .map((key) => key.slice(0, 30).replace(/[^\x20-\x7e]/g, '?'));
  return ` (keys: ${keys.join(', ')})`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / mebibyte)} MiB`;
}

/** Counts bytes against a limit that depends on how the file is read. */
function createMeter(limit: number): (chunk: Uint8Array) => void {
  let bytes = 0;
  return (chunk) => {
    bytes += chunk.byteLength;
    if (bytes > limit)
      throw new Unreadable(`is larger than ${megabytes(limit)}, the limit for this kind of file`);
  };
}

function consumerFor(
  sniffed: Exclude<ReturnType<typeof sniff>, { syntax: 'json' | 'unknown' }>,
  sinkOf: SinkOf,
): Consumer {
  switch (sniffed.syntax) {
    case 'xml':
      return createXmlReader(sniffed.format.read(sinkOf.sink), sinkOf.sink.warn);
    case 'json-lines':
      return jsonLinesConsumer(sniffed.format, sinkOf);
    case 'text':
      return textConsumer(sniffed.format, sinkOf);
  }
}

/** Reads the first bytes, chooses how to read on, and reads to the end. */
async function drive(
  file: ReportFile,
  options: Required<ReadOptions>,
  { warnings, sinkOf }: { warnings: Warnings; sinkOf: SinkOf },
): Promise<ReportFormat> {
  const { limits, formats } = options;
  const head: Uint8Array[] = [];
  let size = 0;
  let reading: Reading | null = null;
  let whole: Uint8Array[] | null = null;
  let meter = createMeter(limits.maxBytes);

  function begin(complete: boolean): void {
    const bytes = head.length === 1 ? (head[0] ?? new Uint8Array(0)) : Buffer.concat(head);
    const sniffed = sniff(bytes.subarray(0, headBytes), complete && size <= headBytes, formats);
    if (sniffed.syntax === 'unknown') throw new Unreadable(sniffed.error);
    if (sniffed.syntax === 'json') {
      whole = [bytes];
      meter = createMeter(limits.maxWholeBytes);
      meter(bytes);
    } else {
      reading = { format: sniffed.format, consumer: consumerFor(sniffed, sinkOf) };
      reading.consumer.write(bytes);
    }
  }

  for await (const chunk of toUtf8(file.chunks, warnings.add)) {
    meter(chunk);
    if (whole !== null) pushTo(whole, chunk);
    else if (reading !== null) consumerOf(reading).write(chunk);
    else {
      head.push(chunk);
      size += chunk.byteLength;
      if (size >= headBytes) begin(false);
    }
  }
  if (whole === null && reading === null) begin(true);
  return finish({ whole, reading }, formats, sinkOf);
}

function pushTo(chunks: Uint8Array[], chunk: Uint8Array): void {
  chunks.push(chunk);
}

function consumerOf(reading: Reading): Consumer {
  return reading.consumer;
}

function finish(
  state: { whole: Uint8Array[] | null; reading: Reading | null },
  formats: readonly ReportFormat[],
  sinkOf: SinkOf,
): ReportFormat {
  if (state.whole !== null) return parseWhole(state.whole, formats, sinkOf);
  if (state.reading === null) throw new Unreadable('is empty');
  state.reading.consumer.end();
  return state.reading.format;
}

/**
 * Reads one report file in whatever format it is, streaming where the format allows. Never throws: a file that cannot be read gives
 * `report: null` and the reason in `error`, in words that follow the file's name.
 */
export async function readReport(file: ReportFile, options: ReadOptions): Promise<ReadReport> {
  const warnings = createWarnings();
  const base = { path: file.path, sizeBytes: file.sizeBytes };
  try {
    const sinkOf = createReportSink(file.path, warnings, options.resolvePath);
    const complete = { limits: readLimits, formats: allFormats, ...options };
    if (file.sizeBytes > complete.limits.maxBytes)
      throw new Unreadable(`is larger than ${megabytes(complete.limits.maxBytes)}`);
    const format = await drive(file, complete, { warnings, sinkOf });
    return {
      ...base,
      format: format.format,
      report: sinkOf.finish(format.kind),
      error: null,
      warnings: warnings.all(),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ...base,
      format: 'unknown',
      report: null,
      error: reason.slice(0, 500),
      warnings: warnings.all(),
    };
  }
}
