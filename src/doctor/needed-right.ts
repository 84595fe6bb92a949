/**
 * The actor: a job with the report component, the bot's pipelines, or a maintainer's token for the moment of a run.
 */
export type Actor = 'report' | 'bot' | 'setup' | 'doctor';

export interface NeededRight {
  /** What it is for, so that it fits `… works` and `… needs Maintainer`. */
  readonly feature: string;
  readonly actors: readonly Actor[];
  /** Whether the role counts in the projects that are reported on and watched, or in the bot's own. */
  readonly project: 'watched' | 'bot';
  /** The lowest role; `none`: everybody who can see the project. */
  readonly role: 'none' | 'guest' | 'reporter' | 'developer' | 'maintainer';
  /** Of access tokens; `api` holds `read_api`. Source: https://docs.gitlab.com/user/profile/personal_access_tokens/#personal-access-token-scopes */
  readonly scope: 'read_api' | 'api';
  /** GitLab's tier, where it is not every one. */
  readonly tier: 'Free' | 'Premium' | 'Ultimate';
  /** Requests below `/projects/:id`, or from `/` on. */
  readonly calls: readonly string[];
  /** What else to know; empty for nothing. */
  readonly note: string;
  readonly source: string;
}
