import { createHash } from 'node:crypto';
import type { Block, Document } from '../../model/document.ts';
import type { SectionId } from '../../model/section-id.ts';
import type { Summary } from '../../model/summary.ts';
import { type FullOptions, fullSections } from '../comment/render-comment.ts';
import { verdict } from '../comment/sections/headline.ts';
import { plainText } from '../terminal/render-terminal.ts';
import type { Language } from '../words/english.ts';
import { coverageTree } from './coverage-tree.ts';
import { renderHtml } from './document.ts';
import { all, type Child, el, type Html, rendered } from './element.ts';
import { findingsTable } from './findings-table.ts';
import { metricsTable } from './metrics-table.ts';
import { pageStyle } from './page.ts';
import { pageFacts } from './page-facts.ts';
import { reportStyle, searchScript } from './report-style.ts';
import { slowest } from './slowest.ts';
import { testsTable } from './tests-table.ts';
import { timeline } from './timeline.ts';
import { trends } from './trends.ts';

/** One part of the page, with what the contents call it. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** Sections of the comment that the page has tables of its own for. */
const replaced: ReadonlySet<SectionId> = new Set(['headline', 'findings', 'metrics', 'footer']);
/** Sections that ask somebody to do something, failed tests first. */
const calls: readonly SectionId[] = ['failed-tests', 'run-again', 'failed-jobs', 'gates'];

/**
 * The comment's headings start at 3, as GitLab's page has two above them; here they start at 2, below the page's own.
 */
function withPageHeadings(document: Document): Document {
  return document.map((block): Block => {
    if (block.kind === 'heading') return { ...block, level: block.level === 4 ? 3 : 2 };
    if (block.kind === 'details') return { ...block, blocks: withPageHeadings(block.blocks) };
    return block;
  });
}

function sectionHtml(document: Document): Html {
  return rendered(renderHtml(withPageHeadings(document)));
}

/** A section that has a part of its own is under that part's heading. */
function withoutHeading([first, ...rest]: Document): Document {
  return first === undefined ? [] : first.kind === 'heading' ? rest : [first, ...rest];
}

function partsOf(
  summary: Summary,
  words: Language,
  sections: ReadonlyMap<SectionId, Document>,
): readonly Part[] {
  const told = [...sections].filter(([id]) => !replaced.has(id));
  const action = calls.flatMap((id) => {
    const document = sections.get(id);
    return document === undefined ? [] : [sectionHtml(document)];
  });
  const coverage = sections.get('coverage');
  const tree = coverageTree(summary, words);
  const branch =
    summary.comparison.baseline?.ref ??
    summary.context.commit.branch ??
    summary.context.project.defaultBranch;
  const found: readonly (readonly [string, string, Child])[] = [
    ['action', words.page.action, action.length === 0 ? null : all(action)],
    [
      'checks',
      words.sections.checks,
      sections.has('checks') ? sectionHtml(sections.get('checks') ?? []) : null,
    ],
    ['tests', words.tests.label, testsTable(summary, words)],
    ['slowest', words.page.slowest, slowest(summary, words)],
    [
      'coverage',
      words.coverage.label,
      coverage === undefined && tree === null
        ? null
        : all([coverage === undefined ? null : sectionHtml(withoutHeading(coverage)), tree]),
    ],
    ['findings', words.findings.label, findingsTable(summary, words)],
    ['metrics', words.metrics.label, metricsTable(summary, words)],
    ['jobs', words.page.jobs, timeline(summary.pipeline?.jobs ?? [], words)],
    ['trends', words.page.trends(branch), trends(summary, words)],
    ...told
      .filter(([id]) => !calls.includes(id) && id !== 'checks' && id !== 'coverage')
      .map(([id, document]) => [id, words.sections[id], sectionHtml(withoutHeading(document))] as const),
  ];
  return found.flatMap(([id, title, content]) =>
    content === null || typeof content === 'string' ? [] : [{ id, title, content }],
  );
}

function headOf(title: string, language: string): string {
  const hash = createHash('sha256').update(searchScript).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const start = el('html', { lang: language }).markup.replace('</html>', '');
  const metas = [
    el('meta', { charset: 'utf-8' }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    el('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    el('meta', { name: 'referrer', content: 'no-referrer' }),
    el('title', {}, title),
  ];
  return `<!doctype html>\n${start}\n<head>\n${all(metas).markup}\n<style>${pageStyle}\n${reportStyle}</style>\n</head>`;
}

/**
 * The full report as one self-contained page: nothing is fetched, and everything can be read without a script, so that
 * it works wherever GitLab shows artifacts. The one script, which filters tests as somebody types, is allowed by its
 * hash.
 */
export function renderReportPage(summary: Summary, words: Language, options: FullOptions): string {
  const sections = fullSections(summary, words, options);
  const headline = verdict(summary, words);
  const parts = partsOf(summary, words, sections);
  const contents = parts.map(({ id, title }) => el('li', {}, el('a', { href: `#${id}` }, title)));
  const name = options.title === null ? words.page.title : `${options.title} · ${words.page.title}`;
  const body = [
    el('a', { class: 'skip', href: '#content' }, words.page.skip),
    el(
      'header',
      {},
      el('p', { class: 'dim' }, name),
      rendered(renderHtml([{ kind: 'heading', level: 1, children: headline }])),
      pageFacts(summary, words),
      el('nav', { 'aria-label': words.page.contents }, el('ul', {}, ...contents)),
    ),
    el(
      'main',
      { id: 'content' },
      ...parts.map(({ id, title, content }) =>
        el('section', { id, 'aria-label': title }, el('h2', {}, title), content),
      ),
    ),
    el('footer', {}, sectionHtml(sections.get('footer') ?? [])),
    rendered(`<script>${searchScript}</script>`),
  ];
  return `${headOf(`Herald: ${plainText(headline)}`, words.tag)}\n<body>\n${all(body).markup}\n</body>\n</html>\n`;
}
