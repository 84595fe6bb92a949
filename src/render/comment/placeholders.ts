import { code, type Inline, icon, link, text } from '../../model/document.ts';
import type { Placeholder } from '../../model/headline-template.ts';
import type { Summary } from '../../model/summary.ts';
import type { Language } from '../words/english.ts';
import {
  coveragePhrase,
  findingsPhrase,
  gatesPhrase,
  jobsPhrase,
  type Phrase,
  summaryPhrases,
  testsPhrase,
} from './headline-phrases.ts';
import { verdictOf } from './verdict.ts';

/** With the space after it; a run that cannot be judged has no symbol. */
export function verdictIcon(summary: Summary): readonly Inline[] {
  const verdict = verdictOf(summary);
  return verdict === 'info' ? [] : [icon(verdict), text(' ')];
}

type Filler = (summary: Summary, words: Language) => readonly Inline[];

function phrase(render: Phrase): Filler {
  return (summary, words) => {
    const said = render(summary, words);
    return said === null ? [] : [text(said)];
  };
}

const fillers: Readonly<Record<Placeholder, Filler>> = {
  verdict: (summary, words) => [...verdictIcon(summary), text(words.verdict[verdictOf(summary)])],
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

/** The value of a placeholder in a project's own words; empty where there is none. */
export function fillPlaceholder(name: Placeholder, summary: Summary, words: Language): readonly Inline[] {
  return fillers[name](summary, words);
}
