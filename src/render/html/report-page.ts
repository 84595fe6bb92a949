import { createHash } from 'node:crypto';
import type { Document } from '../../model/document.ts';
import type { SectionId } from '../../model/section-id.ts';
import type { Summary } from '../../model/summary.ts';
import { type FullOptions, fullSections } from '../comment/render-comment.ts';
import { verdict } from '../comment/sections/headline.ts';
import { plainText } from '../terminal/render-terminal.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';
import { actionPart, calls } from './action.ts';
import { asciiStyle, referenceBytes, withReferences } from './character-references.ts';
import { coverageTree } from './coverage-tree.ts';
import { renderHtml } from './document.ts';
import { all, bytesOf, type Child, el, type Html, rendered } from './element.ts';
import { findingsTable } from './findings-table.ts';
import { metricsTable } from './metrics-table.ts';
import { pageStyle } from './page.ts';
import { pageFacts } from './page-facts.ts';
import { reportStyle, searchScript } from './report-style.ts';
import { fittedSection, sectionHtml } from './section-html.ts';
import { testsWithin } from './tests-within.ts';
import { timeline } from './timeline.ts';
import { trends } from './trends.ts';

/** One part of the page, with what the contents call it. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

const maxTitle = 300;
/** What a browser opens at once: 2 MB, with what references to characters may add. */
const pageBytes = 2_000_000 - referenceBytes;
/** Style, script, facts and headings. */
const frameBytes = 24_000;
/** Of a page with more, a browser lays out the sections after the first when a reader comes near them. */
const atOnceBytes = 300_000;
/** What the list of tests gets, whatever else is on the page. */
const testsBytes = 300_000;

/** Sections of the comment that the page has tables of its own for. */
const replaced: ReadonlySet<SectionId> = new Set(['headline', 'findings', 'metrics', 'footer']);
/** A section that has a part of its own is under that part's heading. */
function withoutHeading([first, ...rest]: Document): Document {
  return first === undefined ? [] : first.kind === 'heading' ? rest : [first, ...rest];
}

/** A part with its content in so many bytes. */
type PartToFit = readonly [string, string, (maxBytes: number) => Html | null];

interface Told {
  readonly sections: ReadonlyMap<SectionId, Document>;
  readonly options: FullOptions;
}

/** The parts that the page has tables of its own for, each in so many bytes. */
function tables(summary: Summary, words: Language, sections: Told['sections']): readonly PartToFit[] {
  const { baseline } = summary.comparison;
  const { commit, project } = summary.context;
  const branch = baseline?.ref ?? commit.branch ?? project.defaultBranch;
  const coverage = withoutHeading(sections.get('coverage') ?? []);
  return [
    [
      'coverage',
      words.coverage.label,
      (room) => {
        const told = coverage.length === 0 ? null : fittedSection(coverage, room / 2, words);
        const tree = coverageTree(summary, words, room / 2);
        return told === null && tree === null ? null : all([told, tree]);
      },
    ],
    ['findings', words.findings.label, (room) => findingsTable(summary, words, room)],
    ['metrics', words.metrics.label, (room) => metricsTable(summary, words, room)],
    ['jobs', words.page.jobs, () => timeline(summary.pipeline?.jobs ?? [], words)],
    ['trends', words.page.trends(branch), () => trends(summary, words)],
  ];
}

/**
 * Every part but the lists of tests, which get the room that is left. What needs action comes first; of the others each
 * gets half of what those before it leave, which few ever need.
 */
function otherParts(summary: Summary, words: Language, { sections, options }: Told): readonly Part[] {
  const told = [...sections].filter(([id]) => !replaced.has(id));
  const { maxDetails } = options;
  // The page cannot refer to itself.
  const more = words.page.moreCounted;
  const counting: Language = {
    ...words,
    tests: { ...words.tests, more },
    causes: { ...words.causes, more },
    gates: { ...words.gates, more },
  };
  const sectionsWith = (max: number): Told['sections'] =>
    fullSections(summary, counting, { ...options, maxDetails: max });
  const action = actionPart({ sections, maxDetails, sectionsWith }, words);
  const documents = (some: (id: SectionId) => boolean): readonly PartToFit[] =>
    told
      .filter(([id]) => some(id))
      .map(([id, document]) => [
        id,
        words.sections[id],
        (room) => fittedSection(withoutHeading(document), room, words),
      ]);
  const own = new Set<SectionId>([...calls, 'checks', 'coverage']);
  const others = [
    ...documents((id) => id === 'checks'),
    ...tables(summary, words, sections),
    ...documents((id) => !own.has(id)),
  ];
  let left = pageBytes - frameBytes - testsBytes - bytesOf(action);
  const found = others.map(([id, title, contentIn]) => {
    const content = contentIn(left / 2);
    left -= bytesOf(content);
    return [id, title, content] as const;
  });
  return present([['action', words.page.action, action], ...found]);
}

function present(parts: readonly (readonly [string, string, Child])[]): readonly Part[] {
  return parts.flatMap(([id, title, content]) =>
    content === null || typeof content === 'string' ? [] : [{ id, title, content }],
  );
}

/** What comes before the tests. */
const first: ReadonlySet<string> = new Set(['action', 'checks']);

function partsOf(summary: Summary, words: Language, told: Told): readonly Part[] {
  const others = otherParts(summary, words, told);
  const taken = others.reduce((sum, { content }) => sum + bytesOf(content), 0);
  const { table, slowest } = testsWithin(summary, words, pageBytes - frameBytes - taken);
  return [
    ...others.filter(({ id }) => first.has(id)),
    ...present([
      ['tests', words.tests.label, table],
      ['slowest', words.page.slowest, slowest],
    ]),
    ...others.filter(({ id }) => !first.has(id)),
  ];
}

/** The parts as sections; their style says what a browser does with those that are far. */
function sectionsOf(parts: readonly Part[]): readonly Html[] {
  const bytes = parts.reduce((sum, { content }) => sum + bytesOf(content), 0);
  return parts.map(({ id, title, content }, index) => {
    const kind = bytes > atOnceBytes && index > 0 ? 'far' : null;
    return el('section', { id, class: kind, 'aria-label': title }, el('h2', {}, title), content);
  });
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
  return `<!doctype html>\n${start}\n<head>\n${all(metas).markup}\n<style>${asciiStyle(`${pageStyle}\n${reportStyle}`)}</style>\n</head>`;
}

/**
 * The full report as one self-contained page: nothing is fetched, and everything can be read without a script, so that
 * it works wherever GitLab shows artifacts. The one script, which filters tests as somebody types, is allowed by its
 * hash.
 */
export function renderReportPage(summary: Summary, words: Language, options: FullOptions): string {
  const sections = fullSections(summary, words, options);
  const headline = verdict(summary, words);
  const parts = partsOf(summary, words, { sections, options });
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
    el('main', { id: 'content' }, ...sectionsOf(parts)),
    el('footer', {}, sectionHtml(sections.get('footer') ?? [])),
    rendered(`<script>${searchScript}</script>`),
  ];
  const head = headOf(`Herald: ${shortenText(plainText(headline), maxTitle)}`, words.tag);
  return `${withReferences(head)}\n<body>\n${withReferences(all(body).markup)}\n</body>\n</html>\n`;
}
