/** A rule about branches, with wildcards; access levels as the API gives them. */
export interface EmbeddedBranchRule {
  readonly project_id: number;
  readonly name: string;
  readonly push_access_levels: readonly { readonly access_level: number; readonly user_id?: number | null }[];
  readonly merge_access_levels: readonly {
    readonly access_level: number;
    readonly user_id?: number | null;
  }[];
}

/** From Premium on: https://docs.gitlab.com/api/protected_environments/ */
export interface EmbeddedProtectedEnvironment {
  readonly project_id: number;
  readonly name: string;
  readonly deploy_access_levels: EmbeddedBranchRule['push_access_levels'];
}
