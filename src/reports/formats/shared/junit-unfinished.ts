import type { XmlElement } from '../../format.ts';
import type { OpenCase } from './junit-elements.ts';
import { wholeNumber } from './junit-numbers.ts';

/**
 * True for the case that pytest had open when its run was interrupted (`pytest.exit`, Ctrl-C): it has a time, and
 * neither names nor a verdict, and pytest does not count it.
 * https://github.com/pytest-dev/pytest/blob/main/src/_pytest/junitxml.py
 */
export function isInterrupted({ name, className, durationSeconds, outcome, status }: OpenCase): boolean {
  return name === '' && className === '' && durationSeconds !== null && outcome === null && status === null;
}

/** Files whose types are checked have no times. https://vitest.dev/guide/testing-types */
const typeTests = /-d\.[cm]?[jt]sx?$/;

/** True where tests were to run and none of them failed. */
function hasSilentTests(suite: XmlElement): boolean {
  const count = (name: string): number => wholeNumber(suite.attribute(name)) ?? 0;
  return count('failures') === 0 && count('tests') > count('skipped');
}

/**
 * Files of tests in Vitest's report whose worker died: Vitest lists their tests as if they had passed, and only the
 * time of the file says that its run did not end.
 */
export class UnfinishedFiles {
  #isVitest = false;
  readonly #files = new Set<string>();
  readonly #finished = new Set<string>();

  open(suite: XmlElement): void {
    if (suite.depth === 0) this.#isVitest = suite.attribute('name') === 'vitest tests';
    if (!this.#isVitest || suite.depth !== 1) return;
    const name = suite.attribute('name') ?? '';
    if (suite.attribute('time') !== '0') this.#finished.add(name);
    else if (!typeTests.test(name) && hasSilentTests(suite)) this.#files.add(name);
  }

  /** A sentence for each; a file that ran and whose types were checked, too, is there twice. */
  reasons(): readonly string[] {
    return [...this.#files]
      .filter((name) => !this.#finished.has(name))
      .map((name) => `the run of ${name} did not end, and says nothing of its tests`);
  }
}

/**
 * The counts that Node's reporter writes as comments: a test with subtests is a suite there, and when it fails itself,
 * nothing else says so. https://github.com/nodejs/node/blob/main/lib/internal/test_runner/reporter/junit.js
 */
export class SummaryOfNode {
  #failures = 0;

  comment(text: string): void {
    const count = /^ (?:fail|cancelled) (\d{1,9}) $/.exec(text)?.[1];
    this.#failures += Number(count ?? 0);
  }

  failures(): number {
    return this.#failures;
  }
}
