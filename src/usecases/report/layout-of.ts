import type { ReportOptions } from '../../config/options.ts';
import type { Files, Log } from '../../io/port.ts';
import { parseHeadlineTemplate } from '../../model/headline-template.ts';
import type { AppendedText, Layout } from '../../render/comment/section.ts';
import { parseMarkdown } from '../../render/markdown/parse-markdown.ts';

type LayoutOptions = Pick<
  ReportOptions,
  'append' | 'detail' | 'footer' | 'headline' | 'hide' | 'order' | 'sections'
>;

/**
 * How the project wants its comment, with the texts of its own read and parsed. A text that a job did not write is
 * logged and left out. Throws `UnreadableInputError` for one that is there and cannot be read.
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
    else appended.push({ path, document: parseMarkdown(mask(markdown)) });
  }
  const { detail, order, hide, sections, headline, footer } = options;
  return {
    detail,
    order,
    hide,
    sections,
    headline: headline === null ? null : parseHeadlineTemplate(headline).parts,
    footer: footer === null ? [] : parseMarkdown(footer),
    appended,
  };
}
