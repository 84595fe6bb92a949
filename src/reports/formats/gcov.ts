import type { FileCoverageSink, ReportSink, TextFormat } from '../format.ts';

// `    count:line:source`, the count a number (`*` behind it: blocks that did not run), `-` for no code, or marks for
// never.
const LINE = /^\s*([^:]{1,40}):\s*(\d{1,9}):(.*)$/;
const COUNT = /^(\d{1,20}(?:\.\d{1,6})?)([kMGTPEZY]?)\*?$/;
const BRANCH = /^\s*branch\s+(\d{1,6}) (?:taken (\d{1,20})%?|(never executed))/;
const FUNCTION = /^\s*function (.{1,2000}) called (\d{1,20}) returned /;

/** Counts of `--human-readable`: only whether they are 0 matters. */
function hitsOf(text: string): number | null {
  if (/^[#=$%]{5}\*?$/.test(text)) return 0;
  const found = COUNT.exec(text);
  if (found === null) return null;
  return found[2] === '' ? Number(found[1]) : Math.ceil(1000 * Number(found[1]));
}

class GcovReader {
  private readonly sink: ReportSink;
  private file: FileCoverageSink | null = null;
  private current = 0;
  /** Instances of a template repeat its lines between rules, each with branches of its own. */
  private instance = '';
  private odd = 0;
  private firstOdd = 0;

  constructor(sink: ReportSink) {
    this.sink = sink;
  }

  line(text: string, number: number): void {
    if (text.trim() === '' || this.readLine(text) || this.readDetail(text)) return;
    if (this.odd === 0) this.firstOdd = number;
    this.odd += 1;
  }

  end(): void {
    if (this.odd > 0)
      this.sink.warn(
        `lines that gcov does not write are ignored: ${this.odd}, the first: line ${this.firstOdd}`,
      );
  }

  private readLine(text: string): boolean {
    const [, count, line, rest] = LINE.exec(text) ?? [];
    if (count === undefined || rest === undefined) return false;
    if (line === '0') return this.readHead(rest);
    this.current = Number(line);
    const hits = hitsOf(count.trim());
    if (hits !== null) this.file?.line(this.current, hits);
    return hits !== null || count.trim() === '-';
  }

  private readHead(text: string): boolean {
    if (text.startsWith('Source:')) {
      this.file = this.sink.coveredFile(text.slice('Source:'.length).trim());
      this.instance = '';
    }
    return true;
  }

  private readDetail(text: string): boolean {
    if (/^\s*-{10,}\s*$/.test(text)) {
      this.instance = '';
      return true;
    }
    const [, index, taken, never] = BRANCH.exec(text) ?? [];
    if (index !== undefined) {
      this.file?.branch(this.current, `${this.instance} ${index}`, never === undefined && Number(taken) > 0);
      return true;
    }
    const [, name, called] = FUNCTION.exec(text) ?? [];
    if (name !== undefined) this.file?.function(name, Number(called));
    return name !== undefined || this.readInstance(text);
  }

  private readInstance(text: string): boolean {
    if (/^\s*(?:call|unconditional)\s+\d/.test(text)) return true;
    if (!/^\S.*:$/.test(text)) return false;
    this.instance = text;
    return true;
  }
}

/** The annotated source that gcov writes. Instances of a template are united: a line ran if it ran in one of them. */
export const gcov: TextFormat = {
  format: 'gcov',
  title: 'gcov text',
  kind: 'coverage',
  unit: 'lines that can run, each once, as in gcov’s "Lines executed"',
  wellKnownNames: ['**/*.gcov'],
  specification: 'https://gcc.gnu.org/onlinedocs/gcc/Invoking-Gcov.html',
  producers: [
    { tool: 'gcov', option: 'gcov -b file.c' },
    { tool: 'llvm-cov', option: 'llvm-cov gcov file.c' },
  ],
  syntax: 'text',
  detect: (head) => /^ {0,20}-: {0,20}0:Source:./m.test(head),
  read: (sink) => new GcovReader(sink),
};
