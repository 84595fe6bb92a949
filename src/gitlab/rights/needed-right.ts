/**
 * The actor: a job with the report component, the bot's pipelines, a digest, or a maintainer's token for the moment of
 * a run. `rules`: the bot, only where a project has such rules or settings.
 */
export type Actor = 'report' | 'bot' | 'rules' | 'setup' | 'doctor' | 'digest';

export interface NeededRight {
  /** What it is for, so that it fits `… works` and `… needs Maintainer`. */
  readonly feature: string;
  readonly actors: readonly Actor[];
  /** Whether the role counts in the projects that are reported on and watched, or in the bot's own. */
  readonly project: 'watched' | 'bot';
  /** The lowest role; `none`: everybody who can see the project. */
  readonly role: 'none' | 'guest' | 'reporter' | 'developer' | 'maintainer' | 'owner';
  /** Of access tokens; `api` holds `read_api`. Source: https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes */
  readonly scope: 'read_api' | 'api';
  /** GitLab's tier, where it is not every one. */
  readonly tier: 'Free' | 'Premium' | 'Ultimate';
  /**
   * Requests by the permission that a fine-grained token (GitLab 19.2) needs for each, as GitLab names it: `Job: Read`.
   * Paths are below `/projects/:id`, or from `/` on; `:name` is one part of a path, `*` all that follows.
   * Source: https://docs.gitlab.com/auth/tokens/fine_grained_access_tokens_rest/
   */
  readonly requests: Readonly<Record<string, readonly string[]>>;
  /** What else to know; empty for nothing. */
  readonly note: string;
  readonly source: string;
}
