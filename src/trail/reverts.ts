/** What a commit says that it undoes. */
export type Reverted =
  | { readonly kind: 'merge_request'; readonly iid: number }
  | { readonly kind: 'commit'; readonly sha: string };

/** More of one merge request are not looked up. */
const maxReverted = 10;

/**
 * GitLab writes the first two forms (`revert_description` in `app/models/commit.rb`), git the second one:
 * https://git-scm.com/docs/git-revert. Only at the beginning of a line: a quotation is not a revert.
 */
const form = /^This reverts (?:merge request !(?<iid>[1-9]\d{0,14})|commit (?<sha>[0-9a-f]{40,64}))\b/gm;

/** The merge requests and commits that these messages undo, each once. */
export function revertedBy(messages: readonly string[]): readonly Reverted[] {
  const found = new Map<string, Reverted>();
  for (const message of messages)
    for (const { groups = {} } of message.matchAll(form)) {
      const { iid, sha } = groups;
      if (iid !== undefined) found.set(`!${iid}`, { kind: 'merge_request', iid: Number(iid) });
      else if (sha !== undefined) found.set(sha, { kind: 'commit', sha });
      if (found.size === maxReverted) return [...found.values()];
    }
  return [...found.values()];
}
