/** Which groups count as code owners of a project; the same rules as in `port.ts`. */
export interface OwnerGroups {
  /**
   * Full paths of the groups that a project invited as Developer or more, and of those above it that the token sees, at
   * most 500. Source: https://docs.gitlab.com/api/projects/#list-all-groups
   */
  fetchGroupsOf(project: number): Promise<readonly string[]>;
  /**
   * The same of those that groups above it invited; none where this version of GitLab, before 17.2, has no such list.
   * Source: https://docs.gitlab.com/api/projects/#list-all-invited-groups
   */
  fetchInvitedGroups(project: number): Promise<readonly string[]>;
}
