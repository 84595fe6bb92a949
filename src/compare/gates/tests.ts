import type { NamedTest } from '../../model/comparison.ts';
import { isFailing, type TestCase } from '../../model/tests.ts';
import {
  counted,
  type Gate,
  type Judgeable,
  type Measured,
  named,
  unexplainedIn,
  withUnexplained,
} from '../gate.ts';

const noTests = 'no test report was found';
const noBaseline = 'tests are missing in this run or in the baseline';

function nameOf({ className, name }: NamedTest): string {
  return className === '' ? name : `${className}: ${name}`;
}

function failing({ tests }: Judgeable): readonly TestCase[] {
  return tests?.cases.filter(({ outcome }) => isFailing(outcome)) ?? [];
}

function failures(summary: Judgeable): Measured | null {
  if (summary.tests === null) return null;
  const count = summary.tests.totals.failed + summary.tests.totals.errored;
  const names = named(failing(summary).map(nameOf), count);
  return { value: count, found: `${counted(count, 'test fails', 'tests fail')}${names}` };
}

function errors({ tests }: Judgeable): Measured | null {
  if (tests === null) return null;
  const count = tests.totals.errored;
  const errored = tests.cases.filter(({ outcome }) => outcome === 'errored').map(nameOf);
  return { value: count, found: `${counted(count, 'test', 'tests')} could not run${named(errored, count)}` };
}

/** Signs of failing tests that may or may not be new. */
const signsOfTests = new Set(['declared', 'verdict', 'vanished', 'incomplete'] as const);

/** New failing tests, or all failing tests if there is no baseline to compare with. */
function newFailures(
  summary: Judgeable,
  counts: (test: TestCase) => boolean,
  which: string,
): Measured | null {
  const { tests, comparison } = summary;
  if (tests === null) return null;
  const known = comparison.tests;
  const all = (known?.newFailures ?? failing(summary)).filter(
    (test) => !comparison.flakyMarks.has(test.id) && counts(test),
  );
  // Totals include failures that the limits cut from the list.
  const uncounted = known === null ? tests.totals.failed + tests.totals.errored - failing(summary).length : 0;
  const count = all.length + uncounted;
  const names = named(all.map(nameOf), count);
  const target = `that ${count === 1 ? 'does' : 'do'} not fail on the target branch`;
  const kind = which === '' && comparison.flakyMarks.size > 0 ? ' not marked as flaky' : which;
  const found = counted(count, `test${kind} fails`, `tests${kind} fail`);
  const measured = {
    value: count,
    found:
      known === null
        ? `${found}${names}; without a baseline all of them count as new`
        : `${found} ${target}${names}`,
  };
  return withUnexplained(measured, unexplainedIn(summary, signsOfTests));
}

export const testGates = [
  {
    name: 'failures',
    meaning: 'Tests that fail or cannot run, new or not, and signs of failure that no report explains.',
    takes: ['number'],
    bare: true,
    example: 'failures',
    measure: (summary) => withUnexplained(failures(summary), unexplainedIn(summary)),
    unmeasured: noTests,
    remedy: 'fix the failing tests',
  },
  {
    name: 'errors',
    meaning: 'Tests that could not finish with a result, and signs of failure that no report explains.',
    takes: ['number'],
    bare: true,
    example: 'errors',
    measure: (summary) => withUnexplained(errors(summary), unexplainedIn(summary)),
    unmeasured: noTests,
    remedy: 'fix what keeps the tests from running',
  },
  {
    name: 'new-failures',
    meaning:
      'Failing tests that do not fail on the target branch and that nobody marked as flaky; without a baseline every other failure counts as new.',
    takes: ['number'],
    bare: true,
    example: 'new-failures',
    measure: (summary) => newFailures(summary, () => true, ''),
    unmeasured: noTests,
    remedy: 'fix the new failures',
  },
  {
    name: 'new-stable-failures',
    meaning: 'Like `new-failures`, without tests that are flaky by the history of the target branch.',
    takes: ['number'],
    bare: true,
    example: 'new-stable-failures',
    measure: (summary) =>
      newFailures(
        summary,
        ({ id }) => summary.comparison.records.get(id)?.flaky !== true,
        ' not known as flaky',
      ),
    unmeasured: noTests,
    remedy: 'fix the new failures',
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
        found: `${counted(count, 'test', 'tests')} passed only after a retry${named(names, count)}`,
      };
    },
    unmeasured: noTests,
    remedy: 'make them reliable',
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
            found: `${counted(tests.totals.skipped, 'test was', 'tests were')} skipped`,
          },
    unmeasured: noTests,
    remedy: 'let them run again',
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
      const names = named(skipped.items.map(nameOf), skipped.count);
      return {
        value: skipped.count,
        found: `${counted(skipped.count, 'test is', 'tests are')} skipped that ran before${names}`,
      };
    },
    unmeasured: noBaseline,
    remedy: 'let them run again',
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
      const names = named(removed.items.map(nameOf), removed.count);
      return {
        value: removed.count,
        found: `${counted(removed.count, 'test is', 'tests are')} gone${names}`,
      };
    },
    unmeasured: noBaseline,
    remedy: 'bring them back, or check why they did not run',
  },
  {
    name: 'tests',
    meaning: 'The number of tests; without a test report it is 0.',
    takes: ['number'],
    bare: false,
    example: 'tests<100',
    measure({ tests }) {
      const count = tests?.totals.total ?? 0;
      return { value: count, found: `${counted(count, 'test', 'tests')} ran or were skipped` };
    },
    unmeasured: '',
    remedy: 'check that the test jobs ran and upload their reports',
  },
] as const satisfies readonly Gate[];
