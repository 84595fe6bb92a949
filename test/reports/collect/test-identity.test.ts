import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashDigits } from '../../../src/reports/collect/stable-hash.ts';
import { stableName, TestIdentities } from '../../../src/reports/collect/test-identity.ts';
import type { TestRun } from '../../../src/reports/format.ts';
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

describe('the identity of a run that passed, by the bytes of its name', () => {
  test('is that of its name as a text, or none', () => {
    const identities = new TestIdentities();
    const others = new TestIdentities();
    const halves = new Uint32Array(2);
    let same = 0;
    const name = fc
      .array(fc.constantFrom(...parts), { minLength: 1, maxLength: 8 })
      .map((all) => all.join(''));
    const group = fc.constantFrom('', 'One', 'src/two.ts');
    fc.assert(
      fc.property(name, group, group, fc.option(group), (text, suite, className, file) => {
        const bytes = Buffer.from(`x${text}`, 'latin1');
        const ascii = { bytes, from: 1, to: bytes.length };
        const run = { suite, className, file, durationSeconds: null };
        if (!identities.ofPassed({ ...run, name: ascii }, halves)) return;
        same += 1;
        const { high, low } = others.of({ ...blankTestRun, ...run, name: text }, 0);
        expect([...halves]).toEqual([high, low]);
      }),
      { numRuns: 2_000 },
    );
    expect(same).toBeGreaterThan(500);
  });

  test.each(['expected index', 'fixture: a', 'a/c', 'x'])('%j needs no text', (text) => {
    const bytes = Buffer.from(text);
    const run = { suite: '', className: '', file: null, durationSeconds: null };
    const name = { bytes, from: 0, to: bytes.length };
    expect(new TestIdentities().ofPassed({ ...run, name }, new Uint32Array(2))).toBe(true);
  });
});
