import { groupNames } from '../code-owners/owner-directory.ts';
import { ownerName } from '../code-owners/owner-name.ts';
import type { Facts } from '../model/facts.ts';
import type { Member } from '../model/person.ts';
import { counted } from '../model/plural.ts';
import { ownersByPath, ownersOfChanges } from './owners-of-changes.ts';

interface Suggestion {
  /** Best first. */
  readonly people: readonly Member[];
  /** Why these people, or why nobody. */
  readonly reason: string;
  /** True when they own changed files. */
  readonly owns: boolean;
}

function isOwner(member: Member, owner: string, groups: Facts['ownerGroups']): boolean {
  const word = ownerName(owner);
  if (word.kind === 'address') return false;
  if (word.kind === 'role') return member.accessLevel === word.level;
  return word.name === member.username.toLowerCase() || groups?.get(word.name)?.includes(member.id) === true;
}

const noOther = 'nobody can be asked: this project has no other active member from Developer on';

/** More groups would cost a request each. */
const maxGroups = 20;

/** Owners of changed files that are not usernames of members: groups, and people who left. In lower case. */
export function possibleGroups(facts: Facts): readonly string[] {
  return groupNames(ownersOfChanges(facts), facts.members ?? []).slice(0, maxGroups);
}

/** Groups whose members the token cannot see; a name without a slash may be that of a person. */
function hiddenGroups({ ownerGroups }: Facts): readonly string[] {
  return [...(ownerGroups ?? [])].flatMap(([name, ids]) => (ids === null ? [name] : []));
}

/** Path counts of the owners of the changed files, by user id. */
function ownedPaths(facts: Facts, members: readonly Member[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const byPath = ownersByPath(facts);
  for (const { path } of facts.changes?.files ?? [])
    for (const member of members)
      if ((byPath.get(path) ?? []).some((owner) => isOwner(member, owner, facts.ownerGroups)))
        counts.set(member.id, (counts.get(member.id) ?? 0) + 1);
  return counts;
}

/**
 * People to ask for a review: first code owners of most changed files, then people with the fewest waiting reviews,
 * then by name, so that the result is always the same. The author and the bot are never asked. Without owners any
 * member may be.
 */
export function suggestReviewers(facts: Facts, count: number): Suggestion {
  const { subject, members, reviewLoad, self } = facts;
  if (members === null)
    return {
      people: [],
      reason: 'nobody can be asked: GitLab does not show me the members of this project',
      owns: false,
    };
  const candidates = members.filter(
    ({ id, active }) => active && id !== self.id && id !== subject?.author.id,
  );
  const owned = ownedPaths(facts, candidates);
  const owners = candidates.filter(({ id }) => owned.has(id));
  const owns = owners.length > 0;
  const pool = owns ? owners : candidates;
  const loadOf = ({ id }: Member): number => reviewLoad?.get(id) ?? 0;
  const people = [...pool]
    .sort(
      (a, b) =>
        (owned.get(b.id) ?? 0) - (owned.get(a.id) ?? 0) ||
        loadOf(a) - loadOf(b) ||
        a.username.localeCompare(b.username),
    )
    .slice(0, count);
  const [best] = people;
  const hidden = hiddenGroups(facts);
  const unseen = hidden.length === 0 ? '' : `; GitLab shows me no members of ${hidden.join(', ')}`;
  if (best === undefined) return { people, reason: `${noOther}${unseen}`, owns };
  const waiting = `${counted(loadOf(best), { one: 'review', other: 'reviews' })} waiting`;
  const reason = owns
    ? `code owner of ${owned.get(best.id) ?? 0} of the changed files, ${waiting}`
    : `no code owner fits, ${waiting}${unseen}`;
  return { people, reason, owns };
}
