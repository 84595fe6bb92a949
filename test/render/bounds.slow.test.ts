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

/** How the jobs, gates and warnings of huge summaries are named. */
const named = { jobs: /\bjob \d+\b/g, gates: /\bfailures>\d+/g, warnings: /\br\d+\.xml/g } as const;
type Named = keyof typeof named;

/** How many things of each kind a text lists. */
function listedIn(text: string): Readonly<Record<Named, number>> {
  const count = (pattern: RegExp): number => new Set(text.match(pattern)).size;
  return { jobs: count(named.jobs), gates: count(named.gates), warnings: count(named.warnings) };
}

/** What a text counts beside what it lists: `and 12 more`, `12 more are in the full report`. */
function restIn(text: string): number {
  return [...text.matchAll(/([\d,]+) (?:more|weitere)\b/g)].reduce(
    (sum, [, number = '']) => sum + Number(number.replaceAll(',', '')),
    0,
  );
}

/** Says which part of a page lists fewer things than there are and counts no rest that makes them up. */
function unsaidOn(page: string, totals: Readonly<Record<Named, number>>): readonly string[] {
  return page.split(/<section\b/).flatMap((section, at) => {
    const text = inText(section);
    const listed = listedIn(text);
    const missing = (Object.keys(named) as readonly Named[])
      .filter((kind) => listed[kind] > 0)
      .reduce((sum, kind) => sum + totals[kind] - listed[kind], 0);
    return missing <= restIn(text) ? [] : [`section ${at}: ${missing} missing, ${restIn(text)} counted`];
  });
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

    const totals: Readonly<Record<Named, number>> = {
      jobs: summary.pipeline?.jobs.length ?? 0,
      gates: summary.gates.length,
      warnings: summary.warnings.length,
    };
    if (Math.max(...Object.values(totals)) > 50) {
      const all = totals.jobs + totals.gates + totals.warnings;
      for (const [name, output] of Object.entries({ markdown, comment, terminal })) {
        const { jobs, gates, warnings } = listedIn(output);
        expect(jobs + gates + warnings + restIn(output.replace(/\s+/g, ' ')), name).toBeGreaterThanOrEqual(
          all,
        );
      }
      expect(unsaidOn(page, totals)).toEqual([]);
      for (const kind of Object.keys(named) as readonly Named[])
        if (totals[kind] > 0) expect(listedIn(inText(page))[kind], `${kind} on the page`).toBeGreaterThan(0);
    }
    expect(report.gates.length + report.omitted.gates).toBe(totals.gates);
    expect(report.warnings.length + report.omitted.warnings).toBe(totals.warnings);

    const words = inText(plainText(verdict(summary, english)))
      .replace(/^\S+ /, '')
      .slice(0, 40);
    for (const output of [/<h1>.*?<\/h1>/s.exec(page)?.[0] ?? '', markdown, comment, terminal])
      expect(inText(output.slice(0, 2_000).replaceAll('**', ''))).toContain(words);
  });
});
