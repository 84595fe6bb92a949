import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonFormat, ReportSink } from '../../../src/reports/format.ts';
import { formats } from '../../../src/reports/registry.ts';
import { readBytes, readFile } from '../coverage-summary.ts';
import { findingsOf, toldBy } from '../findings-summary.ts';

const fixtures = new URL('../../fixtures/reports/', import.meta.url).pathname;
const findingsFormats = formats.filter(({ kind }) => kind === 'findings').map(({ format }) => format);
const jsonFormats = formats.filter(({ syntax }) => syntax === 'json') as unknown as readonly JsonFormat[];
const jsonFindingsFormats = jsonFormats.filter(({ kind }) => kind === 'findings');

function fixturesOf(format: string): readonly string[] {
  const folder = `${fixtures}${format}`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
}

const cases = findingsFormats.flatMap((format) => fixturesOf(format).map((name) => ({ format, name })));

function expected(format: string, name: string): unknown {
  return JSON.parse(readFileSync(`${fixtures}${format}/${name.replace(/\.\w+$/, '')}.expected.json`, 'utf8'));
}

/**
 * A sink that checks what the collectors rely on: texts are texts, numbers are numbers. It is called so often
 * that with vitest's own assertions this suite cost three times as much.
 */
function checkingSink(): ReportSink {
  const nothing = (): void => undefined;
  const file = {
    line: nothing,
    branches: nothing,
    branch: nothing,
    statements: nothing,
    function: nothing,
    lineFigure: nothing,
    totals: nothing,
  };
  return {
    test: nothing,
    passed: () => false,
    keepsPassed: () => true,
    declaredTests: nothing,
    coveredFile: () => file,
    sourceRoot(path) {
      assert.equal(typeof path, 'string');
    },
    coverageTotals: nothing,
    finding(finding, fingerprint) {
      const texts = [
        finding.tool,
        finding.rule,
        finding.message,
        finding.description,
        ...finding.identifiers,
      ];
      for (const text of texts) assert.equal(typeof text, 'string');
      for (const text of [finding.path, finding.ruleUrl, fingerprint])
        assert.ok(text === null || typeof text === 'string', String(text));
      for (const number of [finding.line, finding.endLine, finding.column])
        assert.ok(number === null || Number.isFinite(number), String(number));
    },
    metric: nothing,
    threshold: nothing,
    failed: nothing,
    incomplete: nothing,
    warn(message) {
      assert.equal(typeof message, 'string');
    },
  };
}

describe('findings formats', () => {
  test.each(findingsFormats)('%s has fixtures', (format) => {
    expect(fixturesOf(format)).not.toEqual([]);
  });

  test.each(cases)('$format: $name', async ({ format, name }) => {
    const read = await readFile(`${fixtures}${format}/${name}`);
    expect({ error: read.error, format: read.format }).toEqual({ error: null, format });
    expect(toldBy(read)).toEqual(expected(format, name));
  });

  test.each(cases)('$format: $name reads the same byte by byte', async ({ format, name }) => {
    const whole = await readFile(`${fixtures}${format}/${name}`);
    const pieces = await readFile(`${fixtures}${format}/${name}`, 1);
    expect(pieces).toEqual(whole);
  });

  test.each(cases)(
    '$format: $name, mangled, is read or refused without an exception',
    async ({ format, name }) => {
      const bytes = readFileSync(`${fixtures}${format}/${name}`);
      const put = fc.constantFrom(
        '999999999999',
        '-1',
        'null',
        '{}',
        '[]',
        '"',
        '<',
        '>',
        '\u0000',
        'é',
        ',',
      );
      const edit = fc.record({ at: fc.nat(bytes.length), remove: fc.nat(20), put });
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
          let mangled = Buffer.from(bytes);
          for (const { at, remove, put: text } of edits) {
            mangled = Buffer.concat([
              mangled.subarray(0, at),
              Buffer.from(text),
              mangled.subarray(at + remove),
            ]);
          }
          const read = await readBytes(name, mangled);
          expect(read.error !== null || read.report !== null).toBe(true);
        }),
        { numRuns: 15 },
      );
    },
  );
});

describe('JSON formats of findings', () => {
  const jsonCases = cases.flatMap(({ format, name }) => {
    const text = readFileSync(`${fixtures}${format}/${name}`, 'utf8');
    try {
      return [{ format, name, value: JSON.parse(text) as unknown }];
    } catch {
      return [];
    }
  });

  test.each(jsonCases)('$format: $name is taken by no other format', ({ format, value }) => {
    const takers = jsonFormats.filter((candidate) => candidate.detect(value)).map((taker) => taker.format);
    const isJsonLines = !jsonFormats.some((candidate) => candidate.format === format);
    expect(takers).toEqual(isJsonLines ? [] : [format]);
  });

  test.each(jsonFindingsFormats)('$format survives arbitrary JSON', (format) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(format.detect(value)).toBeTypeOf('boolean');
        format.read(value, checkingSink());
      }),
      { numRuns: 60 },
    );
  });

  // Every value of a real report in turn becomes something else, under names that objects inherit, too.
  const oddities: readonly unknown[] = [null, true, -1.5, '', 'text', [], [null], {}, { text: 7 }, [[]]];

  function paths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
    if (typeof value !== 'object' || value === null) return [path];
    return [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]))];
  }

  function replaced(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
    if (key === undefined) return put;
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
      string,
      unknown
    >;
    copy[key] = replaced(copy[key], rest, put);
    return copy;
  }

  test.each(jsonCases)('$format: $name survives any one value being another', ({ format, value }) => {
    const reader = jsonFormats.find((candidate) => candidate.format === format);
    let tried = 0;
    for (const path of paths(value)) {
      for (const odd of oddities) {
        const changed = replaced(value, path, odd);
        for (const candidate of reader === undefined ? [] : [reader]) {
          assert.equal(typeof candidate.detect(changed), 'boolean');
          candidate.read(changed, checkingSink());
        }
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(0);
  });

  function listsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
    if (typeof value !== 'object' || value === null) return [];
    const inner = Object.entries(value).flatMap(([key, item]) => listsIn(item, [...path, key]));
    return Array.isArray(value) ? [path, ...inner] : inner;
  }

  function listAtPath(value: unknown, path: readonly string[]): readonly unknown[] {
    return path.reduce(
      (at: unknown, key) => (at as Record<string, unknown>)[key],
      value,
    ) as readonly unknown[];
  }

  const withLists = jsonCases.filter(({ value }) =>
    listsIn(value).some((path) => listAtPath(value, path).length > 0),
  );

  test.each(withLists)('$format: $name keeps its findings beside an odd entry', async ({ name, value }) => {
    const whole = findingsOf(await readBytes(name, Buffer.from(JSON.stringify(value))));
    for (const path of listsIn(value)) {
      const list = listAtPath(value, path);
      // What is empty is made odd as a whole by an entry that is odd.
      if (list.length === 0) continue;
      // Where texts are what is listed, one more is one more.
      const scalar = list.some((entry) => typeof entry === 'string') ? 7 : 'odd';
      for (const odd of [null, scalar, { odd: true }]) {
        const changed = replaced(value, path, [odd, ...list]);
        const read = await readBytes(name, Buffer.from(JSON.stringify(changed)));
        expect(findingsOf(read).total, `${path.join('.')}: ${JSON.stringify(odd)}`).toBe(whole.total);
      }
    }
  });

  test.each(jsonFindingsFormats)('$format takes nothing from what objects inherit', (format) => {
    const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, [{ message: key }]])));
    const value: unknown = JSON.parse(text.replace('{', '{"__proto__":{"runs":[],"vulnerabilities":[]},'));
    expect(format.detect(value)).toBe(false);
    format.read(value, checkingSink());
  });
});
