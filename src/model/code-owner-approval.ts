/** A rule of CODEOWNERS whose owners have not approved. */
export interface OwedApproval {
  /** Name of its section; empty before the first one. */
  readonly section: string;
  readonly pattern: string;
  readonly required: number;
  /** Approvals by its owners, without that of the author. */
  readonly given: number;
  /** As written: `@user`, `@group/subgroup`, `@@developer`. */
  readonly owners: readonly string[];
}

/** The approvals of code owners on a merge request. */
export type CodeOwnerApproval =
  | {
      readonly kind: 'measured';
      /** Rules that the changed files touch and that need approval. */
      readonly rules: number;
      readonly owed: readonly OwedApproval[];
      /** Rules whose owners cannot all be seen, and may have approved. */
      readonly unclear: readonly OwedApproval[];
      /** Rules for which nobody is left who could approve besides the author. */
      readonly unowned: readonly OwedApproval[];
      /** Owners as written whose members GitLab does not show. */
      readonly unseen: readonly string[];
    }
  | {
      readonly kind: 'unknown';
      readonly why: 'no-merge-request' | 'no-code-owners' | 'no-approvals' | 'no-changed-files';
    };
