import type { Person } from '../model/person.ts';

/** The user of a token; `bot` where GitLab says that the user is a bot. */
export type TokenUser = Person & { readonly bot: boolean };

/** Facts from which the bot's user follows. */
export interface BotClues {
  /** User of the token that asks; null where GitLab does not say who it is. */
  readonly own: TokenUser | null;
  /** User of the bot's token; null where the user gave none. */
  readonly given: TokenUser | null;
  /** Whether the token that asks is known to be the bot's own. */
  readonly isOwnTheBots: boolean;
}

/** The user whose role is checked. */
export interface RoleSubject {
  readonly user: TokenUser;
  /** False where this is only the user of the token that asks, and the bot's user is unknown. */
  readonly isTheBot: boolean;
}

/**
 * The bot's user: that of the token that was given as the bot's, else that of the token that asks, when it is known to
 * be the bot's or its user is a bot. The owner of a trigger token is the person who set the bot up, so this says
 * nothing about it. Null where no user is known.
 */
export function roleSubject({ own, given, isOwnTheBots }: BotClues): RoleSubject | null {
  if (given !== null) return { user: given, isTheBot: true };
  return own === null ? null : { user: own, isTheBot: isOwnTheBots || own.bot };
}
