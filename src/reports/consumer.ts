import type { JsonLinesFormat, ReportFormat, ReportSink, TextFormat, XmlFormat } from './format.ts';
import { createLineSplitter, type LineSplitter } from './line-splitter.ts';
import { createXmlReader } from './xml/reader.ts';

const maxJsonLineBytes = 4 * 1024 * 1024;

/** Ends the reading of one file with a sentence for its user, in words that follow the file's name. */
export class Unreadable extends Error {
  /** True for a file that is something else than a report; false for a report that is empty, broken or too large. */
  readonly isForeign: boolean;

  constructor(message: string, { isForeign = false }: { readonly isForeign?: boolean } = {}) {
    super(message);
    this.isForeign = isForeign;
  }
}

/** Takes the UTF-8 bytes of a file, however they are cut, and gives a sink what they mean. */
export interface Consumer {
  /** False where a chunk may be gone when it was written. */
  readonly keepsChunks: boolean;
  write(chunk: Uint8Array): void;
  /** The format that it was; throws `Unreadable` when it was none. */
  end(): ReportFormat;
}

/** Shows an XML format the elements as they come. */
export function xmlConsumer(format: XmlFormat, sink: ReportSink): Consumer {
  const reader = createXmlReader(format.read(sink), {
    warn: (message) => {
      sink.warn(message);
    },
    incomplete: (message) => {
      sink.incomplete(message);
    },
  });
  return {
    keepsChunks: false,
    write(chunk) {
      reader.write(chunk);
    },
    end() {
      reader.end();
      return format;
    },
  };
}

function lineByLine(format: ReportFormat, splitter: LineSplitter, reader: { end(): void }): Consumer {
  return {
    keepsChunks: true,
    write(chunk) {
      splitter.write(chunk);
    },
    end() {
      splitter.end();
      reader.end();
      return format;
    },
  };
}

/** Shows a format one JSON value per line. */
export function jsonLinesConsumer(format: JsonLinesFormat, sink: ReportSink): Consumer {
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
  return lineByLine(format, splitter, reader);
}

/** Shows a format one line after the other. */
export function textConsumer(format: TextFormat, sink: ReportSink): Consumer {
  const reader = format.read(sink);
  const splitter = createLineSplitter((text, number) => {
    reader.line(text, number);
  });
  return lineByLine(format, splitter, reader);
}
