import type { AsciiText, PassedRun, TestRun } from '../format.ts';
import { textOfAscii } from './ascii-value.ts';
import { KnownStates } from './known-states.ts';
import { type HashMark, markOf, RunningHash, type StableHash } from './stable-hash.ts';

/** Where runners check projects out: https://docs.gitlab.com/runner/executors/ (`builds_dir`), with and without token and number. */
const checkout =
  /(?:\/builds\/(?:[\w-]{8,}\/\d{1,4}\/)?[^/\s]+\/[^/\s]+|\/home\/[^/\s]+\/[^/\s]+\/[^/\s]+|[A-Za-z]:\\[^\s:]*?\\workspace)[/\\]/g;
const address = /\b0x[0-9a-fA-F]{6,16}\b/g;
const instant = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\b/g;

/** One look before the expressions. */
const suspicious = /0x|\/builds\/|\/home\/|:\\|\d:\d/;

function watching(characters: string): Uint8Array {
  const watched = new Uint8Array(128);
  for (const character of characters) watched[character.charCodeAt(0)] = 1;
  return watched;
}

const SLASH = 0x2f;
const ZERO = 0x30;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LETTER_B = 0x62;
const LETTER_H = 0x68;
const LETTER_X = 0x78;

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < COLON;
}

/** Characters that nothing which changes is without; names with none of them, nearly all, are hashed as they are. */
const watchedInNames = watching(':/x');
const watchedInFiles = watching(':\\x');

/** A name without what changes from run to run: places of a checkout, addresses of objects, times. */
export function stableName(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(checkout, '').replace(address, '0x').replace(instant, 'TIME');
}

function stableFile(file: string): string {
  return stableName(file)
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
}

function addName(hash: RunningHash, name: string): void {
  if (!hash.addUnless(name, watchedInNames)) hash.add(stableName(name));
}

function addFile(hash: RunningHash, file: string): void {
  const isPlain = !file.startsWith('/') && !file.startsWith('.');
  if (!isPlain || !hash.addUnless(file, watchedInFiles)) hash.add(stableFile(file));
}

/** True for every name that `stableName` may change, and for few others. */
function isSuspicious({ bytes, from, to }: AsciiText): boolean {
  let before = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (before === ZERO && byte === LETTER_X) return true;
    if (before === SLASH && (byte === LETTER_B || byte === LETTER_H)) return true;
    if (before === COLON && (byte === BACKSLASH || isDigit(byte))) return true;
    before = byte;
  }
  return false;
}

function identifyingFile({ file, isFileOfFailure }: TestRun): string | null {
  return isFileOfFailure ? null : file;
}

/** What a class or a suite adds to the identities of its tests. */
interface Beginning {
  readonly file: string | null;
  readonly mark: HashMark;
}

const maxBeginnings = 4_096;

/** The state of a hash behind all that comes before the name. */
function beginningOf(kind: string, group: string, file: string | null): HashMark {
  const hash = new RunningHash();
  hash.add(kind);
  addName(hash, group);
  hash.add('\n');
  if (file !== null) addFile(hash, file);
  hash.add('\n');
  return hash.mark();
}

const classStart = markOf('c\n');
const suiteStart = markOf('s\n');
const nothingWatched = watching('');

/** Adds the class or the suite and the file of a run as they are written. */
function addWritten(hash: RunningHash, { className, suite, file, suiteFile }: PassedRun): void {
  if (className.from === className.to) {
    hash.resume(suiteStart);
    hash.add(suite);
  } else {
    hash.resume(classStart);
    hash.addAscii(className, nothingWatched);
  }
  hash.add('\n');
  if (file !== null) hash.addAscii(file, nothingWatched);
  else if (suiteFile !== null) hash.add(suiteFile);
}

function asWritten(path: string): string {
  return path;
}

type Group = Pick<TestRun, 'className' | 'suite'>;

/**
 * Makes identities of tests: class, file where it is known, and name (parameters are part of it), and the suite where
 * there is no class, as suites beside a class are often named after a run, a browser or a host. Neither line nor report
 * nor job: they change from run to run.
 */
export class TestIdentities {
  readonly #hash = new RunningHash();
  readonly #classes = new Map<string, Beginning>();
  readonly #suites = new Map<string, Beginning>();
  #className = '';
  #suite = '';
  #file: string | null = null;
  #isFirst = true;
  readonly #fileOf: (path: string) => string;
  #passed: { readonly hash: RunningHash; readonly beginnings: KnownStates } | null = null;

  /** `fileOf` gives a file of a run that passed as the project names it. */
  constructor(fileOf: (path: string) => string = asWritten) {
    this.#fileOf = fileOf;
  }

  /** The identity of a run's test; `ordinal` numbers tests that share all of the above, from 0. */
  of(run: TestRun, ordinal: number): StableHash {
    const hash = this.#hash;
    // Tests of one class follow one another: what they share is hashed once.
    const file = identifyingFile(run);
    if (!this.#isBeside(run, file)) this.#begin(run, file);
    addName(hash, run.name);
    if (ordinal > 0) hash.add(`\n#${ordinal}`);
    return hash.take();
  }

  /**
   * Puts the identity of a run that passed into `halves`; false for a name that may hold what changes from run to run:
   * that needs its text. Two beginnings that are taken for one by their hash would have been one in every identity.
   */
  ofPassed(run: PassedRun, halves: Int32Array): boolean {
    this.#passed ??= { hash: new RunningHash(), beginnings: new KnownStates() };
    const { hash, beginnings } = this.#passed;
    addWritten(hash, run);
    if (!beginnings.resume(hash)) beginnings.learn(hash, this.#beginningOfPassed(run));
    const isWatched = hash.addAscii(run.name, watchedInNames) !== 0;
    hash.takeInto(halves);
    return !isWatched || !isSuspicious(run.name);
  }

  #beginningOfPassed({ className, suite, file, suiteFile }: PassedRun): HashMark {
    const written = file === null ? suiteFile : textOfAscii(file);
    const path = written === null || written === '' ? null : this.#fileOf(written);
    const isOfClass = className.from !== className.to;
    return beginningOf(isOfClass ? 'c\n' : 's\n', isOfClass ? textOfAscii(className) : suite, path);
  }

  #isBeside(run: Group, file: string | null): boolean {
    return (
      !this.#isFirst &&
      run.className === this.#className &&
      file === this.#file &&
      (run.className !== '' || run.suite === this.#suite)
    );
  }

  #begin({ className, suite }: Group, file: string | null): void {
    this.#isFirst = false;
    this.#className = className;
    this.#suite = suite;
    this.#file = file;
    const beginnings = className === '' ? this.#suites : this.#classes;
    const group = className === '' ? suite : className;
    const known = beginnings.get(group);
    if (known?.file === file) {
      this.#hash.resume(known.mark);
      return;
    }
    const mark = beginningOf(className === '' ? 's\n' : 'c\n', group, file);
    this.#hash.resume(mark);
    if (known !== undefined || beginnings.size < maxBeginnings) beginnings.set(group, { file, mark });
  }
}
