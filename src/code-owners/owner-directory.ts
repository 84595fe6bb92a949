import type { Member } from '../model/person.ts';
import { groupPath, ownerName } from './owner-name.ts';

/** What is known of the people and groups that own code. */
export interface OwnerDirectory {
  /** Active members of the project from Developer on: others cannot own code. */
  readonly members: readonly Member[];
  /**
   * Ids of the direct members of groups, by full path in lower case; null = GitLab has no such group, or does not show
   * it to the token. Source: https://docs.gitlab.com/user/project/codeowners/reference/#group-eligibility
   */
  readonly groups: ReadonlyMap<string, readonly number[] | null>;
  /** Access levels of direct members of the project, by user id; null = not asked for, or not shown. */
  readonly directLevels: ReadonlyMap<number, number> | null;
  /** Usernames in lower case of other users: GitLab passes over them. */
  readonly strangers: ReadonlySet<string>;
}

interface PeopleOfOwner {
  /** User ids. */
  readonly ids: readonly number[];
  /** False where there can be others. */
  readonly seen: boolean;
}

const unseen: PeopleOfOwner = { ids: [], seen: false };

function peopleOf(
  owner: string,
  { members, groups, directLevels, strangers }: OwnerDirectory,
): PeopleOfOwner {
  const word = ownerName(owner);
  if (word.kind === 'address') return unseen;
  if (word.kind === 'role') {
    if (word.level === null) return { ids: [], seen: true };
    if (directLevels === null) return unseen;
    return {
      ids: [...directLevels].flatMap(([id, level]) => (level === word.level ? [id] : [])),
      seen: true,
    };
  }
  const member = members.find(({ username }) => username.toLowerCase() === word.name);
  if (member !== undefined) return { ids: [member.id], seen: true };
  const ids = groups.get(word.name) ?? null;
  return ids === null ? { ids: [], seen: strangers.has(word.name) } : { ids, seen: true };
}

export interface PeopleOfOwners {
  /** User ids, each once. */
  readonly ids: ReadonlySet<number>;
  /** Owners as written of whom it is not known who they are. */
  readonly unseen: readonly string[];
}

/** The people behind the owners of a rule. */
export function peopleOfOwners(owners: readonly string[], directory: OwnerDirectory): PeopleOfOwners {
  const found = owners.map((owner) => ({ owner, ...peopleOf(owner, directory) }));
  return {
    ids: new Set(found.flatMap(({ ids }) => ids)),
    unseen: found.flatMap(({ owner, seen }) => (seen ? [] : [owner])),
  };
}

/** Names among these owners that can be groups: no members of the project have them. In lower case, each once. */
export function groupNames(owners: readonly string[], members: readonly Member[]): readonly string[] {
  const people = new Set(members.map(({ username }) => username.toLowerCase()));
  const names = owners.flatMap((owner) => {
    const word = ownerName(owner);
    return word.kind === 'name' && !people.has(word.name) && groupPath.test(word.name) ? [word.name] : [];
  });
  return [...new Set(names)];
}

/** Whether a role is among these owners. */
export function nameRole(owners: readonly string[]): boolean {
  return owners.some((owner) => ownerName(owner).kind === 'role');
}
