import type { Person } from '../model/person.ts';

/** Somebody whom a token speaks for; `bot` where GitLab says that he is one. */
export type TokenUser = Person & { readonly bot: boolean };

/** What tells who the bot is. */
export interface BotClues {
  /** User of the token that asks; null where GitLab does not tell him. */
  readonly own: TokenUser | null;
  /** User of the token that was given as the bot's; null where none was given. */
  readonly given: TokenUser | null;
  /** Whether the token that asks is known to be the one that the bot has. */
  readonly isOwnTheBots: boolean;
}

/** Whose role is looked at. */
export interface RoleSubject {
  readonly user: TokenUser;
  /** False where he is only the user of the token that asks, and who the bot is stays open. */
  readonly isTheBot: boolean;
}

/**
 * The bot's user: that of the token that was given as the bot's, else that of the token that asks, when it is known to
 * be the bot's or its user is a bot. The owner of a trigger token is whoever set the bot up, so that he says nothing of
 * it. Null where no user is known.
 */
export function roleSubject({ own, given, isOwnTheBots }: BotClues): RoleSubject | null {
  if (given !== null) return { user: given, isTheBot: true };
  return own === null ? null : { user: own, isTheBot: isOwnTheBots || own.bot };
}
