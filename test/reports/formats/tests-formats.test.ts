import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspectionOf } from '../../../src/reports/inspection.ts';
import { formats } from '../../../src/reports/registry.ts';
import { readInPieces, testsOf, testsSummaryOf } from '../tests-summary.ts';

const fixtures = new URL('../../fixtures/reports/', import.meta.url).pathname;

function fixturesOf(format: string): readonly string[] {
  const folder = `${fixtures}${format}`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
}

const cases = formats
  .filter(({ kind }) => kind === 'tests')
  .flatMap(({ format }) => fixturesOf(format).map((name) => ({ format, name })));

function bytesOf(format: string, name: string): Buffer {
  return readFileSync(`${fixtures}${format}/${name}`);
}

function expected(format: string, name: string): unknown {
  const path = `${fixtures}${format}/${name.replace(/\.\w+$/, '')}.expected.json`;
  const { warnings, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as { warnings: string[] };
  return { ...rest, warnings: warnings.sort() };
}

const mangling = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(20),
    put: fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '/>',
        '"',
        '&',
        '\u0000',
        '</testcase>',
        '<failure/>',
        ']]>',
        '-1',
        '{}',
        '[]',
        'null',
      ),
      fc.string({ maxLength: 5 }),
    ),
  }),
  { minLength: 1, maxLength: 8 },
);

function mangled(bytes: Buffer, edits: readonly { at: number; remove: number; put: string }[]): Buffer {
  return edits.reduce((before, { at, remove, put }) => {
    const from = Math.floor(at * before.length);
    return Buffer.concat([before.subarray(0, from), Buffer.from(put), before.subarray(from + remove)]);
  }, bytes);
}

describe('formats of tests', () => {
  test('JUnit has fixtures', () => {
    expect(fixturesOf('junit')).not.toEqual([]);
  });

  test.each(cases)('$format: $name', async ({ format, name }) => {
    const read = await readInPieces(name, bytesOf(format, name));
    expect({ error: read.error, format: read.format }).toEqual({ error: null, format });
    // Which warning comes first is no contract.
    const summary = { ...testsSummaryOf(testsOf(read)), warnings: [...inspectionOf(read).warnings].sort() };
    expect(summary).toEqual(expected(format, name));
  });

  test.each(cases)('$format: $name reads the same byte by byte', async ({ format, name }) => {
    const bytes = bytesOf(format, name);
    const whole = await readInPieces(name, bytes, bytes.length);
    expect(await readInPieces(name, bytes, 1)).toEqual(whole);
  });

  test.each(cases)(
    '$format: $name, mangled, is read the same in any pieces or refused, and its numbers add up',
    async ({ format, name }) => {
      const bytes = bytesOf(format, name);
      await fc.assert(
        fc.asyncProperty(mangling, fc.integer({ min: 1, max: 50 }), async (edits, pieceBytes) => {
          const broken = mangled(bytes, edits);
          const read = await readInPieces(name, broken, pieceBytes);
          expect(read).toEqual(await readInPieces(name, broken, broken.length));
          expect(read.error === null).toBe(read.report !== null);
          if (read.report?.kind !== 'tests') return;
          const { totals, cases: kept, omittedCases, index } = read.report;
          expect(totals.passed + totals.failed + totals.errored + totals.skipped).toBe(totals.total);
          expect({ kept: kept.length + omittedCases, known: index.size }).toEqual({
            kept: totals.total,
            known: totals.total,
          });
          expect(kept.filter(({ flaky }) => flaky).length).toBe(totals.flaky);
        }),
        { numRuns: 30 },
      );
    },
  );
});
