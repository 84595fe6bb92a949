import type { Document } from '../model/document.ts';
import type { Summary } from '../model/summary.ts';
import type { Language } from './languages/english.ts';

/** One part of the comment and of the full report. */
export interface RenderedSection {
  /** As in the settings and in the docs. */
  readonly id: string;
  /** What is cut last: 0 always stays. */
  readonly importance: number;
  /** All of it, most important first. */
  readonly full: Document;
  /** The same in fewer words, when `full` does not fit. */
  readonly short: Document;
  /** What is missing when nothing of it fits: "12 failing tests"; empty when nobody misses it. */
  readonly counted: string;
}

export interface SectionOptions {
  /** Heading for projects with several notes; null for none. */
  readonly title: string | null;
  /** How many items are told in full. */
  readonly maxDetails: number;
  readonly version: string;
}

/** Renders a section, or null when there is nothing to say. */
export type Section = (summary: Summary, words: Language, options: SectionOptions) => RenderedSection | null;
