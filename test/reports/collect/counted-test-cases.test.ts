import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestFailure } from '../../../src/model/tests.ts';
import { createTestsCollector, type TestLimits, testLimits } from '../../../src/reports/collect/tests.ts';
import type { AsciiText, DeclaredTotals, PassedRun, TestRun } from '../../../src/reports/format.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';

const failure: TestFailure = { type: null, message: 'off by one', details: 'at total.ts:3' };

const run: fc.Arbitrary<TestRun> = fc
  .record({
    // Few of each, so that namesakes follow one another.
    suite: fc.constantFrom('', 'basket', 'checkout'),
    className: fc.constantFrom('', 'Basket'),
    name: fc.constantFrom('adds', 'removes', 'rounds'),
    scope: fc.constantFrom('', 'host a', 'host b'),
    line: fc.constantFrom(null, null, 0, 3, 2 ** 40),
    outcome: fc.constantFrom('passed', 'failed', 'failed', 'errored', 'skipped'),
    isRerun: fc.boolean(),
    earlierFailures: fc.constantFrom([], [], [failure]),
  })
  .map((fields) => ({
    ...blankTestRun,
    ...fields,
    failure: fields.outcome === 'failed' || fields.outcome === 'errored' ? failure : null,
  }));

interface Collected {
  readonly reruns: 'marked' | 'same-name';
  readonly limits: Partial<TestLimits>;
  readonly declared: DeclaredTotals | null;
}

const collecting: fc.Arbitrary<Collected> = fc.record({
  reruns: fc.constantFrom('marked', 'same-name'),
  limits: fc.constantFrom({}, { maxFailingCases: 3 }, { maxTests: 5 }),
  declared: fc.option(
    fc.record({ total: fc.nat(12), failed: fc.nat(6), errored: fc.constant(0), skipped: fc.constant(null) }),
  ),
});

function collected(
  runs: readonly TestRun[],
  { reruns, limits, declared }: Collected,
  totalsOnly: boolean,
): { readonly counts: unknown; readonly warnings: readonly string[]; readonly kept: number } {
  const warnings: string[] = [];
  const collector = createTestsCollector('junit.xml', (message) => warnings.push(message), {
    limits: { ...testLimits, ...limits },
    reruns,
    totalsOnly,
  });
  for (const each of runs) if (!isPlain(each) || !collector.addPassed(passedOf(each))) collector.add(each);
  if (declared !== null) collector.declare(declared);
  const { totals, runs: counted, likelyReruns, cases } = collector.finish();
  const counts = { totals, counted, likelyReruns, evidence: collector.evidence() };
  return { counts, warnings, kept: cases.length };
}

/** Whether a reader may count the run without its texts. */
function isPlain({ outcome, earlierFailures, isRerun, name }: TestRun): boolean {
  return outcome === 'passed' && earlierFailures.length === 0 && !isRerun && name !== '';
}

function ascii(text: string): AsciiText {
  const bytes = Buffer.from(text);
  return { bytes, from: 0, to: bytes.length };
}

function passedOf({ suite, className, name, file, durationSeconds }: TestRun): PassedRun {
  return {
    suite,
    className: ascii(className),
    name: ascii(name),
    file: file === null ? null : ascii(file),
    suiteFile: null,
    durationSeconds,
  };
}

const passes = { outcome: 'passed', failure: null } as const;

const everything: Collected = { reruns: 'marked', limits: {}, declared: null };

function failed(name: string, fields: Partial<TestRun> = {}): TestRun {
  return { ...blankTestRun, suite: 'basket', name, outcome: 'failed', failure, ...fields };
}

describe('tests of which only the totals count', () => {
  test('none is kept, and all are counted as they are with the tests themselves', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 24 }), collecting, (runs, how) => {
        const { kept, ...totals } = collected(runs, how, true);
        const { kept: _cases, ...whole } = collected(runs, how, false);
        expect(totals).toStrictEqual(whole);
        expect(kept).toBe(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('namesakes that the report counts once are one test', () => {
    const runs = [failed('adds'), failed('adds'), failed('adds', { outcome: 'passed', failure: null })];
    const declared = { total: 1, failed: 0, errored: 0, skipped: 0 };
    const { counts } = collected(runs, { ...everything, declared }, true);
    expect(counts).toMatchObject({ totals: { total: 1, passed: 1, failed: 0, flaky: 1 } });
  });

  test('a test that passed after failures takes the room of one that failed', () => {
    const runs = [
      failed('removes', { outcome: 'passed', failure: null, earlierFailures: [failure] }),
      failed('adds'),
      failed('adds', { outcome: 'passed', failure: null }),
    ];
    const how = { reruns: 'same-name', limits: { maxFailingCases: 1 }, declared: null } as const;
    const { kept: _none, ...totals } = collected(runs, how, true);
    const { kept: _cases, ...whole } = collected(runs, how, false);
    expect(totals).toStrictEqual(whole);
    expect(totals.counts).toMatchObject({ totals: { total: 3, passed: 2, failed: 1 } });
  });

  test('a namesake is compared with the suite of the last run', () => {
    const runs = [
      failed('adds', { className: 'Basket' }),
      failed('adds', { className: 'Basket', suite: 'again', isRerun: true }),
      failed('adds', { className: 'Basket', suite: 'again', outcome: 'passed', failure: null }),
    ];
    const how = { ...everything, reruns: 'same-name' } as const;
    expect(collected(runs, how, true).counts).toMatchObject({ totals: { total: 1, passed: 1, flaky: 1 } });
  });

  test('those that passed take no place in the index', () => {
    const runs = Array.from({ length: 1_000 }, (_, at) => failed(`test ${at}`, at % 10 === 0 ? {} : passes));
    const collector = createTestsCollector('junit.xml', () => undefined, { totalsOnly: true });
    for (const each of runs) collector.add(each);
    const { totals, index } = collector.finish();
    expect([totals.total, totals.failed, index.size]).toStrictEqual([1_000, 100, 100]);
  });

  test('each of thousands that failed is found again, and those that passed since are not', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `test ${index}`);
    const runs = [
      ...names.map((name, index) => failed(name, { line: index, scope: `host ${index % 70}` })),
      ...names.map((name, index) => failed(name, { ...passes, line: index, scope: `host ${index % 70}` })),
      // Those are no reruns: the last run of each passed.
      ...names.slice(0, 1_000).map((name) => failed(name, passes)),
    ];
    const how = { ...everything, reruns: 'same-name' } as const;
    const { kept, ...totals } = collected(runs, how, true);
    const { kept: whole, ...expected } = collected(runs, how, false);
    expect(totals).toStrictEqual(expected);
    expect([kept, whole]).toStrictEqual([0, 6_000]);
    expect(totals.counts).toMatchObject({ totals: { total: 6_000, passed: 6_000, flaky: 5_000 } });
  });
});
