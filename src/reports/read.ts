import { noEvidence } from '../model/evidence.ts';
import { counted } from '../model/plural.ts';
import type { ReadReport } from '../model/report.ts';
import type { MaskText } from '../secrets/masked-value.ts';
import type { IsProjectFile } from './collect/failed-at.ts';
import { createReportSink, createWarnings, type ResolvePath } from './collect/report-sink.ts';
import type { Reruns } from './collect/tests.ts';
import { type Consumer, jsonLinesConsumer, textConsumer, Unreadable, xmlConsumer } from './consumer.ts';
import { toUtf8 } from './encoding.ts';
import type { JsonFormat, ReportFormat, ReportSink, TextFormat } from './format.ts';
import type { JsonSizes } from './json-consumer.ts';
import { builtInFormats, type ListedFormat } from './listed-formats.ts';
import { formatsOf, sniff } from './sniff.ts';
import { unzipped } from './unzipped.ts';

export interface ReportFile {
  /** As found or as given; it is only shown. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Each is valid until the next is asked for, and stays as it is. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface ReadLimits {
  /** Of formats that are streamed. */
  readonly maxBytes: number;
  /** Of JSON, whose bytes are kept until the end. */
  readonly maxWholeBytes: number;
  /** How large JSON is cut; for tests. */
  readonly json?: JsonSizes;
}

export interface ReadOptions {
  /** Turns paths in the report into paths of the project; null leaves them as they are written. */
  readonly resolvePath: ResolvePath | null;
  /** True for a file of the project; null or omitted when its files are not known. */
  readonly isProjectFile?: IsProjectFile | null;
  /** The job of the pipeline that handed the file over; null or omitted when it is not known. */
  readonly jobId?: number | null;
  /** Takes secrets out of every text that is kept. */
  readonly mask: MaskText;
  readonly limits?: ReadLimits;
  /** Which namesakes are reruns; `marked` by default. */
  readonly reruns?: Reruns;
  /** True where only the totals of tests count, not the tests themselves; false by default. */
  readonly totalsOnly?: boolean;
  /** What a file may be; all formats by default. */
  readonly formats?: readonly ListedFormat[];
}

const mebibyte = 1024 * 1024;
const readLimits: ReadLimits = { maxBytes: 1024 * mebibyte, maxWholeBytes: 256 * mebibyte };

/** What is looked at before it is decided how to read on. */
const headBytes = 64 * 1024;
const maxErrorCharacters = 500;

function megabytes(bytes: number): string {
  return bytes < mebibyte
    ? counted(bytes, { one: 'byte', other: 'bytes' })
    : `${Math.round(bytes / mebibyte)} MiB`;
}

/** Names of text files: `flake8.txt`, `build/lint`. */
const textNamed = /(?:\.(?:txt|log|out)|(?:^|\/)[^./]+)$/i;

function cleanTextOf(formats: readonly ListedFormat[]): TextFormat | null {
  return formatsOf(formats, 'text').find(({ emptyIsClean }) => emptyIsClean === true) ?? null;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.length < 1_000 && new TextDecoder().decode(bytes).trim() === '';
}

/** The formats in JSON with their readers. */
async function jsonOf(formats: readonly ListedFormat[]): Promise<readonly JsonFormat[]> {
  const own = formatsOf(formats, 'json');
  const deferred = new Set(formatsOf(formats, 'deferred-json').map(({ format }) => format));
  if (deferred.size === 0) return own;
  const { jsonFormats } = await import('./json-formats.ts');
  return [...own, ...jsonFormats.filter(({ format }) => deferred.has(format))];
}

interface DriverOptions {
  readonly formats: readonly ListedFormat[];
  readonly limits: ReadLimits;
}

/** Collects the first bytes, decides by them how to read the file, and hands on all bytes. */
class Driver {
  readonly #formats: readonly ListedFormat[];
  readonly #limits: ReadLimits;
  readonly #sink: ReportSink;
  #head: Uint8Array[] = [];
  #bytes = 0;
  #maxBytes: number;
  #consumer: Consumer | null = null;
  /** What the file is of when it is empty, null where an empty file is broken. */
  readonly #ofCleanText: TextFormat | null;

  constructor(path: string, { formats, limits }: DriverOptions, sink: ReportSink) {
    this.#formats = formats;
    this.#limits = limits;
    this.#sink = sink;
    this.#maxBytes = limits.maxBytes;
    this.#ofCleanText = textNamed.test(path) ? cleanTextOf(formats) : null;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.byteLength;
    if (this.#consumer === null) {
      this.#head.push(Uint8Array.from(chunk));
      if (this.#bytes >= headBytes) await this.#begin(false);
    } else this.#consumer.write(this.#consumer.keepsChunks ? Uint8Array.from(chunk) : chunk);
    this.#checkSize();
  }

  async end(): Promise<ReportFormat> {
    const consumer = this.#consumer ?? (await this.#begin(true));
    this.#checkSize();
    return consumer.end();
  }

  #checkSize(): void {
    if (this.#bytes > this.#maxBytes)
      throw new Unreadable(`is larger than ${megabytes(this.#maxBytes)}, the limit for this kind of file`);
  }

  async #begin(isWhole: boolean): Promise<Consumer> {
    const [first] = this.#head;
    const head = first !== undefined && this.#head.length === 1 ? first : Buffer.concat(this.#head);
    this.#head = [];
    const consumer = await this.#consumerOf(head, isWhole);
    this.#consumer = consumer;
    consumer.write(head);
    return consumer;
  }

  async #consumerOf(head: Uint8Array, isWhole: boolean): Promise<Consumer> {
    const clean = isWhole && isBlank(head) ? this.#ofCleanText : null;
    if (clean !== null) return textConsumer(clean, this.#sink);
    const sniffed = sniff(head.subarray(0, headBytes), isWhole && head.length <= headBytes, this.#formats);
    switch (sniffed.syntax) {
      case 'xml':
        return xmlConsumer(sniffed.format, this.#sink);
      case 'json-lines':
        return jsonLinesConsumer(sniffed.format, this.#sink);
      case 'text':
        return textConsumer(sniffed.format, this.#sink);
      case 'json': {
        this.#maxBytes = this.#limits.maxWholeBytes;
        const { jsonConsumer } = await import('./json-consumer.ts');
        return jsonConsumer(await jsonOf(this.#formats), this.#sink, this.#limits.json);
      }
      case 'unknown':
        throw new Unreadable(sniffed.error, sniffed);
    }
  }
}

/** How far a file is read. */
class Progress {
  readonly #file: ReportFile;
  #bytes = 0;

  constructor(file: ReportFile) {
    this.#file = file;
  }

  /** The share of the file that is read; null for a pipe, which has no size. */
  share(): number | null {
    return this.#file.sizeBytes > 0 ? Math.min(1, this.#bytes / this.#file.sizeBytes) : null;
  }

  /** The chunks of the file, counted. */
  async *chunks(): AsyncIterable<Uint8Array> {
    for await (const chunk of this.#file.chunks) {
      this.#bytes += chunk.byteLength;
      yield chunk;
    }
  }
}

/** Why a file could not be read, in words that follow its name. */
function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  if (error instanceof RangeError)
    return `cannot be read: it is nested too deep or too large (${error.message})`;
  return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}

/**
 * Reads one report file in whatever format it is, streaming where the format allows. Never throws: a file that cannot
 * be read gives `report: null` and the reason in `error`, in words that follow the file's name.
 */
export async function readReport(file: ReportFile, options: ReadOptions): Promise<ReadReport> {
  const { limits = readLimits, formats = builtInFormats, mask } = options;
  const warnings = createWarnings(mask);
  const base = { path: mask(file.path), sizeBytes: file.sizeBytes };
  try {
    if (file.sizeBytes > limits.maxBytes)
      throw new Unreadable(`is larger than ${megabytes(limits.maxBytes)}`);
    const progress = new Progress(file);
    const { sink, finish } = createReportSink(base.path, warnings, {
      resolvePath: options.resolvePath,
      isProjectFile: options.isProjectFile ?? null,
      jobId: options.jobId ?? null,
      maskText: mask,
      reruns: options.reruns ?? 'marked',
      totalsOnly: options.totalsOnly ?? false,
      shareRead: () => progress.share(),
    });
    const driver = new Driver(file.path, { formats, limits }, sink);
    for await (const chunk of toUtf8(unzipped(progress.chunks()), warnings.add)) await driver.write(chunk);
    const format = await driver.end();
    const { evidence, ...reports } = finish(format);
    return {
      ...base,
      format: format.format,
      ...reports,
      error: null,
      isForeign: false,
      warnings: warnings.all(),
      evidence,
    };
  } catch (error) {
    return {
      ...base,
      format: 'unknown',
      report: null,
      error: mask(reasonOf(error)).slice(0, maxErrorCharacters),
      isForeign: error instanceof Unreadable && error.isForeign,
      warnings: warnings.all(),
      evidence: noEvidence,
    };
  }
}
