import type { FileCoverageSink, ReportSink, TextFormat } from '../format.ts';
import { createLineSpans, type LineSpans } from '../line-spans.ts';

// `name.go:first.column,last.column statements count`; a name may hold colons and blanks.
const BLOCK = /^(.+):(\d{1,9})\.\d{1,9},(\d{1,9})\.\d{1,9} \d{1,9} (\d{1,20})\s*$/;

class GoCoverReader {
  private readonly sink: ReportSink;
  private readonly spans: LineSpans;
  private path = '';
  private file: FileCoverageSink | null = null;
  private odd = 0;
  private firstOdd = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
    this.spans = createLineSpans(sink);
  }

  line(text: string, number: number): void {
    if (text.trim() === '' || text.startsWith('mode:')) return;
    const [, path, first, last, hits] = BLOCK.exec(text) ?? [];
    if (path === undefined) {
      if (this.odd === 0) this.firstOdd = number;
      this.odd += 1;
      return;
    }
    if (this.file === null || path !== this.path) {
      this.path = path;
      this.file = this.sink.coveredFile(path);
    }
    this.spans.mark(this.file, { first: Number(first), last: Number(last), hits: Number(hits) });
  }

  end(): void {
    this.spans.end();
    if (this.odd > 0) {
      this.sink.warn(
        `lines that are no blocks of a cover profile are left out: ${this.odd}, the first: line ${this.firstOdd}`,
      );
    }
  }
}

/**
 * Go's cover profiles. Go counts statements in blocks and gives the lines of the blocks: every line of a block counts, and one in
 * several blocks is covered if any of them ran. Paths begin with the module's, which only a list of files can place.
 */
export const goCover: TextFormat = {
  format: 'go-cover',
  title: 'Go cover profile',
  kind: 'coverage',
  wellKnownNames: [
    '**/coverage.out',
    '**/cover.out',
    '**/c.out',
    '**/coverprofile*',
    '**/*.cov',
    '**/cov.out',
    '**/coverage.txt',
  ],
  specification: 'https://pkg.go.dev/golang.org/x/tools/cover#ParseProfiles',
  producers: [{ tool: 'Go', option: 'go test -coverprofile=coverage.out ./...' }],
  syntax: 'text',
  detect: (head) => /^\uFEFF?\s*mode: (?:set|count|atomic)\s*(?:\r?\n|$)/.test(head),
  read: (sink) => new GoCoverReader(sink),
};
