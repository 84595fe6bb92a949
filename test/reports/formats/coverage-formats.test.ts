import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspectionOf } from '../../../src/reports/inspection.ts';
import { formats } from '../../../src/reports/registry.ts';
import { coverageOf, readBytes, readFile, summaryOf } from '../coverage-summary.ts';

const fixtures = new URL('../../fixtures/reports/', import.meta.url).pathname;
const coverageFormats = formats.filter(({ kind }) => kind === 'coverage').map(({ format }) => format);

function fixturesOf(format: string): readonly string[] {
  const folder = `${fixtures}${format}`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
}

const cases = coverageFormats.flatMap((format) => fixturesOf(format).map((name) => ({ format, name })));

function expected(format: string, name: string): unknown {
  const path = `${fixtures}${format}/${name.replace(/\.\w+$/, '')}.expected.json`;
  const { warnings, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as { warnings: string[] };
  return { ...rest, warnings: warnings.sort() };
}

describe('coverage formats', () => {
  test.each(coverageFormats)('%s has fixtures', (format) => {
    expect(fixturesOf(format)).not.toEqual([]);
  });

  test.each(cases)('$format: $name', async ({ format, name }) => {
    const read = await readFile(`${fixtures}${format}/${name}`);
    expect({ error: read.error, format: read.format }).toEqual({ error: null, format });
    // Which warning comes first is no contract.
    expect({ ...summaryOf(coverageOf(read)), warnings: [...inspectionOf(read).warnings].sort() }).toEqual(
      expected(format, name),
    );
  });

  test.each(cases)('$format: $name reads the same byte by byte', async ({ format, name }) => {
    const whole = await readFile(`${fixtures}${format}/${name}`);
    const pieces = await readFile(`${fixtures}${format}/${name}`, 1);
    expect({ ...pieces, report: summaryOf(coverageOf(pieces)) }).toEqual({
      ...whole,
      report: summaryOf(coverageOf(whole)),
    });
  });

  test.each(cases)(
    '$format: $name, mangled, is read or refused without an exception',
    async ({ format, name }) => {
      const bytes = readFileSync(`${fixtures}${format}/${name}`);
      const edit = fc.record({
        at: fc.nat(bytes.length),
        remove: fc.nat(20),
        put: fc.oneof(
          fc.constantFrom(
            '999999999999',
            '-1',
            '1e308',
            'null',
            '{}',
            '[]',
            '"',
            '<',
            '>',
            '/',
            '\u0000',
            'é',
            ',',
          ),
          fc.string({ maxLength: 5 }),
        ),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
          let mangled = Buffer.from(bytes);
          for (const { at, remove, put } of edits) {
            mangled = Buffer.concat([
              mangled.subarray(0, at),
              Buffer.from(put),
              mangled.subarray(at + remove),
            ]);
          }
          const read = await readBytes(name, mangled);
          expect(read.error !== null || read.report !== null).toBe(true);
          if (read.report?.kind !== 'coverage') return;
          for (const { totals, hits } of [read.report, ...read.report.files].map((part) => ({
            hits: [],
            ...part,
          }))) {
            expect(hits.length).toBeLessThanOrEqual(1_000_001);
            for (const part of [totals.lines, totals.branches, totals.functions]) {
              expect(part === null || (part.covered >= 0 && part.covered <= part.total)).toBe(true);
            }
          }
        }),
        { numRuns: 40 },
      );
    },
  );
});

describe('JSON formats of coverage', () => {
  const jsonFormats = formats.filter((format) => format.syntax === 'json');
  const jsonCases = cases.flatMap(({ format, name }) => {
    if (!name.endsWith('.json')) return [];
    return [
      { format, name, value: JSON.parse(readFileSync(`${fixtures}${format}/${name}`, 'utf8')) as unknown },
    ];
  });

  test.each(jsonCases)('$format: $name is taken by no other format', ({ format, value }) => {
    const takers = jsonFormats.filter((candidate) => candidate.detect(value)).map((taker) => taker.format);
    expect(takers).toEqual([format]);
  });

  const oddities: readonly unknown[] = [null, true, -1.5, 'text', [], [null], {}, { text: 7 }];

  test.each(jsonCases)(
    '$format: one odd entry of $name disowns no file and stops nothing',
    async ({ format, value }) => {
      const files = Object.entries(value as object);
      for (const odd of oddities) {
        const more: unknown = { ' odd': odd, ...Object.fromEntries(files), 'odd too': odd };
        const read = await readBytes('x.json', Buffer.from(JSON.stringify(more)));
        expect({ format: read.format, error: read.error }).toEqual({ format, error: null });
      }
    },
  );
});
