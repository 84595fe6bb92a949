/** A tracker outside of GitLab, as the configuration has it. */
export interface TrackerSettings {
  /** Regular expression of a key, such as `SHOP-\d+`. */
  readonly pattern: string;
  /** Address of one entry, with `{key}`. */
  readonly url: string;
}

/** What a commit, a title or a description says that it closes. */
export type ClosingReference =
  /** `project` is a full path; nothing says that the issue, or the project, exists. */
  | { readonly kind: 'issue'; readonly project: string; readonly iid: number; readonly url: string }
  /** An entry of a tracker outside of GitLab. */
  | { readonly kind: 'tracker'; readonly key: string; readonly url: string };
