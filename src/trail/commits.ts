/** What the messages of commits say beside their words. */
import type { CommitFacts } from '../model/facts.ts';

export interface Trailer {
  readonly name: string;
  readonly email: string;
}

const maxMessage = 100_000;
const maxCoAuthors = 50;

/** Lines of the last paragraph, where git has its trailers: https://git-scm.com/docs/git-interpret-trailers */
function lastParagraph(message: string): readonly string[] {
  const lines = message.slice(0, maxMessage).replace(/\r\n?/g, '\n').trimEnd().split('\n');
  return lines.slice(lines.findLastIndex((line) => line.trim() === '') + 1);
}

/** Everybody in `Co-authored-by` trailers, each address once; lines without a name or an address are ignored. */
export function coAuthors(message: string): readonly Trailer[] {
  const found = new Map<string, Trailer>();
  for (const line of lastParagraph(message)) {
    const [, name, email] = /^co-authored-by:([^<>]{1,200})<([^<>\s]{1,254})>\s*$/i.exec(line) ?? [];
    if (name === undefined || email === undefined || name.trim() === '') continue;
    if (found.size < maxCoAuthors && !found.has(email.toLowerCase()))
      found.set(email.toLowerCase(), { name: name.trim(), email });
  }
  return [...found.values()];
}

/** Whether a commit asks to be skipped: `[skip herald]` anywhere in its message. */
export function skipsHerald(message: string): boolean {
  return /\[(?:skip herald|herald skip)\]/i.test(message.slice(0, maxMessage));
}

/** Without merge commits, whose changes are those of others, and without commits that ask to be skipped. */
export function ownCommits<Own extends CommitFacts>(commits: readonly Own[]): readonly Own[] {
  return commits.filter(({ message, parents = [] }) => parents.length < 2 && !skipsHerald(message));
}

/** Names of the authors and co-authors of commits, each address once, in the order of their first commit. */
export function authorsOf(commits: readonly CommitFacts[]): readonly string[] {
  const names = new Map<string, string>();
  for (const { authorName, authorEmail, message } of commits) {
    const author = { name: authorName, email: authorEmail ?? authorName };
    for (const { name, email } of [author, ...coAuthors(message)]) {
      const key = email.toLowerCase();
      if (name !== '' && !names.has(key)) names.set(key, name);
    }
  }
  return [...names.values()];
}
