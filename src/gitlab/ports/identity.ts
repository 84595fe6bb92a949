import type { Person } from '../../model/person.ts';
import type { NewToken } from './accounts.ts';

/** GitLab's facts about the token that asks. */
export interface TokenFacts {
  readonly name: string;
  readonly scopes: readonly string[];
  /** A day; null = never. */
  readonly expiresAt: string | null;
  readonly active: boolean;
  /** A day; null where GitLab does not say. */
  readonly createdAt: string | null;
  /** Permissions of a fine-grained token, as `read_job`; null for others, and where GitLab does not say. */
  readonly permissions: readonly string[] | null;
}

/** The token itself; the same rules as in `../port.ts`. */
export interface Identity {
  /** Null where GitLab does not say, such as for tokens without a user. Source: https://docs.gitlab.com/api/personal_access_tokens/#self-inform */
  fetchTokenFacts(): Promise<TokenFacts | null>;
  /** The user of the token; `bot` where GitLab says so. */
  fetchOwnPerson(): Promise<Person & { readonly bot: boolean }>;
  /**
   * Replaces the token that asks by a new one, until a day (null = until when GitLab chooses): the old one stops
   * working at once. Never sent twice: GitLab revokes the new token where the old one asks again. Throws
   * `UncertainWriteError` where the answer was lost. Source: https://docs.gitlab.com/api/personal_access_tokens/#self-rotate
   */
  rotateOwnToken(expiresAt: string | null): Promise<NewToken>;
}
