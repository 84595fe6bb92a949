import type { Person } from '../../model/person.ts';

/** GitLab's facts about the token that asks. */
export interface TokenFacts {
  readonly name: string;
  readonly scopes: readonly string[];
  /** A day; null = never. */
  readonly expiresAt: string | null;
  readonly active: boolean;
}

/** The token itself; the same rules as in `../port.ts`. */
export interface Identity {
  /** Null where GitLab does not say, such as for tokens without a user. Source: https://docs.gitlab.com/api/personal_access_tokens/#self-inform */
  fetchTokenFacts(): Promise<TokenFacts | null>;
  /** The user of the token; `bot` where GitLab says so. */
  fetchOwnPerson(): Promise<Person & { readonly bot: boolean }>;
}
