/**
 * The contract of a report format. The driver (`read.ts`) owns bytes, encodings, limits and syntax; a format gets
 * elements, values or lines and says what they mean, through a `ReportSink`. One file per format in `formats/`, one
 * line in the list of its syntax: `xml-formats.ts`, `json-formats.ts`, `line-formats.ts`.
 */
import type { Finding } from '../model/findings.ts';
import type { Metric, ThresholdResult } from '../model/metrics.ts';
import type { ReportKind } from '../model/report.ts';
import type { FailedAt, TestFailure, TestOutcome } from '../model/tests.ts';

/** One run of one test, as the tool wrote it. The collector makes identities, merges reruns, bounds texts, counts. */
export interface TestRun {
  readonly suite: string;
  readonly className: string;
  readonly name: string;
  readonly file: string | null;
  readonly line: number | null;
  /**
   * True where only a failure names the file: then it is not a part of what the test is, or one that fails would be
   * another test.
   */
  readonly isFileOfFailure: boolean;
  /** Where it failed, where the format says so; otherwise the stack shows it. A path as the tool writes it. */
  readonly failedAt: FailedAt | null;
  readonly outcome: TestOutcome;
  readonly durationSeconds: number | null;
  readonly failure: TestFailure | null;
  /** Paths of files that it left, as the tool writes them; only failing runs need to name them. */
  readonly attachments: readonly string[];
  /** Failed runs before this one that the report keeps inside this element (Surefire's `flakyFailure`, retries). */
  readonly earlierFailures: readonly TestFailure[];
  /**
   * What distinguishes its suite from another one of the same name: host, package, time stamp; empty where nothing
   * does.
   */
  readonly scope: string;
  /**
   * True only where the format itself says that this is one more run of the test before it with the same names: then it
   * replaces that one's failure. Namesakes without this mark are tests of their own.
   */
  readonly isRerun: boolean;
}

/** Characters of ASCII, each one byte. */
export interface AsciiText {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** Where a value is put as bytes. */
export interface AsciiPlace extends AsciiText {
  /** Memory for a value that has to be decoded; a longer one is not an easy one. */
  readonly own: Buffer;
  set(bytes: Buffer, from: number, to: number): void;
}

/**
 * A run that passed and says nothing but its names and its time. Of a million such runs only the first are shown: a
 * text for each of the other names would be made for nothing.
 */
export interface PassedRun {
  readonly suite: string;
  /** Empty where there is none. */
  readonly className: AsciiText;
  /** Not empty. */
  readonly name: AsciiText;
  readonly file: AsciiText | null;
  /** The file of its suite, which counts where it names none itself. */
  readonly suiteFile: string | null;
  readonly durationSeconds: number | null;
}

/** Totals that a report states about itself; null = not stated. A contradiction with its elements becomes a warning. */
export interface DeclaredTotals {
  readonly total: number | null;
  readonly failed: number | null;
  readonly errored: number | null;
  readonly skipped: number | null;
}

/** What a report states in numbers. */
export type StatedPart = 'lines' | 'branches' | 'functions' | 'statements';

export interface FileCoverageSink {
  /** A line that can run and how often it did; said twice, the higher count wins within one file of one report. */
  line(line: number, hits: number): void;
  branches(line: number, covered: number, total: number): void;
  /**
   * One branch that the format can distinguish from the line's others: said twice, it is taken if it was taken once. A
   * format that names only the branches that were not taken says beside them by `branches` how many there are.
   */
  branch(line: number, id: string, taken: boolean): void;
  /**
   * Statements that run together, of a format that counts statements: then they are what the file's figure counts, and
   * lines only show. Said twice with one id, they ran if they ran once.
   */
  statements(id: string, count: number, ran: boolean): void;
  function(name: string, hits: number): void;
  /**
   * What the tool counts as the file's lines, where the format works that out of what it lists (a line once in each
   * method, one that ran in part not as covered). Said again for another part of the report, it adds up.
   */
  lineFigure(covered: number, total: number): void;
  /** For formats that give only numbers per file. */
  totals(part: 'lines' | 'branches' | 'functions', covered: number, total: number): void;
}

export interface ReportSink {
  test(run: TestRun): void;
  /**
   * Counts a run whose texts nobody will see, as `test` counts it. False when they are needed: then `test` has to get
   * the run.
   */
  passed(run: PassedRun): boolean;
  /** True as long as `passed` says false of every run, because there is room for what it says. */
  keepsPassed(): boolean;
  declaredTests(totals: DeclaredTotals): void;
  /** The same path may be opened again: its lines are united, unless the report puts the two in different modules. */
  coveredFile(path: string, module?: string): FileCoverageSink;
  /** A folder that file paths of this report may be relative to (Cobertura's `<source>`). */
  sourceRoot(path: string): void;
  /**
   * Totals of the whole report. They count for formats that name no files; `statements` stands for `lines`, counted
   * that way.
   */
  coverageTotals(part: StatedPart, covered: number, total: number): void;
  /** `fingerprint` is the tool's own; null lets the collector make one from rule, path and context. */
  finding(finding: Omit<Finding, 'id' | 'report'>, fingerprint: string | null): void;
  metric(metric: Omit<Metric, 'report'>): void;
  /** A limit that the tool checks itself, crossed or kept, or something that it failed to measure (`passed: false`). */
  threshold(result: Omit<ThresholdResult, 'report'>): void;
  /**
   * The tool's own verdict that its run failed, and why; explained by the failures that the report lists, else it is
   * shown.
   */
  failed(reason: string): void;
  /** The file is cut off, or a part of it that may hold failures cannot be read: what is missing, and where. */
  incomplete(reason: string): void;
  /** What is wrong and where; the first 20 are kept, the rest counted. */
  warn(message: string): void;
}

/** What the figures of a report of tests count, and which of them are runs of one test. */
interface TestFacts {
  readonly kind: 'tests';
  /** What one test is in this format: a sentence for docs/formats.md. */
  readonly unit: string;
  /** What the format itself marks as one more run of a test: a sentence for docs/formats.md. */
  readonly reruns: string;
  /**
   * True where tools write runs of one test under its name and count it once, so that the report's own counts show
   * reruns.
   */
  readonly countsReruns?: true;
}

/** What the figures of a report of coverage count. */
interface CoverageFacts {
  readonly kind: 'coverage';
  readonly unit: string;
  readonly reruns?: undefined;
}

interface OtherFacts {
  readonly kind: Exclude<ReportKind, 'coverage' | 'tests'>;
  readonly reruns?: undefined;
  /** What the figures count: a sentence for docs/formats.md. */
  readonly unit?: string;
}

/** What users are shown about a format in docs/formats.md. */
type FormatBase = (TestFacts | CoverageFacts | OtherFacts) & {
  /** The name users see: in `herald inspect`, the docs, `--format`. */
  readonly format: string;
  readonly title: string;
  /** A second report that the same file gives: what survived mutation is findings, the score a metric. */
  readonly alsoKind?: ReportKind;
  /** Globs for discovery, as the tools name their files by default: `** /junit.xml` without the blank. */
  readonly wellKnownNames: readonly string[];
  /** The specification, or the closest thing to one. */
  readonly specification: string;
  /** Tool and the option that makes it write this format. */
  readonly producers: readonly { readonly tool: string; readonly option: string }[];
};

/** The attributes of a start tag, by their local names. */
export interface XmlAttributes {
  /** Value with entities decoded and bounded in length, null when absent. */
  attribute(name: string): string | null;
  /**
   * Puts the same value into `value`, as bytes that stay as long as the tag is shown, and gives true; null when it is
   * absent, false when it is long or not so easily had: then `attribute` has it.
   */
  ascii(name: string, value: AsciiPlace): boolean | null;
}

/** An element's start tag. Valid only during `open`: copy what is needed. */
export interface XmlElement extends XmlAttributes {
  /** Local name: a namespace prefix is dropped. */
  readonly name: string;
  /** 0 for the root. */
  readonly depth: number;
  /** The attributes beyond `open`, until the next element is held. */
  hold(): XmlAttributes;
  /** Asks for the element's character data, children's excluded, cut at `maxCharacters`; given to `close`. */
  keepText(maxCharacters: number): void;
}

export interface XmlHandler {
  /**
   * Takes whole elements with white space between them right from the bytes, as `open` and `close` would; `buffer` has
   * a `<` at `from`. Gives the position after those it took, `from` where it took none. It never sees elements that lie
   * in several chunks: it only saves time.
   */
  take?(buffer: Buffer, from: number): number;
  open(element: XmlElement): void;
  /** `text` is empty unless `keepText` was called for this element. */
  close(name: string, text: string): void;
  /** The begin of a comment, for formats whose tools write figures there; its bytes as Latin-1. */
  comment?(text: string): void;
  /** After the last element, also when the file was cut off. */
  end(): void;
}

export interface XmlRoot {
  readonly name: string;
  /** Namespace URI given by the root's own `xmlns`, null if none. */
  readonly namespace: string | null;
  attribute(name: string): string | null;
  /** Local name of the root's first child element, null if it has none within the first bytes. */
  readonly firstChild: string | null;
}

export type XmlFormat = FormatBase & {
  readonly syntax: 'xml';
  detect(root: XmlRoot): boolean;
  read(sink: ReportSink): XmlHandler;
};

/**
 * Gets the whole value, so that the order of keys does not matter. Of a large file `detect` gets the beginning of each
 * list in `lists`, and `read` goes through them with `readEntries`, `entriesOf` or `itemsOf` from `shared/`, which
 * parse the entries as they come; through objects with `membersOf`.
 */
export type JsonFormat = FormatBase & {
  readonly syntax: 'json';
  /**
   * The lists that grow with the report: `runs[].results[]` for the results of each run, `[]` for the document,
   * `files{}` for members.
   */
  readonly lists?: readonly string[];
  detect(value: unknown): boolean;
  read(value: unknown, sink: ReportSink): void;
};

/** One JSON value per line (NDJSON). Lines that are not JSON reach `badLine`. */
export type JsonLinesFormat = FormatBase & {
  readonly syntax: 'json-lines';
  /** The first few values of the file. */
  detect(first: readonly unknown[]): boolean;
  read(sink: ReportSink): {
    value(value: unknown, line: number): void;
    badLine(text: string, line: number): void;
    end(): void;
  };
};

export type TextFormat = FormatBase & {
  readonly syntax: 'text';
  /**
   * True where an empty text file (`.txt`, `.log`, `.out`, or without an ending) says that the tool found nothing, as
   * linters leave it.
   */
  readonly emptyIsClean?: boolean;
  /** The first 4 KiB, or as many characters as `headCharacters` asks for. */
  detect(head: string): boolean;
  /** For text whose first telling line may come late, as in a log; at most 64 Ki are there. */
  readonly headCharacters?: number;
  /** Lines come without their line ending, each cut at 64 KiB. */
  read(sink: ReportSink): { line(text: string, number: number): void; end(): void };
};

export type ReportFormat = XmlFormat | JsonFormat | JsonLinesFormat | TextFormat;
