import { describe, expect, test } from 'vitest';
import { collectFindings } from '../../../src/reports/collect/findings.ts';
import type { ReportSink } from '../../../src/reports/format.ts';
import { type FindingPattern, patternFormat } from '../../../src/reports/formats/pattern.ts';
import { readReport } from '../../../src/reports/read.ts';
import { formats } from '../../../src/reports/registry.ts';
import { mask } from '../../mask.ts';
import { summaryOf } from '../findings-summary.ts';

const gcc: FindingPattern = {
  name: 'gcc',
  tool: 'GCC',
  pattern: String.raw`(?<path>[^:\s]+):(?<line>\d+)(?::(?<column>\d+))?: (?<severity>fatal error|error|warning|note|remark): (?<message>.*?)(?: \[(?<rule>-W[\w-]+)\])?$`,
  category: 'quality',
  severity: 'info',
};

const log = [
  'make: Entering directory',
  'src/a.c:7:3: warning: unused variable x [-Wunused-variable]',
  'src/a.c:9: fatal error: no.h: No such file',
  '   src/b.c:1:1: error: is not at the beginning of its line',
  'src/c.c:2:1: remark: vectorised',
].join('\n');

describe('patternFormat', () => {
  test('every line that matches from its beginning is a finding', async () => {
    const bytes = Buffer.from(log);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(bytes);
    }
    const file = { path: 'build.log', sizeBytes: bytes.length, chunks: chunks() };
    const read = await readReport(file, {
      resolvePath: null,
      mask,
      formats: [...formats, patternFormat(gcc)],
    });
    expect(read).toMatchObject({ format: 'gcc', error: null });
    expect(read.report?.kind === 'findings' ? summaryOf(read.report).findings : []).toEqual([
      'medium quality GCC/-Wunused-variable | src/a.c:7:3: unused variable x',
      'high quality GCC/ | src/a.c:9: no.h: No such file',
      'info quality GCC/ | src/c.c:2:1: vectorised',
    ]);
  });

  test.each([
    ['that is broken', '(?<message>.*', /is not a valid regular expression/],
    ['without a message', '(?<path>.*)', /has no group \(\?<message>/],
    ['that is too large', '(?<message>a{5000})', /is too large/],
    ['that repeats nothing very often', '(?<message>(?:(?:){999999}){999999})', /is too large/],
    ['that looks ahead', '(?=a)(?<message>.*)', /looks ahead or behind/],
    ['that refers back', '(?<message>a)\\1', /refers back/],
  ])('refuses a pattern %s', (_, pattern, message) => {
    expect(() => patternFormat({ ...gcc, pattern })).toThrow(message);
  });

  // The engine of JavaScript takes a minute and more for each of them.
  test.each([
    {
      name: 'wide repetitions on a line that does not match',
      pattern: '(?<message>.*a.*a.*a.*b)',
      line: 'a'.repeat(1_000),
    },
    { name: 'a repeated repetition', pattern: '(?<message>(a+)+)$', line: `${'a'.repeat(999)}b` },
    { name: 'repeated alternatives', pattern: '(?<message>(a|aa)+)$', line: `${'a'.repeat(999)}b` },
    {
      name: 'more wide repetitions than anybody needs',
      pattern: '(?<path>.*).*.*.*.*.*(?<message>x)',
      line: 'a'.repeat(1_000),
    },
    {
      name: 'narrow ones',
      pattern: String.raw`(?<message>\w*\w*\w*\w*\w*\w*!)`,
      line: 'a'.repeat(1_000),
    },
    {
      name: 'a line that matches, as is found late',
      pattern: '.*a.*b.*c.*d(?<message>)',
      line: `abcd${'a'.repeat(250)}${'b'.repeat(250)}${'c'.repeat(250)}`,
      finds: 1,
    },
  ])('no line takes long: $name', ({ pattern, line, finds = 0 }) => {
    const collector = collectFindings('x');
    const sink = { finding: collector.finding } as unknown as ReportSink;
    const reader = patternFormat({ ...gcc, pattern }).read(sink);
    for (let at = 1; at <= 20; at += 1) reader.line(line, at);
    reader.end();
    expect(collector.report().total).toBe(finds * 20);
  });

  test('a line of a megabyte takes no time worth speaking of', () => {
    const collector = collectFindings('x');
    const sink = { finding: collector.finding } as unknown as ReportSink;
    const reader = patternFormat({ ...gcc, pattern: '(?<path>.*):.*:.*(?<message>x)$' }).read(sink);
    reader.line(':'.repeat(1_000_000), 1);
    reader.end();
    expect(collector.report().total).toBe(0);
  });
});
