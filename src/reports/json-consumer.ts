import { type Consumer, Unreadable } from './consumer.ts';
import { readCutOffJson } from './cut-off-json.ts';
import type { JsonFormat, ReportSink } from './format.ts';
import type { JsonDocument } from './json/document.ts';
import { JsonDocumentReader } from './json/document-reader.ts';
import type { ListSizes } from './json/found-list.ts';
import { StreamedList } from './json/streamed-list.ts';

/** Which files are read in one piece, and how the others are cut. The result is the same for any sizes. */
export interface JsonSizes extends ListSizes {
  /** Files of fewer bytes are parsed as one value. */
  readonly wholeBytes: number;
}

const kibibyte = 1024;
/** A value takes up to about ten times its text, so that these are a few megabytes. */
const jsonSizes: JsonSizes = {
  wholeBytes: 512 * kibibyte,
  listBytes: 64 * kibibyte,
  batchBytes: 64 * kibibyte,
};

/** The first line that GitHub's wrappers of tools print before the tool's output. */
const commandLine = /^\[command\][^\n]*\n/;
const commandStart = '[command]';
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** The value of a file, and why it is not whole. */
interface Parsed {
  readonly value: unknown;
  /** Null when it is whole. */
  readonly fault: string | null;
}

function faultOf(error: unknown): string {
  return `is not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : ''}`;
}

/** Throws `Unreadable` when not even the beginning can be used. */
function parsed(text: string): Parsed {
  try {
    return { value: JSON.parse(text), fault: null };
  } catch (error) {
    const fault = faultOf(error);
    const value = readCutOffJson(text);
    if (value === undefined) throw new Unreadable(fault);
    return { value, fault };
  }
}

function keysOf(value: unknown): string {
  if (Array.isArray(value) || value instanceof StreamedList) return ` (a list of ${value.length})`;
  if (typeof value !== 'object' || value === null) return '';
  const keys = Object.keys(value)
    .slice(0, 6)
    .map((key) => key.slice(0, 30).replace(/[^\x20-\x7e]/g, '?'));
  return ` (keys: ${keys.join(', ')})`;
}

/** Where the document begins: behind a byte order mark and the line of a wrapper. */
function startOf(bytes: Buffer): number {
  const start = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0;
  if (bytes.toString('latin1', start, start + commandStart.length) !== commandStart) return start;
  return bytes.indexOf('\n', start) + 1 || start;
}

function unknownFormat(outline: unknown): Unreadable {
  return new Unreadable(`is JSON, but not of a known report${keysOf(outline)}`, { isForeign: true });
}

const cutOff = 'the file is cut off; Herald uses the part before that';

interface Readers {
  readonly formats: readonly JsonFormat[];
  readonly sink: ReportSink;
}

function readValue({ value, fault }: Parsed, { formats, sink }: Readers): JsonFormat {
  const format = formats.find((candidate) => candidate.detect(value));
  if (format === undefined) throw fault === null ? unknownFormat(value) : new Unreadable(fault);
  if (fault !== null) sink.incomplete(cutOff);
  format.read(value, sink);
  return format;
}

/** Null when it is not of a known format. */
function readDocument(
  document: JsonDocument,
  { formats, sink }: Readers,
  isCutOff: boolean,
): JsonFormat | null {
  const sample = document.sample();
  const format = formats.find((candidate) => candidate.detect(sample));
  if (format === undefined) return null;
  if (isCutOff) sink.incomplete(cutOff);
  format.read(document.valueFor(format.format), sink);
  return format;
}

function readLarge(reader: JsonDocumentReader, readers: Readers): JsonFormat {
  const document = reader.document();
  if (document !== null) {
    const format = readDocument(document, readers, false);
    if (format === null) throw unknownFormat(document.outline());
    return format;
  }
  const whole = reader.wholePart();
  const format = whole === null ? null : readDocument(whole, readers, true);
  if (format !== null) return format;
  // `JSON.parse` says what is wrong with it, and a text that is wrong at its end has a beginning.
  return readValue(parsed(reader.kept.text(0, reader.kept.length).replace(commandLine, '')), readers);
}

/** Finds out which of the JSON formats a file is, and reads it; long lists of a large one are parsed piece by piece. */
export function jsonConsumer(
  formats: readonly JsonFormat[],
  sink: ReportSink,
  sizes: JsonSizes = jsonSizes,
): Consumer {
  const readers = { formats, sink };
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let large: JsonDocumentReader | null = null;

  function beginLarge(): JsonDocumentReader {
    const bytes = Buffer.concat(head);
    head.length = 0;
    large = new JsonDocumentReader(formats, sizes);
    large.write(bytes.subarray(startOf(bytes)));
    return large;
  }

  return {
    keepsChunks: false,
    write(chunk) {
      if (large !== null) {
        large.write(chunk);
        return;
      }
      head.push(Uint8Array.from(chunk));
      headBytes += chunk.byteLength;
      if (sizes.wholeBytes > 0 && headBytes >= sizes.wholeBytes) beginLarge();
    },
    end() {
      if (large === null && headBytes < sizes.wholeBytes) {
        const text = new TextDecoder().decode(Buffer.concat(head)).replace(commandLine, '');
        return readValue(parsed(text), readers);
      }
      return readLarge(large ?? beginLarge(), readers);
    },
  };
}
