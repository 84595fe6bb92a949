import { type Block, type Document, emphasis, paragraph, text } from '../model/document.ts';
import type { Summary } from '../model/summary.ts';
import type { Language } from './languages/english.ts';
import { renderMarkdown } from './markdown.ts';
import type { RenderedSection, SectionOptions } from './section.ts';
import { sections } from './sections/registry.ts';

export interface CommentOptions extends Omit<SectionOptions, 'maxDetails'> {
  /** In UTF-16 units, which are never fewer than GitLab's characters. */
  readonly maxCharacters: number;
}

/** Room for the line that says what was left out, and for the marker. */
const reserve = 600;
const maxDetails = 50;

type Size = 'full' | 'short' | 'none';

function renderedSections(
  summary: Summary,
  words: Language,
  options: SectionOptions,
): readonly RenderedSection[] {
  return sections.flatMap((section) => section(summary, words, options) ?? []);
}

function blocksOf(section: RenderedSection, size: Size): Document {
  return size === 'none' ? [] : section[size];
}

/** Sizes by section, chosen so that the most important stay whole longest. */
function fit(all: readonly RenderedSection[], budget: number): ReadonlyMap<RenderedSection, Size> {
  const sizes = new Map<RenderedSection, Size>(all.map((section) => [section, 'none']));
  let left = budget;
  for (const section of [...all].sort((a, b) => a.importance - b.importance)) {
    const options: readonly Size[] = section.importance === 0 ? ['full', 'short'] : ['full', 'short', 'none'];
    const lengths = options.map(
      (size) => [size, renderMarkdown(blocksOf(section, size)).length + 2] as const,
    );
    const [size, length] = lengths.find(([, candidate]) => candidate <= left) ??
      lengths.at(-1) ?? ['none', 0];
    sizes.set(section, size);
    left -= length;
  }
  return sizes;
}

/** Fewer and fewer tests are told in full until the comment fits: 50, 20, 8, 3, then only their names. */
const detailSteps = [maxDetails, 20, 8, 3] as const;

function compose(all: readonly RenderedSection[], budget: number, words: Language): Document {
  const sizes = fit(all, budget);
  const omitted = all.filter((section) => sizes.get(section) === 'none' && section.counted !== '');
  const note: readonly Block[] =
    omitted.length === 0
      ? []
      : [paragraph(emphasis(text(words.leftOut(omitted.map(({ counted }) => counted)))))];
  const last = all.at(-1);
  const before = all
    .filter((section) => section !== last)
    .flatMap((section) => blocksOf(section, sizes.get(section) ?? 'none'));
  return [...before, ...note, ...(last === undefined ? [] : blocksOf(last, sizes.get(last) ?? 'full'))];
}

function fullLength(all: readonly RenderedSection[]): number {
  return all.reduce((sum, { full }) => sum + renderMarkdown(full).length + 2, 0);
}

/**
 * The comment's document under its size limit: everything in full where it fits; else fewer tests in detail, then short forms and
 * counts, the least important first. Nothing is cut inside.
 */
export function commentDocument(summary: Summary, words: Language, options: CommentOptions): Document {
  const budget = options.maxCharacters - reserve;
  for (const details of detailSteps) {
    const all = renderedSections(summary, words, { ...options, maxDetails: details });
    if (fullLength(all) <= budget || details === detailSteps.at(-1)) return compose(all, budget, words);
  }
  return [];
}

/** The whole document, for the artifacts: every section in full, `maxDetails` items each. */
export function fullDocument(summary: Summary, words: Language, options: SectionOptions): Document {
  return renderedSections(summary, words, options).flatMap(({ full }) => full);
}
