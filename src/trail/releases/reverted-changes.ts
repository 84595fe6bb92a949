/** Which changes of a release were undone before it came out. */
import { grouped } from '../../model/grouped.ts';
import { pickedFrom } from '../cherry-picks.ts';
import { revertedBy } from '../reverts.ts';

interface ChangeCommit {
  readonly sha: string;
  readonly message: string;
  /** A merge has the changes of others. */
  readonly isMerge: boolean;
}

/** A merge request, or a commit that none brought. */
export interface ReleasedChange {
  /** Null for a commit that no merge request brought. */
  readonly iid: number | null;
  readonly title: string;
  /** What its author wrote for people to see; empty for a commit. */
  readonly description: string;
  /** Those of the release that came with it. */
  readonly commits: readonly ChangeCommit[];
  /** The merge commit and the one commit of a squash: who undoes one of them undoes all of it. */
  readonly wholeShas: readonly string[];
}

export interface RevertedChanges<Change> {
  /** What was undone in the same release. */
  readonly reverted: ReadonlySet<Change>;
  /** What only undid it, or brought it back: it says nothing about the release. */
  readonly reverting: ReadonlySet<Change>;
}

/** git writes the first two, conventional commits have the first in small letters. */
const revertTitle = /^(?:revert|reapply)\b/i;

/** One change undoes another, or one of its commits. */
interface Undoing<Change> {
  readonly by: Change;
  /** Null where the release has no such change. */
  readonly of: Change | null;
  /** The commit; null for the whole change. */
  readonly part: string | null;
}

/** Finds what messages name; a commit also by the one that it was picked from, on a branch of its own. */
function finderOf<Change extends ReleasedChange>(
  changes: readonly Change[],
): (named: ReturnType<typeof revertedBy>[number]) => Pick<Undoing<Change>, 'of' | 'part'> {
  const byIid = new Map<number, Change>();
  const bySha = new Map<string, { readonly of: Change; readonly part: string | null }>();
  const byOrigin = new Map<string, { readonly of: Change; readonly part: string }>();
  for (const change of changes) {
    if (change.iid !== null) byIid.set(change.iid, change);
    for (const { sha, message } of change.commits) {
      bySha.set(sha, { of: change, part: sha });
      for (const origin of pickedFrom(message)) byOrigin.set(origin, { of: change, part: sha });
    }
  }
  for (const change of changes)
    for (const sha of change.wholeShas) bySha.set(sha, { of: change, part: null });
  const nothing = { of: null, part: null };
  return (named) =>
    named.kind === 'merge_request'
      ? { of: byIid.get(named.iid) ?? null, part: null }
      : (bySha.get(named.sha) ?? byOrigin.get(named.sha) ?? nothing);
}

/** Whether a change does nothing but undo others. */
function isRevert({ title, commits }: ReleasedChange, undoes: boolean): boolean {
  const own = commits.filter(({ isMerge }) => !isMerge);
  const allUndo = own.length > 0 && own.every(({ message }) => revertedBy([message]).length > 0);
  return undoes && (allUndo || revertTitle.test(title));
}

function undoingsOf<Change extends ReleasedChange>(changes: readonly Change[]): readonly Undoing<Change>[] {
  const find = finderOf(changes);
  return changes.flatMap((by) =>
    [by.description, ...by.commits.map(({ message }) => message)]
      .flatMap((text) => revertedBy([text]))
      .map((named) => ({ by, ...find(named) }))
      // A branch may undo a step of its own: what it brought in the end is still its change.
      .filter(({ of }) => of !== by),
  );
}

/**
 * Whether a change is undone: by one that counts, so that the revert of a revert brings the change back. A change of
 * which only some commits are undone is still there.
 */
function isUndoneIn<Change extends ReleasedChange>(
  undoings: readonly Undoing<Change>[],
): (change: Change) => boolean {
  const against = grouped(undoings, ({ of }) => of);
  const known = new Map<Change, boolean>();
  const isUndone = (change: Change): boolean => {
    const before = known.get(change);
    if (before !== undefined) return before;
    // Texts of people can name each other in a circle: then the first that is looked at stays.
    known.set(change, false);
    const counting = (against.get(change) ?? []).filter(({ by }) => !isUndone(by));
    const parts = new Set(counting.map(({ part }) => part));
    const own = change.commits.filter(({ isMerge }) => !isMerge);
    const undone = parts.has(null) || (own.length > 0 && own.every(({ sha }) => parts.has(sha)));
    known.set(change, undone);
    return undone;
  };
  return isUndone;
}

/**
 * What a release undid of its own changes, by what git and GitLab write into reverts. A revert of an older release's
 * change is a change like any other.
 */
export function revertedChanges<Change extends ReleasedChange>(
  changes: readonly Change[],
): RevertedChanges<Change> {
  const undoings = undoingsOf(changes);
  const of = grouped(undoings, ({ by }) => by);
  const isUndone = isUndoneIn(undoings);
  const reverts = new Set(changes.filter((change) => isRevert(change, of.has(change))));
  /** A revert that itself is undone leaves its target as it was. */
  const isSettled = (revert: Change): boolean =>
    isUndone(revert) ||
    (of.get(revert) ?? []).every((undoing) => undoing.of !== null && isUndone(undoing.of));
  return {
    reverted: new Set(changes.filter((change) => isUndone(change) && !reverts.has(change))),
    reverting: new Set([...reverts].filter(isSettled)),
  };
}
