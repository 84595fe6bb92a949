const maxMessage = 100_000;
/** As `git cherry-pick -x` and GitLab write it: https://git-scm.com/docs/git-cherry-pick */
const picked = /^\(cherry picked from commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\)[ \t]*$/gm;

/** The commits that a commit was picked from, the nearest first: a picked commit can be picked again. */
export function pickedFrom(message: string): readonly string[] {
  const found = message.slice(0, maxMessage).replaceAll('\r\n', '\n').matchAll(picked);
  return [...new Set([...found].map(([, sha = '']) => sha))].reverse();
}
