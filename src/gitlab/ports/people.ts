import type { BranchRights } from '../../model/facts.ts';
import type { Member, Person } from '../../model/person.ts';

/** Rights of users. Source: https://docs.gitlab.com/api/members/ */
export interface People {
  /**
   * With inherited and invited memberships; a user who is not a member has access level 0; null when the user does not
   * exist.
   */
  fetchMember(project: number, userId: number): Promise<Member | null>;
  /** Active members of the project from this access level on, at most 500. */
  fetchMembers(project: number, minAccessLevel: number): Promise<readonly Member[]>;
  /**
   * Ids of the active direct members of a group, by its path, at most 500: code owners are only those. Null when
   * GitLab has no such group, or does not show it to the token. Each group is asked for once per run. Source: https://docs.gitlab.com/user/project/codeowners/reference/#group-eligibility
   */
  fetchGroupMemberIds(path: string): Promise<readonly number[] | null>;
  /**
   * Access levels of the active direct members of a project, by user id, at most 500: a role in CODEOWNERS means only
   * those. Source: https://docs.gitlab.com/user/project/codeowners/reference/#role-eligibility
   */
  fetchDirectLevels(project: number): Promise<ReadonlyMap<number, number>>;
  findUser(username: string): Promise<Person | null>;
  /** The rights of a member on a branch, by its protection: https://docs.gitlab.com/api/protected_branches/ */
  fetchBranchRights(project: number, branch: string, member: Member): Promise<BranchRights>;
  /**
   * Protected environments to which the bot can or might be able to deploy, but the member cannot; null where GitLab does not show the bot which environments are protected. Source: https://docs.gitlab.com/api/protected_environments/
   */
  fetchClosedEnvironments(
    project: number,
    of: { readonly member: Member; readonly botId: number },
  ): Promise<readonly string[] | null>;
  /** Open merge requests of the project that somebody is asked to review: user id → how many. */
  fetchReviewLoad(project: number): Promise<ReadonlyMap<number, number>>;
}
