import { type Block, type Document, emphasis, link, paragraph, text } from '../../model/document.ts';
import type { SectionId } from '../../model/section-id.ts';
import type { Summary } from '../../model/summary.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Language } from '../words/english.ts';
import { arranged, withSettings } from './arrange.ts';
import { blocksOf, lengthOf, type Size, sizesUnder } from './budget.ts';
import { fitDocument } from './fit-document.ts';
import { withMissingParts } from './missing-parts.ts';
import { fullReportAddress } from './report-address.ts';
import { type Layout, plainLayout, type RenderedSection, type SectionOptions } from './section.ts';
import { inOwnWords } from './section-text.ts';
import { sections } from './sections/registry.ts';

interface DocumentOptions extends Pick<SectionOptions, 'title' | 'version'> {
  /** How the project wants it; plain by default. */
  readonly layout?: Layout;
}

export interface CommentOptions extends DocumentOptions {
  /** In UTF-16 units, which are never fewer than GitLab's characters. */
  readonly maxCharacters: number;
}

export interface MarkdownOptions extends FullOptions {
  /** Changes the document before it is rendered. */
  readonly written?: (document: Document) => Document;
}

export interface FullOptions extends DocumentOptions {
  /** How many items of a section are shown in full. */
  readonly maxDetails: number;
}

/** Room for the line that names what was omitted, and for the marker. */
const reserve = 800;

/** Fewer and fewer items are shown in full until the comment fits. */
const detailSteps = [50, 25, 10, 5, 3] as const;

/** The section with the project's text, where it has one; without it as it is. */
function inProjectsWords(
  section: RenderedSection | null,
  template: Document | undefined,
  place: { readonly summary: Summary; readonly words: Language },
): RenderedSection | null {
  if (section === null || template === undefined) return section;
  const change = (document: Document): Document => inOwnWords(document, template, place);
  return { ...section, full: change(section.full), short: change(section.short) };
}

function renderedSections(
  summary: Summary,
  words: Language,
  options: Omit<SectionOptions, 'max'>,
): readonly RenderedSection[] {
  const { layout } = options;
  return arranged(layout).flatMap((id: SectionId) => {
    const settings = layout.sections[id] ?? {};
    const own = sections[id](summary, words, { ...options, max: settings.max ?? null });
    const worded = inProjectsWords(own, layout.texts[id], { summary, words });
    const section = withMissingParts(id, worded, { summary, words });
    return section === null ? [] : [withSettings(section, settings, words)];
  });
}

/** What is before the footer when something had no room: what and how much, and where all of it is. */
function omissions(
  all: readonly RenderedSection[],
  sizes: ReadonlyMap<RenderedSection, Size>,
  { summary, words }: { readonly summary: Summary; readonly words: Language },
): readonly Block[] {
  const omitted = all.flatMap((section) =>
    sizes.get(section) === 'none' && section.counted !== '' ? [section.counted] : [],
  );
  if (omitted.length === 0) return [];
  const address = fullReportAddress(summary.context);
  const full = link(address, text(words.footer.fullReport));
  return [paragraph(emphasis(text(`${words.leftOut(omitted)} `), full, text('.')))];
}

function compose(
  all: readonly RenderedSection[],
  sizes: ReadonlyMap<RenderedSection, Size>,
  {
    summary,
    words,
    layout,
  }: { readonly summary: Summary; readonly words: Language; readonly layout: Layout },
): Document {
  const sized = (section: RenderedSection): Document => blocksOf(section, sizes.get(section) ?? 'none');
  const last = all.at(-1);
  const closes = last?.id === 'footer' ? last : undefined;
  return [
    ...all.filter((section) => section !== closes).flatMap(sized),
    ...omissions(all, sizes, { summary, words }),
    ...(closes === undefined ? [] : sized(closes)),
    ...layout.footer,
  ];
}

/** A compact comment leaves these to their rows in the table of checks. */
const onlyInTable: ReadonlySet<SectionId> = new Set([
  'coverage',
  'metrics',
  'durations',
  'run-again',
  'test-changes',
  'closes',
]);

/** In a compact comment everything that has a short form is shown in it. */
function compacted(section: RenderedSection): readonly RenderedSection[] {
  if (onlyInTable.has(section.id)) return [];
  return section.short.length === 0 || section.importance <= 1
    ? [section]
    : [{ ...section, full: section.short }];
}

/**
 * The comment's document under its size limit: everything in full where it fits; else fewer items in detail, then short
 * forms and counts, the least important first. Nothing is cut inside. The time it takes grows with the number of
 * failures, not faster.
 */
export function commentDocument(summary: Summary, words: Language, options: CommentOptions): Document {
  const layout = options.layout ?? plainLayout;
  const budget = options.maxCharacters - reserve - lengthOf(layout.footer);
  const place = { summary, words, layout };
  let all: readonly RenderedSection[] = [];
  for (const maxDetails of detailSteps) {
    const rendered = renderedSections(summary, words, { ...options, layout, maxDetails });
    all = layout.detail === 'compact' ? rendered.flatMap(compacted) : rendered;
    if (all.reduce((sum, { full }) => sum + lengthOf(full), 0) <= budget) break;
  }
  return compose(all, sizesUnder(all, budget), place);
}

function fullLayout({ layout = plainLayout }: FullOptions): Layout {
  const titles = Object.fromEntries(
    Object.entries(layout.sections).map(([id, setting]) => [
      id,
      setting.title === undefined ? {} : { title: setting.title },
    ]),
  );
  return { ...layout, detail: 'full', order: [], hide: [], sections: titles, texts: {} };
}

/** Every section in full, hidden ones too, `maxDetails` items each, in the usual order. */
export function fullSections(
  summary: Summary,
  words: Language,
  options: FullOptions,
): ReadonlyMap<SectionId, Document> {
  const rendered = renderedSections(summary, words, { ...options, layout: fullLayout(options) });
  return new Map(rendered.map(({ id, full }) => [id, full]));
}

/** What GitLab and editors still open. */
const maxDocumentBytes = 10_000_000;
/** The sentence that counts what is missing. */
const noticeBytes = 500;
const fullSteps = [2_000, 1_000, 500, 250, 100, 50, 25, 10, 5, 1] as const;

function sizeOf(markdown: string): number {
  return Buffer.byteLength(markdown);
}

/**
 * Every section in full as Markdown of at most 10 MB, for the artifacts. If that is too little, fewer items are in full
 * and the others are counted. If that is still too little, the last sections are cut, and a sentence above the footer
 * counts what is missing.
 */
export function fullMarkdown(summary: Summary, words: Language, options: MarkdownOptions): string {
  const { written = (document: Document): Document => document } = options;
  const render = (document: Document): string => renderMarkdown(written(document));
  const { footer } = fullLayout(options);
  let parts: ReadonlyMap<SectionId, Document> = new Map();
  let bytesOfOne = 0;
  for (const maxDetails of [options.maxDetails, ...fullSteps.filter((step) => step < options.maxDetails)]) {
    // A step that is far from fitting is not tried, as each renders everything.
    if (maxDetails > 1 && maxDetails * bytesOfOne > 2 * maxDocumentBytes) continue;
    parts = fullSections(summary, words, { ...options, maxDetails });
    const markdown = render([...parts.values(), footer].flat());
    if (sizeOf(markdown) <= maxDocumentBytes) return markdown;
    bytesOfOne = sizeOf(markdown) / maxDetails;
  }
  const last = [...(parts.get('footer') ?? []), ...footer];
  const others = [...parts].flatMap(([id, document]) => (id === 'footer' ? [] : document));
  const fitted = fitDocument(others, maxDocumentBytes - sizeOf(render(last)) - noticeBytes, {
    bytesOf: (block) => sizeOf(render([block])) + 2,
    omitted: (count) => paragraph(text(words.page.notShown(count))),
  });
  return render([...fitted, ...last]);
}
