import {
  type Block,
  code,
  heading,
  type Inline,
  list,
  paragraph,
  strong,
  text,
} from '../../../model/document.ts';
import type { TemplatePart } from '../../../model/headline-template.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { summaryPhrases } from '../headline-phrases.ts';
import { fillPlaceholder, verdictIcon } from '../placeholders.ts';
import type { Section } from '../section.ts';
import { isEmpty } from '../verdict.ts';

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The verdict in one line: symbol and words. */
export function verdict(summary: Summary, words: Language): readonly Inline[] {
  const sentence = capitalised(summaryPhrases(summary, words).join(' · '));
  return [...verdictIcon(summary), text(sentence)];
}

const separator = /^[\s·|,;:–—-]*$/;

/** The template's parts filled in; a separator is only between two parts that say something. */
function filled(template: readonly TemplatePart[], summary: Summary, words: Language): readonly Inline[] {
  const result: Inline[] = [];
  let pending: string | null = null;
  for (const part of template) {
    if (part.kind === 'text' && separator.test(part.text)) {
      pending ??= part.text;
      continue;
    }
    const content = part.kind === 'text' ? [text(part.text)] : fillPlaceholder(part.name, summary, words);
    if (content.length === 0) continue;
    if (pending !== null && result.length > 0) result.push(text(pending));
    pending = null;
    result.push(...content);
  }
  return result;
}

/** What to do where no report was found: one item for each case, with what to write as code. */
function adviceOn({ nothing: { advice } }: Language): Block {
  const items = [advice.reports, advice.paths, advice.names].map((item) => [
    paragraph(...item.split('`').map((part, index) => (index % 2 === 1 ? code(part) : text(part)))),
  ]);
  return list(...items);
}

/** The verdict, or the project's own words for it; with nothing found, what to do about it. */
export const headline: Section = (summary, words, { title, layout }) => {
  const own = layout.headline === null ? [] : filled(layout.headline, summary, words);
  const line = own.length === 0 ? verdict(summary, words) : own;
  const children = title === null ? line : [text(`${title}: `), ...line];
  const advice = isEmpty(summary) ? [adviceOn(words)] : [];
  return {
    id: 'headline',
    importance: 0,
    full: [heading(3, ...children), ...advice],
    short: [paragraph(strong(...children))],
    counted: '',
  };
};
