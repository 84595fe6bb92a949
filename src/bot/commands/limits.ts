/** What a project asks of the users of a command besides their role: code ownership, membership in a group. */
import { type OwnerDirectory, peopleOfOwners } from '../../code-owners/owner-directory.ts';
import type { FactName, Facts } from '../../model/facts.ts';
import { counted } from '../../model/plural.ts';
import { maxOwnedFiles, ownersByPath } from '../owners-of-changes.ts';
import type { CommandLimits } from '../settings.ts';
import type { Decision } from './command.ts';

const noLimits: CommandLimits = { codeOwners: false, groups: [] };

/** The limits of a command by its name. */
export function limitsOf(name: string, limits: Readonly<Record<string, CommandLimits>>): CommandLimits {
  return (Object.hasOwn(limits, name) ? limits[name] : undefined) ?? noLimits;
}

/** The facts that checking the limits needs; without limits, an empty list. */
export function factsOfLimits({ codeOwners, groups }: CommandLimits): readonly FactName[] {
  return [
    ...(codeOwners ? (['codeOwners', 'changes', 'members', 'ownerGroups', 'directLevels'] as const) : []),
    ...(groups.length > 0 ? (['actorGroups'] as const) : []),
  ];
}

const maxNamed = 3;

function firstOf(names: readonly string[]): string {
  const more = names.length - maxNamed;
  return `${names.slice(0, maxNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const asked = 'in this project this command is for people who own every changed file';

/** Why nobody can say who the owners are; null where that is known. */
function whyUnknown({ subject, changes, codeOwners, members }: Facts): string | null {
  if (subject?.kind !== 'merge_request') return `${asked}; only a merge request has changed files`;
  if (changes?.complete !== true) return `${asked}; GitLab does not show me all of them`;
  if (changes.files.length === 0) return `${asked}; this merge request changes none`;
  if (changes.files.length > maxOwnedFiles)
    return `${asked}; I look at no more than ${counted(maxOwnedFiles, { one: 'file', other: 'files' })}`;
  if (codeOwners === null) return `${asked}; the target branch has no CODEOWNERS file that I can read`;
  return members === null ? `${asked}; GitLab does not show me the members of this project` : null;
}

function directoryOf({ members, ownerGroups, directLevels }: Facts): OwnerDirectory {
  return { members: members ?? [], groups: ownerGroups ?? new Map(), directLevels, strangers: new Set() };
}

function missingOwnership(facts: Facts): string | null {
  const unknown = whyUnknown(facts);
  if (unknown !== null) return unknown;
  const directory = directoryOf(facts);
  const others = [...ownersByPath(facts)]
    .map(([path, owners]) => ({ path, ...peopleOfOwners(owners, directory), isOwned: owners.length > 0 }))
    .filter(({ ids }) => facts.actor === null || !ids.has(facts.actor.id));
  if (others.length === 0) return null;
  const unseen = [...new Set(others.flatMap((one) => one.unseen))];
  const hidden = unseen.length === 0 ? '' : `; GitLab does not show me who ${firstOf(unseen)} is`;
  const nobody = others.some(({ isOwned }) => !isOwned) ? '; files without an owner belong to nobody' : '';
  return `${asked}; you do not own ${firstOf(others.map(({ path }) => path))}${hidden}${nobody}`;
}

function missingGroup(groups: readonly string[], { actorGroups }: Facts): string | null {
  if (groups.some((group) => actorGroups?.get(group) === true)) return null;
  const hidden = groups.filter((group) => typeof actorGroups?.get(group) !== 'boolean');
  const unseen = hidden.length === 0 ? '' : `; GitLab shows me no members of ${hidden.join(', ')}`;
  return `in this project this command is for direct members of ${groups.join(' or ')}${unseen}`;
}

/** A project may ask for more than GitLab does, never for less: what GitLab refuses stays refused. */
export function limit(decision: Decision, { codeOwners, groups }: CommandLimits, facts: Facts): Decision {
  if (!decision.allowed) return decision;
  const missing =
    (codeOwners ? missingOwnership(facts) : null) ?? (groups.length > 0 ? missingGroup(groups, facts) : null);
  if (missing !== null) return { allowed: false, missing };
  const more = [
    ...(codeOwners ? ['code owner of every changed file'] : []),
    ...(groups.length > 0 ? ['member of the group'] : []),
  ];
  return { allowed: true, permission: [decision.permission, ...more].join(', ') };
}
