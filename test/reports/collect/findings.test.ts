import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding, Severity } from '../../../src/model/findings.ts';
import { collectFindings, type RawFinding } from '../../../src/reports/collect/findings.ts';
import { blankFinding } from '../../../src/reports/formats/shared/blank-finding.ts';

function raw(values: Partial<RawFinding>): RawFinding {
  return {
    ...blankFinding,
    rule: 'no-var',
    path: 'src/a.js',
    line: 1,
    message: 'Unexpected var.',
    ...values,
  };
}

function collected(...found: readonly Partial<RawFinding>[]): readonly Finding[] {
  const collector = collectFindings('report.json');
  for (const values of found) collector.finding(raw(values), null);
  return collector.report().findings;
}

function first(values: Partial<RawFinding>): Finding {
  const [finding] = collected(values);
  if (finding === undefined) throw new Error('nothing was collected');
  return finding;
}

describe('collectFindings', () => {
  test('counts by severity, and suppressed findings not at all', () => {
    const collector = collectFindings('report.json');
    for (const severity of ['high', 'high', 'info'] as const) collector.finding(raw({ severity }), null);
    collector.finding(raw({ severity: 'critical', suppressed: true }), null);
    const report = collector.report();
    expect(report.total).toBe(3);
    expect(report.bySeverity).toEqual({ critical: 0, high: 2, medium: 0, low: 0, info: 1, unknown: 0 });
    expect(report.findings.map(({ suppressed }) => suppressed)).toEqual([false, false, false, true]);
    expect(report.omittedFindings).toBe(0);
  });

  test('counts all of 10,500 findings and lists the 10,000 most severe, the most severe first', () => {
    const collector = collectFindings('report.json');
    for (let number = 0; number < 10_500; number += 1) {
      const severity: Severity = number % 100 === 99 ? 'critical' : 'low';
      collector.finding(raw({ severity, line: number + 1 }), null);
    }
    const report = collector.report();
    expect([report.total, report.findings.length, report.omittedFindings]).toEqual([10_500, 10_000, 500]);
    expect(report.findings.slice(0, 105).every(({ severity }) => severity === 'critical')).toBe(true);
    expect(report.findings[105]?.severity).toBe('low');
  });

  test('names the report that each finding came from', () => {
    expect(first({}).report).toBe('report.json');
  });

  test.each([
    { what: 'a message', field: 'message', limit: 2_000 },
    { what: 'a description', field: 'description', limit: 8_000 },
    { what: 'a path', field: 'path', limit: 1_000 },
    { what: 'a rule', field: 'rule', limit: 300 },
    { what: 'a tool', field: 'tool', limit: 300 },
  ] as const)('cuts $what', ({ field, limit }) => {
    const text = first({ [field]: 'x'.repeat(100_000) })[field] ?? '';
    expect(text).toHaveLength(limit);
    expect(text.endsWith('…')).toBe(true);
  });

  test('removes control characters and terminal sequences, and keeps line breaks in messages only', () => {
    const finding = first({ message: '\u001b[31mred\u001b[0m\u0000\r\nnext', rule: 'a\nb', path: 'a\nb.js' });
    expect(finding).toMatchObject({ message: 'red\nnext', rule: 'a b', path: 'a b.js' });
  });

  test('a finding without a message shows its rule', () => {
    expect(first({ message: ' \u0007 ' }).message).toBe('no-var');
    expect(first({ message: '', rule: '' }).message).toBe('The report gives no message.');
  });

  test.each([
    { line: 0, endLine: 3, column: 2, kept: [null, null, null] },
    { line: 4, endLine: 3, column: 0, kept: [4, null, null] },
    { line: 4, endLine: 6, column: 2, kept: [4, 6, 2] },
    { line: 1.5, endLine: null, column: Number.NaN, kept: [null, null, null] },
    { line: 2 ** 60, endLine: null, column: null, kept: [null, null, null] },
  ])('keeps of line $line to $endLine what can be', ({ line, endLine, column, kept }) => {
    const finding = first({ line, endLine, column });
    expect([finding.line, finding.endLine, finding.column]).toEqual(kept);
  });

  test('a line without a file is dropped', () => {
    expect(first({ path: null, line: 7 })).toMatchObject({ path: null, line: null });
  });

  test.each([
    ['https://example.com/rule', 'https://example.com/rule'],
    ['http://example.com', 'http://example.com'],
    ['javascript:alert(1)', null],
    ['https://exa mple.com', null],
    ['not a valid URI', null],
    [`https://example.com/${'x'.repeat(3_000)}`, null],
  ])('of the link %s it keeps %s', (ruleUrl, kept) => {
    expect(first({ ruleUrl }).ruleUrl).toBe(kept);
  });

  test('keeps a fix exactly or not at all', () => {
    const fix = { startLine: 1, endLine: 2, replacement: 'a\r\n\tb', columns: null, description: '' };
    expect(first({ fix }).fix).toEqual({
      startLine: 1,
      endLine: 2,
      replacement: 'a\n\tb',
      columns: null,
      description: null,
    });
    expect(first({ fix: { ...fix, replacement: 'a\u0000' } }).fix).toBeNull();
    expect(first({ fix: { ...fix, replacement: 'x'.repeat(8_001) } }).fix).toBeNull();
    expect(first({ fix: { ...fix, endLine: 0 } }).fix).toBeNull();
    expect(first({ fix, path: null }).fix).toBeNull();
  });

  test('keeps each identifier once and at most 50', () => {
    const identifiers = [
      'CWE-79',
      'CWE-79',
      ' ',
      ...Array.from({ length: 90 }, (_, number) => `CVE-${number}`),
    ];
    expect(first({ identifiers }).identifiers).toHaveLength(50);
    expect(first({ identifiers }).identifiers.slice(0, 2)).toEqual(['CWE-79', 'CVE-0']);
  });

  test('asks the resolver for paths, with the roots that the report named', () => {
    const asked: unknown[] = [];
    const collector = collectFindings('report.json', (path, roots) => {
      asked.push([path, [...roots]]);
      return `web/${path}`;
    });
    collector.sourceRoot('/builds/a');
    collector.finding(raw({}), null);
    expect(asked).toEqual([['src/a.js', ['/builds/a']]]);
    expect(collector.report().findings[0]?.path).toBe('web/src/a.js');
  });

  test('a fingerprint that holds a path is the same in every checkout', () => {
    const idIn = (folder: string): string | undefined => {
      const collector = collectFindings('report.json', (path) => path.replace(folder, ''));
      collector.finding(raw({ path: `${folder}src/a.js` }), `rule ${folder}src/a.js 00ff`);
      return collector.report().findings[0]?.id;
    };
    expect(idIn('/builds/one/')).toBe(idIn('/home/two/'));
  });

  test('takes any texts and numbers', () => {
    const text = fc.string({ unit: 'binary', maxLength: 50 });
    const number = fc.oneof(fc.double(), fc.integer(), fc.constant(null));
    const values = fc.record({
      message: text,
      description: text,
      path: text,
      rule: text,
      line: number,
      endLine: number,
    });
    fc.assert(
      fc.property(values, fc.option(text), (found, fingerprint) => {
        const collector = collectFindings('report.json');
        collector.finding(raw(found), fingerprint);
        const [finding] = collector.report().findings;
        expect(finding?.id).toMatch(/^[0-9a-f]{16}$/);
        expect(finding?.message).not.toBe('');
      }),
    );
  });
});
