import type { ReportOptions } from '../../config/report-options.ts';
import type { Files, Log } from '../../io/port.ts';
import type { Document } from '../../model/document.ts';
import { parseHeadlineTemplate } from '../../model/headline-template.ts';
import { sectionIds } from '../../model/section-id.ts';
import type { Summary } from '../../model/summary.ts';
import { type CheckVerdict, checkVerdicts } from '../../render/comment/check-verdicts.ts';
import { commentDocument, fullMarkdown } from '../../render/comment/render-comment.ts';
import { fullReportAddress } from '../../render/comment/report-address.ts';
import type { AppendedText, Layout } from '../../render/comment/section.ts';
import { verdict } from '../../render/comment/sections/headline.ts';
import { localDocument, localPage } from '../../render/html/local-document.ts';
import { renderPage } from '../../render/html/page.ts';
import { renderReportPage } from '../../render/html/report-page.ts';
import { renderMarkdown } from '../../render/markdown/render-markdown.ts';
import { plainText } from '../../render/terminal/render-terminal.ts';
import { languageOf } from '../../render/words/language-of.ts';
import { version } from '../../version.ts';

type LayoutOptions = Pick<
  ReportOptions,
  'about' | 'append' | 'detail' | 'footer' | 'headline' | 'hide' | 'order' | 'sections'
>;

/** Few projects have texts of their own, and the reader of Markdown is large. */
async function parsed(markdown: string): Promise<Document> {
  const { parseMarkdown } = await import('../../render/markdown/parse-markdown.ts');
  return parseMarkdown(markdown);
}

/**
 * How the project wants its comment, with the texts of its own read and parsed. A missing text file is logged and
 * skipped. Throws `UnreadableInputError` for a file that exists but cannot be read.
 */
export async function layoutOf(
  options: LayoutOptions,
  { files, log, mask }: { readonly files: Files; readonly log: Log; readonly mask: (text: string) => string },
): Promise<Layout> {
  const appended: AppendedText[] = [];
  for (const path of options.append) {
    const markdown = await files.readText(path);
    if (markdown === null)
      log.warn(`${path} of "append" does not exist: Herald posts the comment without it`);
    else appended.push({ path, document: await parsed(mask(markdown)) });
  }
  const { about, detail, order, hide, sections, headline, footer } = options;
  return {
    detail,
    order,
    hide,
    sections,
    texts: await textsOf(sections),
    headline: headline === null ? null : parseHeadlineTemplate(headline).parts,
    footer: footer === null ? [] : await parsed(footer),
    about,
    appended,
  };
}

async function textsOf(sections: LayoutOptions['sections']): Promise<Layout['texts']> {
  const texts = sectionIds.flatMap((id) => {
    const template = sections[id]?.text;
    return template === undefined ? [] : [{ id, template }];
  });
  return Object.fromEntries(
    await Promise.all(texts.map(async ({ id, template }) => [id, await parsed(template)] as const)),
  );
}

export interface RenderedReport {
  /** The comment, without the marker. */
  readonly comment: string;
  readonly commentDocument: Document;
  /** The comment for readers who cannot reach GitLab. */
  readonly localComment: Document;
  /** The same as a page, for the demo. */
  readonly commentPage: string;
  /** The verdict in words, for the commit status. */
  readonly verdict: string;
  /** The same by check. */
  readonly checks: readonly CheckVerdict[];
  /** `herald-report.md` */
  readonly markdown: string;
  /** `herald-report.html` */
  readonly html: string;
  /** Both files for readers who cannot reach GitLab; made when they are asked for. */
  localReport(): Pick<RenderedReport, 'html' | 'markdown'>;
}

/** How many failing tests the full report shows in full. */
const maxDetails = 5_000;

/** Renders the comment under its limit and the full report, in the language and the layout that the project wants. */
export async function renderReport(
  summary: Summary,
  options: ReportOptions,
  layout: Layout,
): Promise<RenderedReport> {
  const { title, maxCharacters } = options;
  const language = await languageOf(options.language);
  const comment = commentDocument(summary, language, { title, maxCharacters, version, layout });
  const whole = { title, maxDetails, version, layout };
  const words = plainText(verdict(summary, language));
  const { server, ...where } = summary.context;
  const unreachable = { server: server.url, report: fullReportAddress(where) };
  const local = (): Document => localDocument(comment, unreachable);
  const html = renderReportPage(summary, language, whole);
  const page = { title: `Herald: ${words}`, language: language.tag };
  return {
    comment: renderMarkdown(comment),
    commentDocument: comment,
    // Each kind of run needs only some of these.
    get commentPage() {
      return renderPage(local(), page);
    },
    get localComment() {
      return local();
    },
    verdict: words,
    checks: checkVerdicts(summary, language),
    get markdown() {
      return `${fullMarkdown(summary, language, whole)}\n`;
    },
    html,
    localReport: () => ({
      markdown: `${fullMarkdown(summary, language, { ...whole, written: (document) => localDocument(document, unreachable) })}\n`,
      html: localPage(html, unreachable),
    }),
  };
}
