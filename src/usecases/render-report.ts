import type { ReportOptions } from '../config/options.ts';
import type { Document } from '../model/document.ts';
import type { Summary } from '../model/summary.ts';
import { english } from '../render/languages/english.ts';
import { renderMarkdown } from '../render/markdown.ts';
import { renderPage } from '../render/page.ts';
import { commentDocument, fullDocument } from '../render/render-comment.ts';
import { verdict } from '../render/sections/headline.ts';
import { plainText } from '../render/terminal.ts';
import { version } from '../version.ts';

export interface RenderedReport {
  /** The comment, without the marker. */
  readonly comment: string;
  readonly commentDocument: Document;
  /** The comment as a page, for the demo. */
  readonly commentPage: string;
  /** The verdict in words, for the commit status. */
  readonly verdict: string;
  /** `herald-report.md` */
  readonly markdown: string;
  /** `herald-report.html` */
  readonly html: string;
}

/** How many failing tests the full report tells in full. */
const maxDetails = 5_000;

/** Renders the comment under its limit and the full report. */
export function renderReport(summary: Summary, options: ReportOptions): RenderedReport {
  const { title, maxCharacters } = options;
  const comment = commentDocument(summary, english, { title, maxCharacters, version });
  const full = fullDocument(summary, english, { title, maxDetails, version });
  const words = plainText(verdict(summary, english));
  const page = { title: `Herald: ${words}`, language: english.tag };
  return {
    comment: renderMarkdown(comment),
    commentDocument: comment,
    commentPage: renderPage(comment, page),
    verdict: words,
    markdown: `${renderMarkdown(full)}\n`,
    html: renderPage(full, page),
  };
}
