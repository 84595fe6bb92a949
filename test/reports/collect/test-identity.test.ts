import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashDigits } from '../../../src/reports/collect/stable-hash.ts';
import { stableName, TestIdentities } from '../../../src/reports/collect/test-identity.ts';
import type { AsciiText, PassedRun, TestRun } from '../../../src/reports/format.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';

const base: Partial<TestRun> = { suite: 'basket', className: 'Basket', name: 'adds', file: 'test/a.ts' };

function idOf(overrides: Partial<TestRun>, ordinal = 0): string {
  return hashDigits(new TestIdentities().of({ ...blankTestRun, ...base, ...overrides }, ordinal));
}

describe('the identity of a test', () => {
  test('is the same in every version', () => {
    expect([idOf({}), idOf({ file: null }), idOf({ className: '' })]).toEqual([
      '7fcf1767c9c2edd4',
      '2a6f89f9914f0dcf',
      'f58c5c5d13c47713',
    ]);
  });

  test.each([
    { name: 'its line', change: { line: 9 } },
    { name: 'its outcome', change: { outcome: 'failed' as const } },
    { name: 'the suite beside a class', change: { suite: 'Chrome 140 on runner-7' } },
    { name: 'how its file is written', change: { file: './test/a.ts' } },
    { name: 'slashes of another system', change: { file: 'test\\a.ts' } },
    { name: 'the checkout that its file lies in', change: { file: '/builds/shop/web/test/a.ts' } },
    { name: 'the checkout of a shared runner', change: { file: '/builds/t0k3n-a9/0/shop/web/test/a.ts' } },
  ])('does not depend on $name', ({ change }) => {
    expect(idOf(change)).toBe(idOf({}));
  });

  test.each([
    { name: 'its name', change: { name: 'adds twice' } },
    { name: 'parameters in its name', change: { name: 'adds[2]' } },
    { name: 'its class', change: { className: 'Till' } },
    { name: 'its file', change: { file: 'test/b.ts' } },
    { name: 'where class and name part', change: { className: 'Basketa', name: 'dds' } },
  ])('depends on $name', ({ change }) => {
    expect(idOf(change)).not.toBe(idOf({}));
  });

  test('depends on the suite where there is no class', () => {
    expect(idOf({ className: '', suite: 'a' })).not.toBe(idOf({ className: '', suite: 'b' }));
  });

  test('is another one for each test under the same name', () => {
    expect(new Set([idOf({}, 0), idOf({}, 1), idOf({}, 2)]).size).toBe(3);
  });

  test('does not depend on the tests before it', () => {
    const identities = new TestIdentities();
    const runs = [
      {},
      { name: 'b' },
      { className: 'Till' },
      { file: null },
      { className: '' },
      { suite: 'x', className: '' },
      {},
    ];
    const ids = runs.map((change) => hashDigits(identities.of({ ...blankTestRun, ...base, ...change }, 0)));
    expect(ids).toEqual(runs.map((change) => idOf(change)));
  });

  test.each([
    { name: 'adds <Item object at 0x7f3a2b1c9d00>', stable: 'adds <Item object at 0x>' },
    { name: 'started 2026-11-20T23:53:22.123Z', stable: 'started TIME' },
    { name: 'started 2026-11-20 23:53:22,5 twice', stable: 'started TIME twice' },
    { name: 'reads /builds/shop/web/a.csv', stable: 'reads a.csv' },
    { name: 'reads /home/ci/shop/web/a.csv', stable: 'reads a.csv' },
    { name: 'TestBasket/adds_2', stable: 'TestBasket/adds_2' },
    { name: 'ratio 16:9', stable: 'ratio 16:9' },
    { name: 'colour 0xff', stable: 'colour 0xff' },
    { name: 'day 2026-11-20', stable: 'day 2026-11-20' },
  ])('takes $name for $stable', ({ name, stable }) => {
    expect(stableName(name)).toBe(stable);
    expect(idOf({ name })).toBe(idOf({ name: stable }));
  });
});

const parts = [
  'a',
  'x',
  '0x',
  'fff0000',
  '/',
  'builds/g/p/',
  'home/u/g/p/',
  ':',
  '\\',
  'C:\\j\\workspace\\',
  '1',
  ' ',
];

function asciiOf(text: string): AsciiText {
  const bytes = Buffer.from(`x${text}y`, 'latin1');
  return { bytes, from: 1, to: bytes.length - 1 };
}

/** As a format finds it in bytes. */
function passedRun(written: Pick<TestRun, 'suite' | 'className' | 'name' | 'file'>): PassedRun {
  return {
    suite: written.suite,
    className: asciiOf(written.className),
    name: asciiOf(written.name),
    file: written.file === null ? null : asciiOf(written.file),
    suiteFile: null,
    durationSeconds: null,
  };
}

describe('the identity of a run that passed, by the bytes of its names', () => {
  const halves = new Int32Array(2);
  const idOfHalves = (): string => hashDigits({ high: (halves[0] ?? 0) >>> 0, low: (halves[1] ?? 0) >>> 0 });
  const inProject = (path: string): string => path.replace(/^src\//, 'shop/');
  const known = (file: string | null): string | null =>
    file === null || file === '' ? null : inProject(file);

  test('is that of its names as texts, or none', () => {
    const identities = new TestIdentities(inProject);
    const others = new TestIdentities();
    let same = 0;
    const text = fc
      .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 })
      .map((all) => all.join(''));
    const group = fc.oneof(fc.constantFrom('', 'One', 'src/two.ts', './src/two.ts'), text);
    fc.assert(
      fc.property(
        text,
        group,
        group,
        fc.option(group),
        fc.boolean(),
        (name, suite, className, file, isOfSuite) => {
          const written = passedRun({ suite, className, name, file });
          const run = isOfSuite ? { ...written, file: null, suiteFile: file } : written;
          if (!identities.ofPassed(run, halves)) return;
          same += 1;
          expect(idOfHalves()).toBe(
            hashDigits(others.of({ ...blankTestRun, suite, className, name, file: known(file) }, 0)),
          );
        },
      ),
      { numRuns: 2_000 },
    );
    expect(same).toBeGreaterThan(500);
  });

  test('is right for more classes than are remembered, in whatever order they come', () => {
    const identities = new TestIdentities(inProject);
    const others = new TestIdentities();
    for (let number = 0; number < 24_000; number += 1) {
      const group = (number * 7_919) % 12_000;
      const written = { suite: '', className: `Class${group}`, name: `n${number}`, file: `src/${group}.ts` };
      expect(identities.ofPassed(passedRun(written), halves)).toBe(true);
      const { high, low } = others.of({ ...blankTestRun, ...written, file: inProject(written.file) }, 0);
      if (halves[0] !== (high | 0) || halves[1] !== (low | 0)) expect(idOfHalves()).toBe(written.name);
    }
  });

  test.each(['expected index', 'fixture: a', 'a/c', 'x'])('%j needs no text', (name) => {
    const run = passedRun({ suite: '', className: '', name, file: null });
    expect(new TestIdentities().ofPassed(run, halves)).toBe(true);
  });
});
