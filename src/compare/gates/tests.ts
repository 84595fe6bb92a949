import type { NamedTest } from '../../model/comparison.ts';
import type { CountedFailures, GateWords } from '../../model/gate-words.ts';
import { isQuarantined } from '../../model/quarantine.ts';
import { isFailing, type TestCase } from '../../model/tests.ts';
import {
  type Gate,
  type Judgeable,
  type Measured,
  named,
  notCompared,
  unexplainedIn,
  withUnexplained,
} from '../gate.ts';

function nameOf({ className, name }: NamedTest): string {
  return className === '' ? name : `${className}: ${name}`;
}

function failing({ tests }: Judgeable): readonly TestCase[] {
  return tests?.cases.filter(({ outcome }) => isFailing(outcome)) ?? [];
}

/** Failing tests without those in quarantine, and how many these are. */
function counted(
  summary: Judgeable,
  among: (test: TestCase) => boolean = () => true,
): { readonly tests: readonly TestCase[]; readonly tolerated: number } {
  const all = failing(summary).filter(among);
  const tests = all.filter(({ id }) => !isQuarantined(id, summary.comparison.quarantined));
  return { tests, tolerated: all.length - tests.length };
}

/** Never fewer failures without saying why. */
function withQuarantine(measured: Measured, tolerated: number): Measured {
  const { found } = measured;
  return tolerated === 0
    ? measured
    : { ...measured, found: (words) => words.besides(found(words), tolerated) };
}

function failures(summary: Judgeable): Measured | null {
  if (summary.tests === null) return null;
  const { tests, tolerated } = counted(summary);
  const count = summary.tests.totals.failed + summary.tests.totals.errored - tolerated;
  const names = tests.map(nameOf);
  const found: Measured['found'] = (words) => `${words.failures(count)}${named(words, names, count)}`;
  return withQuarantine({ value: count, found }, tolerated);
}

function errors(summary: Judgeable): Measured | null {
  if (summary.tests === null) return null;
  const { tests, tolerated } = counted(summary, ({ outcome }) => outcome === 'errored');
  const count = summary.tests.totals.errored - tolerated;
  const names = tests.map(nameOf);
  const found: Measured['found'] = (words) => `${words.errors(count)}${named(words, names, count)}`;
  return withQuarantine({ value: count, found }, tolerated);
}

/** Signs of failing tests that may or may not be new. */
const signsOfTests = new Set(['declared', 'verdict', 'vanished', 'incomplete'] as const);

/** New failing tests, or all failing tests if there is no baseline to compare with. */
function newFailures(
  summary: Judgeable,
  counts: (test: TestCase) => boolean,
  which: CountedFailures,
): Measured | null {
  const { tests, comparison } = summary;
  if (tests === null) return null;
  const known = comparison.tests;
  const { tests: unquarantined, tolerated } = counted(summary);
  const all = (known?.newFailures ?? unquarantined).filter(
    (test) => !comparison.flakyMarks.has(test.id) && counts(test),
  );
  // Totals include failures that the limits cut from the list.
  const uncounted = known === null ? tests.totals.failed + tests.totals.errored - failing(summary).length : 0;
  const count = all.length + uncounted;
  const names = all.map(nameOf);
  const said = which === 'all' && comparison.flakyMarks.size > 0 ? 'unmarked' : which;
  const measured = {
    value: count,
    found: (words: GateWords) =>
      words.newFailures(count, said, {
        names: named(words, names, count),
        isCompared: known !== null,
      }),
  };
  return withUnexplained(withQuarantine(measured, tolerated), unexplainedIn(summary, signsOfTests));
}

export const testGates = [
  {
    name: 'failures',
    meaning:
      'Tests that fail or cannot run, new or not, without those in quarantine, and signs of failure that no report explains.',
    takes: ['number'],
    bare: true,
    example: 'failures',
    measure: (summary) => withUnexplained(failures(summary), unexplainedIn(summary)),
    unmeasured: 'no-tests',
    remedy: 'fix-tests',
  },
  {
    name: 'errors',
    meaning:
      'Tests that could not finish with a result, without those in quarantine, and signs of failure that no report explains.',
    takes: ['number'],
    bare: true,
    example: 'errors',
    measure: (summary) => withUnexplained(errors(summary), unexplainedIn(summary)),
    unmeasured: 'no-tests',
    remedy: 'fix-errors',
  },
  {
    name: 'new-failures',
    meaning:
      'Failing tests that do not fail on the target branch and that nobody marked as flaky or put into quarantine; without a baseline every other failure counts as new.',
    takes: ['number'],
    bare: true,
    example: 'new-failures',
    measure: (summary) => newFailures(summary, () => true, 'all'),
    unmeasured: 'no-tests',
    remedy: 'fix-new-failures',
  },
  {
    name: 'new-stable-failures',
    meaning: 'Like `new-failures`, without tests that are flaky by the history of the target branch.',
    takes: ['number'],
    bare: true,
    example: 'new-stable-failures',
    measure: (summary) =>
      newFailures(summary, ({ id }) => summary.comparison.records.get(id)?.flaky !== true, 'stable'),
    unmeasured: 'no-tests',
    remedy: 'fix-new-failures',
  },
  {
    name: 'flaky',
    meaning: 'Tests that failed and then passed on a retry in this pipeline.',
    takes: ['number'],
    bare: true,
    example: 'flaky>3',
    measure({ tests }) {
      if (tests === null) return null;
      const names = tests.cases.filter(({ flaky }) => flaky).map(nameOf);
      const count = tests.totals.flaky;
      return {
        value: count,
        found: (words) => `${words.flaky(count)}${named(words, names, count)}`,
      };
    },
    unmeasured: 'no-tests',
    remedy: 'make-reliable',
  },
  {
    name: 'skipped',
    meaning: 'Tests that were skipped.',
    takes: ['number'],
    bare: true,
    example: 'skipped>20',
    measure: ({ tests }) =>
      tests === null
        ? null
        : {
            value: tests.totals.skipped,
            found: (words) => words.skipped(tests.totals.skipped),
          },
    unmeasured: 'no-tests',
    remedy: 'run-again',
  },
  {
    name: 'newly-skipped',
    meaning: 'Tests that ran on the target branch and are skipped now.',
    takes: ['number'],
    bare: true,
    example: 'newly-skipped',
    measure({ comparison }) {
      const skipped = comparison.tests?.newlySkipped;
      if (skipped === undefined) return null;
      const names = skipped.items.map(nameOf);
      return {
        value: skipped.count,
        found: (words) => `${words.newlySkipped(skipped.count)}${named(words, names, skipped.count)}`,
      };
    },
    unmeasured: notCompared('tests', 'no-tests', 'no-earlier-tests'),
    remedy: 'run-again',
  },
  {
    name: 'removed-tests',
    meaning: 'Tests of the target branch that are gone, without those that moved.',
    takes: ['number'],
    bare: true,
    example: 'removed-tests>5',
    measure({ comparison }) {
      const removed = comparison.tests?.removed;
      if (removed === undefined) return null;
      const names = removed.items.map(nameOf);
      return {
        value: removed.count,
        found: (words) => `${words.removed(removed.count)}${named(words, names, removed.count)}`,
      };
    },
    unmeasured: notCompared('tests', 'no-tests', 'no-earlier-tests'),
    remedy: 'bring-back',
  },
  {
    name: 'tests',
    meaning: 'The number of tests; without a test report it is 0.',
    takes: ['number'],
    bare: false,
    example: 'tests<100',
    measure({ tests }) {
      const count = tests?.totals.total ?? 0;
      return { value: count, found: (words) => words.tests(count) };
    },
    unmeasured: null,
    remedy: 'check-test-jobs',
  },
] as const satisfies readonly Gate[];
