import { type Inline, link, text } from '../../model/document.ts';
import type { Summary } from '../../model/summary.ts';
import type { TestCase } from '../../model/tests.ts';
import type { Language } from '../words/english.ts';
import { shortenText } from '../words/shorten-text.ts';

const maxNameLength = 60;
const shortSha = 8;

export interface LastChangeWords {
  /** `last changed by Ada in`: the name of a person, untrusted. */
  readonly words: string;
  /** What brought the change; null where the words say it. */
  readonly source: { readonly url: string; readonly label: string } | null;
}

/** The last change of the line at which a test fails; null where nobody asked for it, or nobody knows it. */
export function lastChangeOf(test: TestCase, summary: Summary, words: Language): LastChangeWords | null {
  const change = summary.lastChanges?.get(test.id);
  if (change === undefined) return null;
  const { authorName, mergeRequest: found, sha } = change;
  const by = words.tests.lastChanged(shortenText(authorName, maxNameLength));
  const own = summary.mergeRequest;
  if (found !== null && found.iid === own?.iid && found.url === own.url)
    return { words: `${by} ${words.tests.inThisMergeRequest}`, source: null };
  const source =
    found === null
      ? { url: `${summary.context.project.url}/-/commit/${sha}`, label: sha.slice(0, shortSha) }
      : { url: found.url, label: `!${found.iid}` };
  return { words: `${by} ${words.tests.in}`, source };
}

/** The same for the comment; empty for null. */
export function lastChangeWords(test: TestCase, summary: Summary, words: Language): readonly Inline[] {
  const said = lastChangeOf(test, summary, words);
  if (said === null) return [];
  const { source } = said;
  return source === null
    ? [text(said.words)]
    : [text(`${said.words} `), link(source.url, text(source.label))];
}
