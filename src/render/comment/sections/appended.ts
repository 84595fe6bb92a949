import type { Document } from '../../../model/document.ts';
import { itemLimit, type Section } from '../section.ts';

const usualTexts = 10;

/** Texts that jobs wrote, as they are, parsed and rendered again. */
export const appended: Section = (_summary, words, options) => {
  const texts = options.layout.appended.filter(({ document }) => document.length > 0);
  if (texts.length === 0) return null;
  const shown = texts.slice(0, itemLimit(options, usualTexts));
  const full: Document = shown.flatMap(({ document }) => document);
  return { id: 'appended', importance: 4.2, full, short: [], counted: words.appended.noun(texts.length) };
};
