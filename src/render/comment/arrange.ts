import { type Block, type Document, details, heading, text } from '../../model/document.ts';
import { type SectionId, type SectionSettings, sectionIds } from '../../model/section-id.ts';
import type { Language } from '../words/english.ts';
import type { Layout, RenderedSection } from './section.ts';

/** The sections in the project's order: those it names first, the others in theirs; without hidden ones. */
export function arranged({ order, hide }: Pick<Layout, 'order' | 'hide'>): readonly SectionId[] {
  // What nobody moved keeps its place at the ends: the verdict opens, the footer closes.
  const named = [...new Set(order)];
  const opens: readonly SectionId[] = named.includes('headline') ? [] : ['headline'];
  const rest = sectionIds.filter((id) => !named.includes(id) && !opens.includes(id));
  return [...opens, ...named, ...rest].filter((id) => !hide.includes(id));
}

/**
 * With the project's title instead of the section's own, which is its first heading or fold; put above it where it has
 * none.
 */
function retitled(document: Document, title: string): Document {
  const [first, ...rest] = document;
  if (first === undefined) return document;
  if (first.kind === 'heading') return [{ ...first, children: [text(title)] }, ...rest];
  if (first.kind === 'details' && rest.length === 0) return [{ ...first, summary: [text(title)] }];
  return [heading(4, text(title)), ...document];
}

function folded(document: Document, title: string): Document {
  const [first, ...rest] = document;
  if (first === undefined) return document;
  if (first.kind === 'heading') return [details(first.children, rest)];
  if (first.kind === 'details' && rest.length === 0) return [{ ...first, open: false }];
  return [details([text(title)], document)];
}

function opened(document: Document): Document {
  return document.map((block): Block => (block.kind === 'details' ? { ...block, open: true } : block));
}

/**
 * A section as the project wants it: under its title, folded away or opened. The verdict and the footer are never
 * folded.
 */
export function withSettings(
  section: RenderedSection,
  { title, collapse }: SectionSettings,
  words: Language,
): RenderedSection {
  if (section.id === 'headline' || section.id === 'footer') return section;
  const change = (document: Document): Document => {
    const named = title === undefined ? document : retitled(document, title);
    if (collapse === undefined) return named;
    return collapse ? folded(named, title ?? words.sections[section.id]) : opened(named);
  };
  return { ...section, full: change(section.full), short: change(section.short) };
}
