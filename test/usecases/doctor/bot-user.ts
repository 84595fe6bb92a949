import { bot, maintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';

export const botUser = { id: 72, username: 'herald-bot', bot: true };
export const botToken = 'glpat-CANARY-doctor-bot-0123456789';
export const asBot = { HERALD_TOKEN: botToken };

/** The maintainer and the bot's user, with these roles in the bot's project and in the watched one. */
export function aBotUser(inBot: number, inWatched: number): (state: EmbeddedState) => void {
  return ({ users, tokens, ci }) => {
    users.push(botUser);
    const facts = { scopes: ['api'], expires_at: null };
    tokens.push({ value: botToken, kind: 'personal', userId: botUser.id, facts });
    const levels = [
      { project_id: bot.id, user_id: botUser.id, access_level: inBot },
      { project_id: 100, user_id: botUser.id, access_level: inWatched },
    ];
    for (const project_id of [bot.id, 100])
      ci.members.push({ project_id, user_id: maintainer.id, access_level: 40 });
    ci.members.push(...levels.filter(({ access_level }) => access_level > 0));
  };
}
