import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { judgeGates } from '../../../src/compare/judge-gates.ts';
import { parseCondition } from '../../../src/compare/parse-condition.ts';
import type { QuarantineEntry, QuarantineFile } from '../../../src/model/quarantine.ts';
import type { TestsReport } from '../../../src/model/tests.ts';
import { verdictOf } from '../../../src/render/comment/verdict.ts';
import { englishGates } from '../../../src/render/words/english-gates.ts';
import { withEntry } from '../../../src/trail/quarantine/add-entry.ts';
import { entryFinder, matchesGlob } from '../../../src/trail/quarantine/find-entry.ts';
import { honourQuarantine, quarantinedTests } from '../../../src/trail/quarantine/honour-quarantine.ts';
import { parseQuarantine } from '../../../src/trail/quarantine/parse-quarantine.ts';
import {
  aComparison,
  aFailedTest,
  aSummary,
  aTestCase,
  aTestsComparison,
  aTestsReport,
  noComparison,
} from '../../builders.ts';

const written = { reason: 'The clock of the runner jumps', owner: 'ada', expires: '2026-04-30' };

function entry(overrides: Partial<QuarantineEntry>): QuarantineEntry {
  return { test: null, glob: null, issue: null, ...written, ...overrides };
}

describe('the file', () => {
  test('has entries by test or glob; an empty one has none', () => {
    const value = [
      { test: 'till.Cart: sums', issue: '#12', ...written },
      { glob: 'till.*', ...written },
    ];
    expect(parseQuarantine(value)).toEqual({
      kind: 'entries',
      entries: [entry({ test: 'till.Cart: sums', issue: '#12' }), entry({ glob: 'till.*' })],
    });
    expect(parseQuarantine(null)).toEqual({ kind: 'entries', entries: [] });
  });

  test.each([
    { value: { test: 'a' }, problem: /^must be a list, not / },
    {
      value: [{ test: 'a', ...written, expire: '2026-01-01' }],
      problem: /^\[0\]: unknown key "expire"; did you mean "expires"\?$/,
    },
    { value: [{ test: 'a', reason: 'x', expires: '2026-01-01' }], problem: /^\[0\]\.owner: is missing$/ },
    { value: [{ test: 'a', ...written, expires: '2026-02-30' }], problem: /^\[0\]\.expires: / },
    { value: [{ test: 'a', ...written, expires: 'soon' }], problem: /^\[0\]\.expires: / },
    { value: [written], problem: /^\[0\]: needs one of "test" and "glob"$/ },
    { value: [{ test: 'a', glob: 'a*', ...written }], problem: /^\[0\]: needs one of/ },
    { value: [{ glob: '*', ...written }], problem: /^\[0\]\.glob: .*match every test/ },
    { value: [{ test: ' ', ...written }], problem: /^\[0\]\.test: / },
    { value: [{ test: 'a', ...written }, 3], problem: /^\[1\]: / },
  ])('is refused whole with a sentence: $problem', ({ value, problem }) => {
    const found = parseQuarantine(value);
    expect(found).toMatchObject({ kind: 'problems', problems: [expect.stringMatching(problem)] });
  });
});

describe('an entry', () => {
  const names = [
    { className: 'till.Cart', name: 'sums' },
    { className: 'shop.Cart', name: 'sums' },
    { className: '', name: 'sums' },
    { className: 'till.Cart', name: 'sums[a*b]' },
  ];

  test.each([
    { of: { test: 'till.Cart: sums' }, found: [0] },
    { of: { test: 'sums' }, found: [0, 1, 2] },
    { of: { test: 'Till.Cart: sums' }, found: [] },
    { of: { test: 'till.Cart: sum' }, found: [] },
    { of: { test: 'till.*' }, found: [] },
    { of: { test: 'sums[a*b]' }, found: [3] },
    { of: { glob: 'till.*' }, found: [0, 3] },
    { of: { glob: '*.Cart: *' }, found: [0, 1, 3] },
    { of: { glob: 'sums' }, found: [0, 1, 2] },
  ])('$of means certain tests and no other', ({ of, found }) => {
    const find = entryFinder([entry(of)]);
    expect(names.flatMap((name, at) => (find(name) === null ? [] : [at]))).toEqual(found);
  });

  test('of several the one that lasts longest counts', () => {
    const find = entryFinder([
      entry({ test: 'sums', expires: '2026-01-01' }),
      entry({ glob: 'su*', expires: '2026-05-01' }),
      entry({ test: 'sums', expires: '2026-03-01' }),
    ]);
    expect(find({ className: '', name: 'sums' })?.expires).toBe('2026-05-01');
  });

  test('a glob means what the same as a regular expression does', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (glob, name) => {
        const escaped = glob.split('*').map((part) => part.replaceAll('.', String.raw`\.`));
        expect(matchesGlob(glob, name)).toBe(new RegExp(`^${escaped.join('.*')}$`, 's').test(name));
      }),
    );
  });
});

describe('a failure in quarantine', () => {
  const cart = aFailedTest({ id: '0000000000000001', className: 'till.Cart', name: 'sums' });
  const print = aTestCase({
    ...aFailedTest({ id: '0000000000000002', className: 'till.Print', name: 'prints' }),
    outcome: 'errored',
  });
  const passing = aTestCase({ id: '0000000000000004', className: 'till.Cart', name: 'opens' });
  const tests: TestsReport = aTestsReport({ cases: [cart, print, passing] });
  const compared = aComparison({ tests: aTestsComparison({ newFailures: [cart, print] }) });
  const at = (day: string): Date => new Date(`${day}T23:59:59Z`);

  const summaryWith = (entries: readonly QuarantineEntry[], day: string, comparison = compared) => {
    const quarantined = quarantinedTests(tests, entries, at(day));
    return aSummary({ tests, comparison: honourQuarantine(comparison, quarantined) });
  };
  const both = [entry({ test: 'sums' }), entry({ glob: 'till.Print: *' })];

  const measured = (gate: string, summary: ReturnType<typeof summaryWith>): unknown =>
    judgeGates([parseCondition(gate, 'fail')], summary, englishGates)[0]?.outcome;

  test.each(['failures', 'new-failures', 'new-stable-failures', 'errors'])(
    'fails the gate %s on the day after the last, and not on the last',
    (gate) => {
      expect(measured(gate, summaryWith([], '2026-04-30'))).toBe('failed');
      expect(measured(gate, summaryWith(both, '2026-04-30'))).toBe('passed');
      expect(measured(gate, summaryWith(both, '2026-05-01'))).toBe('failed');
    },
  );

  test('leaves the others counting, with and without a baseline', () => {
    for (const comparison of [compared, noComparison]) {
      const summary = summaryWith([entry({ test: 'sums' })], '2026-04-30', comparison);
      const gates = judgeGates(
        [parseCondition('failures>1', 'fail'), parseCondition('new-failures', 'fail')],
        summary,
        englishGates,
      );
      expect(gates.map(({ outcome }) => outcome)).toEqual(['passed', 'failed']);
    }
  });

  test('is never green: a warning where all failures are in it, red where one is not or one expired', () => {
    expect(verdictOf(summaryWith(both, '2026-04-30'))).toBe('warning');
    expect(verdictOf(summaryWith([entry({ test: 'sums' })], '2026-04-30'))).toBe('failed');
    expect(verdictOf(summaryWith(both, '2026-05-01'))).toBe('failed');
  });

  test('a test that passes has no entry', () => {
    expect(quarantinedTests(tests, [entry({ test: 'opens' })], at('2026-01-01')).size).toBe(0);
  });
});

describe('a new entry', () => {
  const added = { test: 'till.Cart: sums', reason: 'why', owner: 'ada', expires: '2026-06-30' };

  /** As the file is read: with the lines of its entries. */
  function fileOf(text: string | null): QuarantineFile {
    const found = parseQuarantine(text === null ? null : parse(text));
    const lines = (text ?? '').split('\n');
    const starts = lines.flatMap((line, at) => (/^ *- /.test(line) ? [at + 1] : []));
    const days = lines.flatMap((line, at) => (line.includes('expires:') ? [at + 1] : []));
    const entries = (found.kind === 'entries' ? found.entries : []).map((one, at) => ({
      entry: one,
      line: starts[at] ?? 1,
      expiresLine: days[at] ?? 1,
    }));
    return { branch: 'main', text, entries, problem: null };
  }

  const one = '- test: a\n  reason: b # why\n  owner: c\n  expires: 2026-01-01\n';

  test.each([
    { name: 'no file', text: null, before: 0 },
    { name: 'an empty file', text: '', before: 0 },
    { name: 'comments alone', text: '# nothing yet', before: 0 },
    { name: 'another entry', text: `# head\n${one}`, before: 1 },
    { name: 'no line end', text: one.trimEnd(), before: 1 },
    { name: 'an indented list', text: one.replaceAll(/^/gm, '  ').trimEnd(), before: 1 },
  ])('is added to $name, and everything else stays', ({ text, before }) => {
    const after = withEntry(fileOf(text), added);
    expect(after?.startsWith(text ?? '#')).toBe(true);
    const found = parseQuarantine(parse(after ?? ''));
    expect(found).toMatchObject({ kind: 'entries' });
    expect(found.kind === 'entries' && found.entries.slice(before)).toEqual([
      { ...added, glob: null, issue: null },
    ]);
  });

  test('gives an entry that is there another day, and keeps its words', () => {
    const text = one.replace('test: a', 'test: "till.Cart: sums"');
    expect(withEntry(fileOf(text), added)).toBe(text.replace('2026-01-01', '2026-06-30'));
  });

  test.each([
    { name: 'in brackets', text: '[{test: a, reason: b, owner: c, expires: 2026-01-01}]' },
    { name: 'an empty list in brackets', text: '[]' },
    { name: 'with an end', text: `${one}...\n` },
  ])('is not added to a file $name', ({ text }) => {
    expect(withEntry(fileOf(text), added)).toBeNull();
  });

  test('is read as it was written, whatever its words are', () => {
    const words = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((text) => text.trim() === text && text !== '');
    fc.assert(
      fc.property(words, words, words, (name, reason, owner) => {
        const after = withEntry(fileOf(one), { test: name, reason, owner, expires: '2026-06-30' });
        const found = parseQuarantine(parse(after ?? ''));
        expect(found).toMatchObject({
          kind: 'entries',
          entries: [{ test: 'a' }, { test: name, reason, owner }],
        });
      }),
    );
  });
});
