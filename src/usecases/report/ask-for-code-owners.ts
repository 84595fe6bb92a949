import { owedApprovals } from '../../code-owners/owed-approvals.ts';
import {
  groupNames,
  nameRole,
  type OwnerDirectory,
  peopleOfOwners,
} from '../../code-owners/owner-directory.ts';
import { type CodeOwners, parseCodeOwners } from '../../code-owners/parse-code-owners.ts';
import { type TouchedRule, touchedRules } from '../../code-owners/touched-rules.ts';
import type { Condition } from '../../compare/parse-condition.ts';
import type { GitLab } from '../../gitlab/ports/port.ts';
import type { CodeOwnerApproval } from '../../model/code-owner-approval.ts';
import type { MergeRequest } from '../../model/context.ts';
import type { Diff } from '../../model/diff.ts';
import { accessLevels, type Member, type Person } from '../../model/person.ts';
import type { Summary } from '../../model/summary.ts';
import type { FileOwners } from '../../model/touched-files.ts';
import { type Troubles, valueOf } from '../troubles.ts';
import type { World } from '../world.ts';
import { fetchCodeOwners } from './fetch-code-owners.ts';

/** More groups would cost a request or two each; owners beyond count as not visible. */
const maxGroups = 20;

interface ToAsk {
  readonly mergeRequest: MergeRequest | null;
  /** What is known of the changes already. */
  readonly diff: Diff | null;
}

interface Asking {
  readonly world: Pick<World, 'gitlab'>;
  readonly troubles: Troubles;
}

/**
 * Old and new paths, as `modified_paths` of GitLab's `app/models/merge_request_diff.rb`; null where not all are known.
 */
async function changedPaths(
  mergeRequest: MergeRequest,
  diff: Diff | null,
  gitlab: GitLab,
): Promise<readonly string[] | null> {
  if (diff?.complete === true) return diff.files.flatMap(({ oldPath, newPath }) => [oldPath, newPath]);
  const { parts, complete } = await gitlab.fetchDiffList(mergeRequest);
  return complete ? parts.flatMap(({ oldPath, newPath }) => [oldPath, newPath]) : null;
}

/** The members, with approvers among the owners whom their list is too short to have. */
async function withApprovers(
  members: readonly Member[],
  approvers: readonly Person[],
  {
    project,
    names,
    gitlab,
  }: { readonly project: number; readonly names: ReadonlySet<string>; readonly gitlab: GitLab },
): Promise<readonly Member[]> {
  const unlisted = approvers.filter(
    ({ id, username }) => names.has(username.toLowerCase()) && !members.some((member) => member.id === id),
  );
  const found = await Promise.all(unlisted.map(({ id }) => gitlab.fetchMember(project, id)));
  const eligible = found.flatMap((member) =>
    member?.active === true && member.accessLevel >= accessLevels.developer ? [member] : [],
  );
  return [...members, ...eligible];
}

/** The members of groups by name; without a group of that name it can be that of a user outside the project. */
async function fetchGroups(
  names: readonly string[],
  gitlab: GitLab,
): Promise<Pick<OwnerDirectory, 'groups' | 'strangers'>> {
  const groups = new Map<string, readonly number[] | null>();
  const strangers = new Set<string>();
  const look = async (name: string): Promise<void> => {
    const ids = await gitlab.fetchGroupMemberIds(name);
    groups.set(name, ids);
    if (ids === null && !name.includes('/') && (await gitlab.findUser(name)) !== null) strangers.add(name);
  };
  await Promise.all(names.slice(0, maxGroups).map(look));
  return { groups, strangers };
}

/**
 * Null for what is not such a file, as the page of a proxy, and for one that names nobody: it would ask for nothing.
 */
function codeOwnersIn(text: string): CodeOwners | null {
  const parsed = parseCodeOwners(text);
  const namesSomebody = parsed.some(({ rules }) => rules.some(({ owners }) => owners.length > 0));
  return namesSomebody && !text.trimStart().startsWith('<') ? parsed : null;
}

/** The owners of the changed files and the approvals, as far as GitLab shows them. */
interface Ownership {
  readonly kind: 'known';
  readonly codeOwners: CodeOwners;
  readonly touched: readonly TouchedRule[];
  readonly approvers: readonly Person[];
  /** The author of the merge request, whose own approval does not count. */
  readonly author: number;
  readonly directory: OwnerDirectory;
}

type FoundOwnership = Ownership | (CodeOwnerApproval & { readonly kind: 'unknown' });

async function fetchOwnership(
  mergeRequest: MergeRequest,
  diff: Diff | null,
  gitlab: GitLab,
): Promise<FoundOwnership> {
  const { targetBranch: branch, iid } = mergeRequest;
  const [file, paths] = await Promise.all([
    fetchCodeOwners({ project: mergeRequest.project, branch }, gitlab),
    changedPaths(mergeRequest, diff, gitlab),
  ]);
  const codeOwners = file === null ? null : codeOwnersIn(file.text);
  if (codeOwners === null) return { kind: 'unknown', why: 'no-code-owners' };
  // GitLab makes the diff after the push: without a file it is not known to be ready.
  const touched = paths === null || paths.length === 0 ? null : touchedRules(codeOwners, paths);
  if (touched === null) return { kind: 'unknown', why: 'no-changed-files' };
  const owners = touched.filter(({ optional }) => !optional).flatMap((rule) => rule.owners);
  const nobody = { members: [], groups: new Map(), directLevels: null, strangers: new Set<string>() };
  if (owners.length === 0)
    return { kind: 'known', codeOwners, touched, approvers: [], author: 0, directory: nobody };

  const facts = await gitlab.fetchMergeRequestFacts(mergeRequest.project, iid);
  if (facts === null) return { kind: 'unknown', why: 'no-approvals' };
  const { project } = facts.at;
  const [approvers, listed, directLevels] = await Promise.all([
    gitlab.fetchApprovers(project, iid),
    gitlab.fetchMembers(project, accessLevels.developer),
    nameRole(owners) ? gitlab.fetchDirectLevels(project) : null,
  ]);
  const active = approvers.filter((person) => person.active);
  const names = new Set(groupNames(owners, []));
  const members = await withApprovers(listed, active, { project, names, gitlab });
  const { groups, strangers } = await fetchGroups(groupNames(owners, members), gitlab);
  const directory = { members, groups, directLevels, strangers };
  return { kind: 'known', codeOwners, touched, approvers: active, author: facts.author.id, directory };
}

function approvalOf(found: FoundOwnership): CodeOwnerApproval {
  if (found.kind === 'unknown') return found;
  const { touched, approvers, author, directory } = found;
  return owedApprovals(touched, { approvers: new Set(approvers.map(({ id }) => id)), author }, directory);
}

/** Owners of a path who have to look at it: those of optional sections do not. */
function ownersOfPath(
  path: string,
  { codeOwners, approvers, author, directory }: Ownership,
): readonly FileOwners[] {
  const others = approvers.filter(({ id }) => id !== author);
  return (
    touchedRules(codeOwners, [path])?.flatMap(({ section, optional, approvals, owners }) => {
      if (optional) return [];
      const { ids } = peopleOfOwners(owners, directory);
      const approvedBy = others.flatMap(({ id, username }) => (ids.has(id) ? [username] : []));
      return [{ section, owners, required: approvals, approvedBy }];
    }) ?? []
  );
}

async function ask(
  { mergeRequest, diff }: ToAsk,
  { world: { gitlab }, troubles }: Asking,
): Promise<FoundOwnership> {
  if (mergeRequest === null) return { kind: 'unknown', why: 'no-merge-request' };
  if (gitlab === null) return { kind: 'unknown', why: 'no-approvals' };
  const asking = (): Promise<FoundOwnership> => fetchOwnership(mergeRequest, diff, gitlab);
  const found = valueOf(await troubles.part('code-owner-approval', asking));
  return found ?? { kind: 'unknown', why: 'no-approvals' };
}

interface KnownOwners extends Pick<Summary, 'codeOwnerApproval'> {
  /** Owners of a changed file that have to look at it; empty where they are not known. */
  ownersOf(path: string): readonly FileOwners[];
}

/**
 * The owners of the changed files and what they approved, by the CODEOWNERS file of the target branch: what a merge
 * request changes in it counts once it is merged. GitLab itself judges this in Premium only; the facts are in Free,
 * too. Nothing is asked for where no condition and no section is about it.
 */
export async function askForCodeOwners(
  { conditions, shown }: { readonly conditions: readonly Condition[]; readonly shown: boolean },
  found: ToAsk,
  how: Asking,
): Promise<KnownOwners> {
  const isJudged = conditions.some(({ name }) => name === 'code-owner-approval');
  if (!isJudged && !shown) return { ownersOf: () => [] };
  const ownership = await ask(found, how);
  return {
    ...(isJudged ? { codeOwnerApproval: approvalOf(ownership) } : {}),
    ownersOf: (path) => (ownership.kind === 'known' ? ownersOfPath(path, ownership) : []),
  };
}
