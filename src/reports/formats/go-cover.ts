import { createLineSpans, type LineSpans } from '../collect/line-spans.ts';
import type { FileCoverageSink, ReportSink, TextFormat } from '../format.ts';

// `name.go:first.column,last.column statements count`; a name may hold colons and blanks.
const BLOCK = /^(.+):((\d{1,9})\.\d{1,9},(\d{1,9})\.\d{1,9}) (\d{1,9}) (\d{1,20})\s*$/;

/**
 * A block that breaks off, in its path or behind it: only the end of a file that was cut off looks like this. What `go
 * test` prints, `PASS` or `ok`, is a word without a slash or a dot.
 */
const BROKEN = /^\S.*\.go(?::\d*(?:\.\d*(?:,\d*(?:\.\d*(?: \d* ?)?)?)?)?)?$|^[^\s:/.]*[/.][^\s:]*$/;

class GoCoverReader {
  private readonly sink: ReportSink;
  private readonly spans: LineSpans;
  private path = '';
  private file: FileCoverageSink | null = null;
  private isBroken = false;
  private odd = 0;
  private firstOdd = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
    this.spans = createLineSpans(sink);
  }

  line(text: string, number: number): void {
    if (text.trim() === '' || text.startsWith('mode:')) return;
    this.isBroken = false;
    const [, path, place = '', first, last, statements, hits] = BLOCK.exec(text) ?? [];
    if (path === undefined) {
      this.isBroken = BROKEN.test(text);
      if (this.odd === 0) this.firstOdd = number;
      this.odd += 1;
      return;
    }
    if (this.file === null || path !== this.path) {
      this.path = path;
      this.file = this.sink.coveredFile(path);
    }
    this.file.statements(place, Number(statements), Number(hits) > 0);
    this.spans.mark(this.file, { first: Number(first), last: Number(last), hits: Number(hits) });
  }

  end(): void {
    this.spans.end();
    if (this.isBroken) this.sink.incomplete('the last line is half a block: the file may be cut off');
    if (this.odd > 0) {
      this.sink.warn(
        `lines that are not blocks of a cover profile are ignored: ${this.odd}, the first: line ${this.firstOdd}`,
      );
    }
  }
}

/**
 * Go's cover profiles. As `go tool cover` does, the figure counts statements: those of a block, which is listed once
 * for each test binary, ran if they ran in one of them. Lines show the blocks that they lie in. Profiles that were put
 * together by hand may lack `mode:`. Paths begin with the module's, which only a list of files can place.
 */
export const goCover: TextFormat = {
  format: 'go-cover',
  title: 'Go cover profile',
  kind: 'coverage',
  unit: 'statements, as in "go tool cover -func"',
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
  detect: (head) =>
    /^\uFEFF?\s*mode: (?:set|count|atomic)\s*(?:\r?\n|$)/.test(head) ||
    /^\uFEFF?\s*[^\s:][^\r\n]*\.go:\d{1,9}\.\d{1,9},\d{1,9}\.\d{1,9} \d{1,9} \d{1,20}\s*(?:\r?\n|$)/.test(
      head,
    ),
  read: (sink) => new GoCoverReader(sink),
};
