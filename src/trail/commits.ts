/** What the messages of commits say beside their words. */

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

/** The commits that this one was picked from, as `git cherry-pick -x` and GitLab write it, oldest first. */
export function pickedFrom(message: string): readonly string[] {
  const lines = message
    .slice(0, maxMessage)
    .matchAll(/^\(cherry picked from commit ([0-9a-f]{7,64})\)[ \t\r]*$/gm);
  return [...new Set([...lines].flatMap(([, sha]) => sha ?? []))];
}

/** Whether a commit asks to be skipped: `[skip herald]` anywhere in its message. */
export function skipsHerald(message: string): boolean {
  return /\[(?:skip herald|herald skip)\]/i.test(message.slice(0, maxMessage));
}
