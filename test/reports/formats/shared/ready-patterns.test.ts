import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectFindings } from '../../../../src/reports/collect/findings.ts';
import { createPathResolver } from '../../../../src/reports/collect/source-paths.ts';
import type { ReportSink } from '../../../../src/reports/format.ts';
import { readyPatternFormat } from '../../../../src/reports/formats/shared/ready-pattern.ts';
import { readyPatterns } from '../../../../src/reports/formats/shared/ready-patterns.ts';
import { readReport } from '../../../../src/reports/read.ts';
import { formatsWith } from '../../../../src/usecases/pattern-formats.ts';
import { growthOf, inProportion } from '../../../cost.ts';
import { mask } from '../../../mask.ts';
import { toldBy } from '../../findings-summary.ts';

const fixtures = new URL('../../../fixtures/patterns/', import.meta.url).pathname;
const resolvePath = createPathResolver({ projectDirectory: '/builds/shop/api', knownFiles: null });

async function readText(text: string, patterns: readonly string[]) {
  const bytes = new Uint8Array(Buffer.from(text));
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  const file = { path: 'lint.txt', sizeBytes: bytes.length, chunks: chunks() };
  return readReport(file, { resolvePath, mask, formats: formatsWith(patterns) });
}

const cases = readyPatterns.flatMap(({ name }) =>
  (existsSync(`${fixtures}${name}`) ? readdirSync(`${fixtures}${name}`) : [])
    .filter((file) => file.endsWith('.txt'))
    .map((file) => ({ name, file })),
);

describe('ready patterns', () => {
  test.each(readyPatterns)('$name has fixtures', ({ name }) => {
    expect(cases.map((entry) => entry.name)).toContain(name);
  });

  test.each(cases)('$name: $file', async ({ name, file }) => {
    const text = readFileSync(`${fixtures}${name}/${file}`, 'utf8');
    const read = await readText(text, [name]);
    expect({ error: read.error, format: read.format }).toEqual({ error: null, format: name });
    const expected: unknown = JSON.parse(
      readFileSync(`${fixtures}${name}/${file.replace('.txt', '.expected.json')}`, 'utf8'),
    );
    expect(toldBy(read)).toEqual(expected);
  });

  // What is not named reads no text as findings by itself: any log would be a report.
  test.each(cases)('$name: $file is not a report without the name', async ({ name, file }) => {
    const read = await readText(readFileSync(`${fixtures}${name}/${file}`, 'utf8'), []);
    expect(read.report).toBeNull();
  });

  test('several names are in one entry, and beside patterns of the project', async () => {
    const own = 'shell=^(?<path>[^:]+) line (?<line>\\d+): (?<message>.*)$';
    const names = formatsWith(['gcc, tsc mypy', own]).map(({ format }) => format);
    expect(names.slice(0, 4)).toEqual(['gcc', 'tsc', 'mypy', 'shell']);
    const read = await readText('run.sh line 3: quote this\n', ['gcc', own]);
    expect(read).toMatchObject({ format: 'shell', error: null });
  });

  test('a name that no ready pattern has is refused with those that there are', () => {
    expect(() => formatsWith(['gc'])).toThrow('unknown ready pattern "gc"');
  });

  test('a finding that comes late in a log is found', async () => {
    const log = `${'make: building something\n'.repeat(1_000)}a.c:7:3: error: no\n`;
    const read = await readText(log, ['gcc']);
    expect(read).toMatchObject({ format: 'gcc', report: { total: 1 } });
  });

  test.each(readyPatterns)('$name takes any text, and long lines in no time worth speaking of', (pattern) => {
    const collector = collectFindings('x');
    const sink = {
      finding: collector.finding,
      failed: () => undefined,
      incomplete: () => undefined,
    } as unknown as ReportSink;
    const format = readyPatternFormat(pattern);
    const reader = format.read(sink);
    const parts = [
      'a:',
      '1:',
      '(1,2): ',
      ' ',
      'error',
      'error: ',
      '[',
      ']',
      '-W',
      'note: ',
      ' --> ',
      '^',
      '9 errors',
      '\u0000',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...parts), fc.string()), { maxLength: 20 }), (texts) => {
        reader.line(texts.join(''), 1);
      }),
      { numRuns: 200 },
    );
    for (const unit of ['a:', ' ', '1:', '(1,', 'a[', '\u001b[1m', 'a:1:1: error: x ['])
      expect(
        growthOf((size) => {
          reader.line(unit.repeat(size / unit.length), 2);
        }, 125_000),
        unit,
      ).toBeLessThan(inProportion);
    reader.end();
  });
});
