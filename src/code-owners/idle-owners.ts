import type { Member } from '../model/person.ts';
import { ownerName } from './owner-name.ts';
import type { CodeOwners } from './parse-code-owners.ts';

/** The people and groups that can own code of a project. */
export interface PossibleOwners {
  /** `group/project`: the groups above it count. */
  readonly projectPath: string;
  /** Full paths of groups that it or a group above it invited. */
  readonly invited: readonly string[];
  /** Members from Developer on; null where there may be more than these. */
  readonly members: readonly Member[] | null;
}

/** Owners as the file writes them, each once. */
export function allOwners(codeOwners: CodeOwners): readonly string[] {
  return [...new Set(codeOwners.flatMap(({ rules }) => rules.flatMap(({ owners }) => owners)))];
}

/**
 * Owners who can approve nothing, so that GitLab passes over them: groups that are neither above the project nor
 * invited, people below Developer, roles that own no code. Addresses are not judged: GitLab hides whose they are.
 * Sources: https://docs.gitlab.com/user/project/codeowners/reference/#group-eligibility, `Gitlab::CodeOwners::GroupsLoader`
 * in `ee/lib/gitlab/code_owners/groups_loader.rb`
 */
export function idleOwners(
  owners: readonly string[],
  { projectPath, invited, members }: PossibleOwners,
): readonly string[] {
  const groups = new Set(invited.map((path) => path.toLowerCase()));
  const people = members === null ? null : new Set(members.map(({ username }) => username.toLowerCase()));
  return owners.filter((owner) => {
    const word = ownerName(owner);
    if (word.kind === 'address') return false;
    if (word.kind === 'role') return word.level === null;
    const isGroup = `${projectPath.toLowerCase()}/`.startsWith(`${word.name}/`) || groups.has(word.name);
    if (isGroup) return false;
    // No user has a slash in the name.
    return word.name.includes('/') || (people !== null && !people.has(word.name));
  });
}
