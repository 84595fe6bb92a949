import { describe, expect, test } from 'vitest';
import { digestFile, digestFileSchema } from '../../../src/digest/digest-file.ts';
import { digestCsv } from '../../../src/render/digest/digest-csv.ts';
import { digestMetrics } from '../../../src/render/digest/digest-metrics.ts';
import { digestPage } from '../../../src/render/digest/digest-page.ts';
import { englishDigest } from '../../../src/render/words/english-digest.ts';
import { aDigest, aFigure, aMeasured } from './a-digest.ts';

/** A reader of RFC 4180, written from its grammar. */
function recordsOf(csv: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let rest = csv;
  let record: string[] = [];
  while (rest !== '') {
    const [whole, quoted, plain, end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no CSV: ${rest.slice(0, 40)}`);
    record.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    rest = rest.slice(whole.length);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe('the digest as CSV', () => {
  test('has the period, the one before and the course, each value in a line', () => {
    const [titles, ...lines] = recordsOf(digestCsv(aDigest()));
    expect(titles).toEqual([
      'measure',
      'unit',
      'span',
      'from',
      'until',
      'value',
      'p75',
      'p95',
      'n',
      'of',
      'reason',
    ]);
    expect(lines.map(([, , span, , , value]) => [span, value])).toEqual([
      ['period', '24'],
      ['previous', '12'],
      ['course', '1'],
      ['course', '5'],
      ['course', ''],
      ['course', '18'],
    ]);
    expect(lines[0]?.slice(3, 5)).toEqual(['2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z']);
  });

  test.each(['=1+1', '+1', '-1', '@sum', '\tx', 'a,"b"\r\nc'])('keeps %j a text', (reason) => {
    const csv = digestCsv(
      aDigest({ figures: [aMeasured({ current: aFigure(null, { reason }), series: [] })] }),
    );
    const cell = recordsOf(csv)[1]?.at(-1) ?? '';
    expect(cell.replace(/^'/, '')).toBe(reason);
    expect(cell).not.toMatch(/^[=+\-@\t]/);
  });
});

describe('the digest as JSON', () => {
  test('is what its schema says, and nothing more', () => {
    const written: unknown = JSON.parse(digestFile(aDigest()));
    expect(digestFileSchema.parse(written)).toEqual(written);
  });
});

describe('the digest as OpenMetrics', () => {
  test('has a gauge for each figure with a value, medians by quantile, in base units', async () => {
    const figures = [
      aMeasured(),
      aMeasured({ id: 'lead-time', unit: 'seconds', current: aFigure(60, { p75: 120, p95: 600 }) }),
      aMeasured({ id: 'minutes', unit: 'minutes', current: aFigure(2) }),
      aMeasured({ id: 'nothing', current: aFigure(null) }),
    ];
    const lines = (await digestMetrics(aDigest({ figures }), englishDigest)).split('\n');
    const labels = 'scope="acme/shop",period="2026-11-01 to 2026-11-30"';
    expect(lines).toContain(`herald_digest_deployments{${labels}} 24`);
    expect(lines).toContain(`herald_digest_lead_time_seconds{${labels},quantile="0.95"} 600`);
    expect(lines).toContain(`herald_digest_minutes_seconds{${labels}} 120`);
    expect(lines.some((line) => line.includes('nothing'))).toBe(false);
    expect(lines.filter((line) => line !== '').at(-1)).toBe('# EOF');
  });
});

describe('the digest as a page', () => {
  test('has headings that go down by one level', () => {
    const missing = aMeasured({ current: aFigure(null, { reason: 'there are no deployments' }) });
    const page = digestPage(aDigest({ figures: [aMeasured({ id: 'commits' }), missing] }), englishDigest);
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(page).toContain('Not measured');
    for (const [index, level] of levels.entries())
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
  });

  test('is self-contained, has no script, and a table behind each plot', () => {
    const page = digestPage(aDigest(), englishDigest);
    expect(page).not.toMatch(/<script|\son\w+=|src=|@import|url\(/i);
    expect(page.match(/<svg/g)).toHaveLength(1);
    expect(page).toMatch(/<svg[^]*<summary>As a table<\/summary>/);
    // Bars of 1, 5 and 18 from zero: the highest is 18 times as high as the lowest.
    const heights = [...page.matchAll(/class="bar" [^>]*height="([\d.]+)"/g)].map(([, height]) =>
      Number(height),
    );
    expect(heights).toHaveLength(3);
    expect((heights[2] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(18, 0);
  });
});
