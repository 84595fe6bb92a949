import type { Document } from '../../model/document.ts';
import type { TemplatePart } from '../../model/headline-template.ts';
import type { Detail, SectionId, SectionSettings } from '../../model/section-id.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';

/** One part of the comment and of the full report. */
export interface RenderedSection {
  readonly id: SectionId;
  /** What is cut last: 0 always stays. */
  readonly importance: number;
  /** All of it, most important first. Its first block is its heading or its fold, where it has one. */
  readonly full: Document;
  /** The same in fewer words, when `full` does not fit. */
  readonly short: Document;
  /** What is missing when nothing of it fits: "12 failing tests"; empty when nobody misses it. */
  readonly counted: string;
}

/** Markdown of a project's own, parsed. */
export interface AppendedText {
  readonly path: string;
  readonly document: Document;
}

/** How a project wants its comment. */
export interface Layout {
  readonly detail: Detail;
  readonly order: readonly SectionId[];
  readonly hide: readonly SectionId[];
  readonly sections: Readonly<Partial<Record<SectionId, SectionSettings | undefined>>>;
  /** What the project says in a section instead of Herald, parsed. */
  readonly texts: Readonly<Partial<Record<SectionId, Document>>>;
  readonly headline: readonly TemplatePart[] | null;
  readonly footer: Document;
  /** Where "Herald" in the last line leads; null for nowhere. */
  readonly about: string | null;
  readonly appended: readonly AppendedText[];
}

export const plainLayout: Layout = {
  detail: 'normal',
  order: [],
  hide: [],
  sections: {},
  texts: {},
  headline: null,
  footer: [],
  about: null,
  appended: [],
};

export interface SectionOptions {
  /** Heading for projects with several notes; null for none. */
  readonly title: string | null;
  /** How many items may be shown in full for the length. */
  readonly maxDetails: number;
  /** How many items the project wants to see; null when it does not say. */
  readonly max: number | null;
  readonly version: string;
  readonly layout: Layout;
}

/** Renders a section, or null when there is nothing to say. */
export type Section = (summary: Summary, words: Language, options: SectionOptions) => RenderedSection | null;

/** How many items a section shows, where it usually shows `usual`. */
export function itemLimit({ max, maxDetails, layout }: SectionOptions, usual: number): number {
  if (max !== null) return Math.min(max, maxDetails);
  return layout.detail === 'full' ? maxDetails : Math.min(usual, maxDetails);
}
