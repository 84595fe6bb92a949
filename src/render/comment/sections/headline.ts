import { code, heading, type Inline, icon, link, paragraph, strong, text } from '../../../model/document.ts';
import type { Placeholder, TemplatePart } from '../../../model/headline-template.ts';
import type { Summary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import {
  coveragePhrase,
  findingsPhrase,
  gatesPhrase,
  jobsPhrase,
  type Phrase,
  summaryPhrases,
  testsPhrase,
} from '../headline-phrases.ts';
import type { Section } from '../section.ts';
import { isEmpty, verdictOf } from '../verdict.ts';

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The verdict in one line: symbol and words. */
export function verdict(summary: Summary, words: Language): readonly Inline[] {
  const sentence = capitalised(summaryPhrases(summary, words).join(' · '));
  return [icon(verdictOf(summary)), text(` ${sentence}`)];
}

function phrase(render: Phrase): (summary: Summary, words: Language) => readonly Inline[] {
  return (summary, words) => {
    const said = render(summary, words);
    return said === null ? [] : [text(said)];
  };
}

const fillers: Readonly<Record<Placeholder, (summary: Summary, words: Language) => readonly Inline[]>> = {
  verdict: (summary, words) => [icon(verdictOf(summary)), text(` ${words.verdict[verdictOf(summary)]}`)],
  summary: (summary, words) => [text(summaryPhrases(summary, words).join(' · '))],
  gates: phrase(gatesPhrase),
  tests: phrase(testsPhrase),
  jobs: phrase(jobsPhrase),
  findings: phrase(findingsPhrase),
  coverage: phrase(coveragePhrase),
  pipeline: ({ context }, words) => [
    link(context.pipeline.url, text(`${words.footer.pipeline} ${context.pipeline.id}`)),
  ],
  commit: ({ context, mergeRequest }) => {
    const sha = mergeRequest?.headSha ?? context.commit.sha;
    return [link(`${context.project.url}/-/commit/${sha}`, code(sha.slice(0, 8)))];
  },
  branch: ({ context, mergeRequest }) => {
    const branch = mergeRequest?.sourceBranch ?? context.commit.branch;
    return branch === null ? [] : [code(branch)];
  },
};

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
    const content = part.kind === 'text' ? [text(part.text)] : fillers[part.name](summary, words);
    if (content.length === 0) continue;
    if (pending !== null && result.length > 0) result.push(text(pending));
    pending = null;
    result.push(...content);
  }
  return result;
}

/** The verdict, or the project's own words for it; with nothing found, what to do about it. */
export const headline: Section = (summary, words, { title, layout }) => {
  const own = layout.headline === null ? [] : filled(layout.headline, summary, words);
  const line = own.length === 0 ? verdict(summary, words) : own;
  const children = title === null ? line : [text(`${title}: `), ...line];
  const advice = isEmpty(summary) ? [paragraph(text(words.nothing.advice))] : [];
  return {
    id: 'headline',
    importance: 0,
    full: [heading(3, ...children), ...advice],
    short: [paragraph(strong(...children))],
    counted: '',
  };
};
