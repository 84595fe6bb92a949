import { describe, expect, test } from 'vitest';
import { heraldReportOf } from '../../src/baseline/herald-report.ts';
import { heraldReportSchema } from '../../src/baseline/report-with-details.ts';
import type { Summary } from '../../src/model/summary.ts';
import { commentDocument, fullMarkdown } from '../../src/render/comment/render-comment.ts';
import { verdict } from '../../src/render/comment/sections/headline.ts';
import { renderReportPage } from '../../src/render/html/report-page.ts';
import { renderMarkdown } from '../../src/render/markdown/render-markdown.ts';
import { plainText, renderTerminal } from '../../src/render/terminal/render-terminal.ts';
import { english } from '../../src/render/words/english.ts';
import { textOf } from './gitlab-view.ts';
import { hugeSummaries } from './huge-summaries.ts';

const options = { title: null, maxDetails: 5_000, version: '1.2.3' };
const maxCharacters = 20_000;

/** Everything that Herald makes of a summary for its readers, and what it keeps. */
function outputsOf(summary: Summary) {
  const comment = commentDocument(summary, english, { ...options, maxCharacters });
  return {
    page: renderReportPage(summary, english, options),
    markdown: fullMarkdown(summary, english, options),
    comment: renderMarkdown(comment),
    terminal: renderTerminal(comment, { color: false, columns: 100 }),
    json: JSON.stringify(heraldReportOf(summary, new Date('2026-03-04T10:00:00Z'), null)),
  };
}

/** The numbers of a sentence, added: what is listed and what is only counted. */
function sumIn(sentence: string | undefined): number | null {
  if (sentence === undefined) return null;
  const numbers = sentence.split('report files')[0]?.match(/[\d,]+/g) ?? [];
  return numbers.reduce((sum, number) => sum + Number(number.replaceAll(',', '')), 0);
}

function partOf(page: string, id: string): string {
  return page.split(`<section id="${id}"`)[1]?.split('</section>')[0] ?? '';
}

/** How many of each kind the page says there are, by what it lists and what it counts. */
function countsOn(page: string) {
  const metrics = partOf(page, 'metrics');
  const coverage = partOf(page, 'coverage');
  const cut = (part: string): number => sumIn(/[\d,]+ more entr\w+ \w+ counted/.exec(part)?.[0]) ?? 0;
  return {
    tests: sumIn(/id="test-count">(.*?)</.exec(page)?.[1]),
    findings: sumIn(/[\d,]+ findings?(?:; [\d,]+ more)?/.exec(partOf(page, 'findings'))?.[0]),
    metrics: metrics === '' ? null : (metrics.match(/<tr[ >]/g)?.length ?? 1) - 1 + cut(metrics),
    files: coverage === '' ? null : (coverage.match(/<div class="row">/g)?.length ?? 0) + cut(coverage),
  };
}

function inText(html: string): string {
  return textOf(html).replace(/\s+/g, ' ');
}

describe.each(Object.entries(hugeSummaries))('%s', (_name, make) => {
  test('leaves every output within its bound, and no verdict and no count away', () => {
    const summary = make();
    const outputs = outputsOf(summary);
    const { page, markdown, comment, terminal, json } = outputs;
    expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
    expect(Buffer.byteLength(markdown)).toBeLessThan(10_000_000);
    expect(comment.length).toBeLessThanOrEqual(maxCharacters);
    expect(terminal.length).toBeLessThan(100_000);
    expect(Buffer.byteLength(json)).toBeLessThan(20_000_000);

    const report = heraldReportSchema.parse(JSON.parse(json));
    expect(countsOn(page)).toEqual({
      tests: report.tests?.totals.total ?? null,
      findings: report.findings?.total ?? null,
      metrics: summary.metrics?.metrics.length ?? null,
      files: summary.coverage?.files.length ?? null,
    });

    const words = inText(plainText(verdict(summary, english)))
      .replace(/^\S+ /, '')
      .slice(0, 40);
    for (const output of [/<h1>.*?<\/h1>/s.exec(page)?.[0] ?? '', markdown, comment, terminal])
      expect(inText(output.slice(0, 2_000).replaceAll('**', ''))).toContain(words);
  });
});
