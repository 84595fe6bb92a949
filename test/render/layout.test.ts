import { describe, expect, test } from 'vitest';
import { parseHeadlineTemplate } from '../../src/model/headline-template.ts';
import { commentDocument } from '../../src/render/comment/render-comment.ts';
import { type Layout, plainLayout } from '../../src/render/comment/section.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { english } from '../../src/render/words/english.ts';
import { formatMetric, formatRatio } from '../../src/render/words/format-metric.ts';
import { german } from '../../src/render/words/german.ts';
import { allSituations } from './situations-of-layout.ts';

function comment(name: string, layout: Partial<Layout>): string {
  const { summary } = allSituations[name] ?? { summary: undefined };
  if (summary === undefined) throw new Error(name);
  const options = { title: null, maxCharacters: 20_000, version: '1', layout: { ...plainLayout, ...layout } };
  return renderMarkdown(commentDocument(summary, english, options));
}

const headline = (template: string): Partial<Layout> => ({ headline: parseHeadlineTemplate(template).parts });

describe('the headline in own words', () => {
  test.each([
    [
      'a placeholder without a word goes with the separator before it',
      '{tests} · {jobs} · {coverage}',
      'all 1,204 tests pass · coverage 84.2\u00A0% (−0.3\u00A0pp)',
    ],
    ['at the start with the one behind it', '{gates} – {tests}', 'all 1,204 tests pass'],
    ['words stay', 'Shop: {jobs}{tests}!', 'Shop: all 1,204 tests pass!'],
    ['symbol and word', '{verdict} on {branch}', '✅ Passed on `vouchers`'],
    ['text is text', '**{tests}** @all', '\\*\\*all 1,204 tests pass\\*\\* `@all`'],
    [
      'with nothing left it is Herald’s own',
      '{jobs}',
      '✅ All 1,204 tests pass · coverage 84.2\u00A0% (−0.3\u00A0pp)',
    ],
  ])('%s', (_why, template, expected) => {
    expect(comment('all-green', headline(template)).split('\n')[0]).toBe(`### ${expected}`);
  });
});

describe('sections', () => {
  const order = (markdown: string): readonly string[] =>
    [...markdown.matchAll(/^(?:#### |<details><summary>|\| (?=Check))(\S+)/gm)].map(([, word = '']) => word);

  test('named ones come first, the verdict stays on top and the footer at the end', () => {
    const markdown = comment('everything-at-once', { order: ['metrics', 'failed-jobs'] });
    expect(markdown.startsWith('### ')).toBe(true);
    expect(order(markdown).slice(0, 3)).toEqual(['⚠️', 'Metrics', 'Failed']);
    expect(markdown.split('\n').at(-1)).toMatch(/^_Commit/);
  });

  test('hidden ones are gone', () => {
    const markdown = comment('everything-at-once', { hide: ['checks', 'failed-tests', 'footer'] });
    expect(markdown).not.toContain('| Check |');
    expect(markdown).not.toContain('New failures');
    expect(markdown).not.toContain('_Commit');
  });

  test('with max 0 a section only counts', () => {
    const markdown = comment('everything-at-once', { sections: { findings: { max: 0 } } });
    expect(markdown).not.toContain('sql-injection');
    expect(markdown).toContain('2 more are in the full report.');
  });
});

describe('numbers with units', () => {
  test.each([
    [0, 'bytes', '0\u00A0B'],
    [12_345, 'bytes', '12.3\u00A0kB'],
    [-1_500_000, 'bytes', '-1.5\u00A0MB'],
    [0.0021, 'seconds', '2.1\u00A0ms'],
    [91, 'seconds', '1.52\u00A0min'],
    [91.234, 'percent', '91.2\u00A0%'],
    [12_345.6, null, '12,346'],
    [3, 'resources', '3\u00A0resources'],
    [Number.NaN, null, '–'],
  ])('%d in %s is %s', (value, unit, expected) => {
    expect(formatMetric(value, unit)).toBe(expected);
  });

  test.each([
    [0.276, '+28\u00A0%'],
    [-0.034, '−3.4\u00A0%'],
    [24, '×25'],
    [0, '±0\u00A0%'],
  ])('a ratio of %d is %s', (ratio, expected) => {
    expect(formatRatio(ratio)).toBe(expected);
  });

  test('German separates the other way round', () => {
    expect(german.format.count(12_345)).toBe('12.345');
    expect(german.format.percent(84.25)).toBe('84,2\u00A0%');
    expect(german.format.points(-0.3)).toBe('−0,3\u00A0Pp.');
    expect(german.format.duration(221)).toBe('3\u00A0min\u00A041\u00A0s');
    expect(german.format.duration(0.42)).toBe('420\u00A0ms');
    expect(german.format.metric(12_345.6, null)).toBe('12.346');
  });
});
