import { Branches, ProtectedBranches } from '@gitbeaker/rest';
import * as z from 'zod';
import { GitLabRefusedError } from '../../errors.ts';
import type { BranchRights } from '../../model/facts.ts';
import { accessLevels, type Member } from '../../model/person.ts';
import type { Api } from '../transport/api.ts';
import { getJson } from '../transport/get-json.ts';
import { requestsOnly } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { readPages } from '../transport/read-pages.ts';

const branches = new Branches(requestsOnly);
const protectedBranches = new ProtectedBranches(requestsOnly);

/** The people who are allowed: everybody with at least a role, or one user, one group, one deploy key. */
export const accessLevelAnswer = z.lazy(() =>
  z.object({
    access_level: z.number().int().nullish(),
    user_id: z.number().int().nullish(),
    group_id: z.number().int().nullish(),
    deploy_key_id: z.number().int().nullish(),
  }),
);

export type AccessLevelAnswer = z.infer<typeof accessLevelAnswer>;

const protectedBranchAnswer = z.lazy(() =>
  z.object({
    name: z.string(),
    push_access_levels: z.array(accessLevelAnswer).nullish(),
    merge_access_levels: z.array(accessLevelAnswer).nullish(),
  }),
);

const branchAnswer = z.lazy(() =>
  z.object({
    protected: z.boolean().nullish(),
    developers_can_push: z.boolean().nullish(),
    developers_can_merge: z.boolean().nullish(),
  }),
);

const maxPages = 5;

/** `*` stands for any characters, slashes too: https://docs.gitlab.com/user/project/repository/branches/protected/#use-wildcard-rules */
function matches(pattern: string, branch: string): boolean {
  const parts = pattern.split('*');
  const [first = '', ...others] = parts;
  if (others.length === 0) return pattern === branch;
  const last = others.pop() ?? '';
  if (!branch.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = branch.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return branch.length - last.length >= at && branch.endsWith(last);
}

/** Level 0 is nobody, 60 administrators alone: no role decides. */
export function allows(
  { access_level: level, user_id, group_id, deploy_key_id }: AccessLevelAnswer,
  member: Member,
): boolean {
  if (typeof user_id === 'number') return user_id === member.id && member.accessLevel > accessLevels.none;
  if (typeof group_id === 'number' || typeof deploy_key_id === 'number') return false;
  const needed = level ?? accessLevels.none;
  return needed > accessLevels.none && needed <= accessLevels.owner && member.accessLevel >= needed;
}

/**
 * What the token may see of a branch without the right to read the rules: what developers may do. Maintainers count as
 * allowed, as they may change the rules. Source: https://docs.gitlab.com/api/branches/
 */
async function rightsByBranch(api: Api, { project, branch, member }: BranchOf): Promise<BranchRights> {
  const answer = await nullIfGone(getJson(api, branches.show(project, branch), branchAnswer));
  const isProtected = answer?.protected ?? true;
  const isDeveloper = member.active && member.accessLevel >= accessLevels.developer;
  const isMaintainer = member.active && member.accessLevel >= accessLevels.maintainer;
  const may = (developers: boolean): boolean => isMaintainer || (isDeveloper && developers);
  return {
    branch,
    protected: isProtected,
    mayPush: may(!isProtected || answer?.developers_can_push === true),
    mayMerge: may(!isProtected || answer?.developers_can_merge === true),
  };
}

export interface BranchOf {
  readonly project: number;
  readonly branch: string;
  readonly member: Member;
}

/**
 * What a member may do on a branch. Several rules can match it, and the most permissive counts. Members of groups that
 * a rule names are not known to be so. Source: https://docs.gitlab.com/api/protected_branches/
 */
export async function fetchBranchRights(api: Api, of: BranchOf): Promise<BranchRights> {
  const { project, branch, member } = of;
  try {
    const list = protectedBranches.all(project);
    const all = await readPages({ list, row: protectedBranchAnswer, maxPages }, api);
    const rules = all.filter(({ name }) => matches(name, branch));
    if (rules.length === 0) {
      const may = member.active && member.accessLevel >= accessLevels.developer;
      return { branch, protected: false, mayPush: may, mayMerge: may };
    }
    const may = (levels: readonly AccessLevelAnswer[]): boolean =>
      member.active && levels.some((level) => allows(level, member));
    return {
      branch,
      protected: true,
      mayPush: may(rules.flatMap(({ push_access_levels: levels }) => levels ?? [])),
      mayMerge: may(rules.flatMap(({ merge_access_levels: levels }) => levels ?? [])),
    };
  } catch (error) {
    const isHidden = error instanceof GitLabRefusedError && (error.status === 403 || error.status === 404);
    if (!isHidden) throw error;
    return rightsByBranch(api, of);
  }
}
