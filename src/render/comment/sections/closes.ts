import type { ClosingReference } from '../../../model/closing-reference.ts';
import { type Inline, link, paragraph, text } from '../../../model/document.ts';
import type { ClosesSummary } from '../../../model/summary.ts';
import type { Language } from '../../words/english.ts';
import { shortenText } from '../../words/shorten-text.ts';
import { itemLimit, type Section } from '../section.ts';

const usualReferences = 10;
const maxName = 100;

/** `#12` of the own project, `group/project#12` of another one, the key of a tracker. */
function nameOf(reference: ClosingReference, project: string): string {
  if (reference.kind === 'tracker') return reference.key;
  return `${reference.project === project ? '' : reference.project}#${reference.iid}`;
}

interface Names {
  readonly project: string;
  readonly max: number;
  readonly words: Language;
}

function listed(references: readonly ClosingReference[], { project, max, words }: Names): readonly Inline[] {
  const shown = references.slice(0, max);
  const more = references.length - shown.length;
  return [
    ...shown.flatMap((reference, index) => [
      ...(index === 0 ? [] : [text(', ')]),
      link(reference.url, text(shortenText(nameOf(reference, project), maxName))),
    ]),
    ...(more > 0 ? [text(` ${words.closes.more(more)}`)] : []),
  ];
}

/** GitLab closes issues only where the default branch is the target; of trackers elsewhere it closes nothing. */
function sentences(
  { references, defaultBranch, complete }: ClosesSummary,
  target: string,
  names: Names,
): readonly Inline[] {
  const { closes: said } = names.words;
  const issues = references.filter(({ kind }) => kind === 'issue');
  const entries = references.filter(({ kind }) => kind === 'tracker');
  const isDefault = defaultBranch === null || defaultBranch === target;
  const ofIssues = [
    text(isDefault ? `${said.merging} ` : `${said.says} `),
    ...listed(issues, names),
    text(isDefault ? '.' : `. ${said.onlyOn(defaultBranch)}`),
  ];
  const ofEntries = [
    text(`${issues.length > 0 ? ' ' : ''}${said.elsewhere} `),
    ...listed(entries, names),
    text('.'),
  ];
  return [
    ...(issues.length > 0 ? ofIssues : []),
    ...(entries.length > 0 ? ofEntries : []),
    ...(complete ? [] : [text(` ${said.cut}`)]),
  ];
}

/** One line about what merging closes; nothing where the title and the description name nothing. */
export const closes: Section = ({ closes: found, mergeRequest }, words, options) => {
  if (found === undefined || mergeRequest === null || found.references.length === 0) return null;
  const names = { project: mergeRequest.projectPath, max: itemLimit(options, usualReferences), words };
  const line = paragraph(...sentences(found, mergeRequest.targetBranch, names));
  return {
    id: 'closes',
    importance: 4.8,
    full: [line],
    short: [line],
    counted: words.closes.noun(found.references.length),
  };
};
