import { ownersOf } from '../code-owners/owners-of.ts';
import { parseCodeOwners } from '../code-owners/parse-code-owners.ts';
import type { Facts } from '../model/facts.ts';
import { accessLevels, type Member } from '../model/person.ts';
import { counted } from '../model/plural.ts';

/** More paths would not change the result, and matching them all could take long. */
const maxPaths = 1_000;

interface Suggestion {
  /** Best first. */
  readonly people: readonly Member[];
  /** Why these people, or why nobody. */
  readonly reason: string;
  /** True when they own changed files. */
  readonly owns: boolean;
}

/** Roles in CODEOWNERS, `@@developer`: https://docs.gitlab.com/user/project/codeowners/reference/#add-a-role-as-a-code-owner */
function levelOf(owner: string): number | null {
  const name = owner.slice(2).toLowerCase().replace(/s$/, '');
  const found = Object.entries(accessLevels).find(([role]) => role === name);
  return owner.startsWith('@@') && found !== undefined ? found[1] : null;
}

function isOwner(member: Member, owner: string): boolean {
  const level = levelOf(owner);
  if (level !== null) return member.accessLevel === level;
  return owner.toLowerCase() === `@${member.username.toLowerCase()}`;
}

/** Path counts of the owners of the changed files, by user id. */
function ownedPaths({ codeOwners, changes }: Facts, members: readonly Member[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  if (codeOwners === null || changes === null) return counts;
  const parsed = parseCodeOwners(codeOwners.text);
  for (const { path } of changes.files.slice(0, maxPaths)) {
    const owners = ownersOf(parsed, path).flatMap((section) => section.owners);
    for (const member of members)
      if (owners.some((owner) => isOwner(member, owner)))
        counts.set(member.id, (counts.get(member.id) ?? 0) + 1);
  }
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
    return { people: [], reason: 'GitLab does not say who is a member of this project', owns: false };
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
  if (best === undefined) return { people, reason: 'this project has nobody else to ask', owns };
  const reason = owns
    ? `code owner of ${owned.get(best.id) ?? 0} of the changed files, ${counted(loadOf(best), { one: 'review', other: 'reviews' })} waiting`
    : `no code owner fits, ${counted(loadOf(best), { one: 'review', other: 'reviews' })} waiting`;
  return { people, reason, owns };
}
