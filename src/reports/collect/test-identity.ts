import type { TestRun } from '../format.ts';
import { type HashMark, RunningHash, type StableHash } from './stable-hash.ts';

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

function identifyingFile({ file, isFileOfFailure }: TestRun): string | null {
  return isFileOfFailure ? null : file;
}

/** What a class or a suite adds to the identities of its tests. */
interface Beginning {
  readonly file: string | null;
  readonly mark: HashMark;
}

const maxBeginnings = 4_096;

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

  /** The identity of a run's test; `ordinal` numbers tests that share all of the above, from 0. */
  of(run: TestRun, ordinal: number): StableHash {
    const hash = this.#hash;
    // Tests of one class follow one another: what they share is hashed once.
    if (!this.#isBeside(run)) this.#begin(run);
    addName(hash, run.name);
    if (ordinal > 0) hash.add(`\n#${ordinal}`);
    return hash.take();
  }

  #isBeside(run: TestRun): boolean {
    return (
      !this.#isFirst &&
      run.className === this.#className &&
      identifyingFile(run) === this.#file &&
      (run.className !== '' || run.suite === this.#suite)
    );
  }

  #begin(run: TestRun): void {
    const { className, suite } = run;
    const file = identifyingFile(run);
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
    const mark = this.#hashBeginning(className === '' ? 's\n' : 'c\n', group, file);
    if (known !== undefined || beginnings.size < maxBeginnings) beginnings.set(group, { file, mark });
  }

  #hashBeginning(kind: string, group: string, file: string | null): HashMark {
    const hash = this.#hash;
    hash.clear();
    hash.add(kind);
    addName(hash, group);
    hash.add('\n');
    if (file !== null) addFile(hash, file);
    hash.add('\n');
    return hash.mark();
  }
}
