import * as z from 'zod';
import type { Actor } from '../../../model/project-history.ts';

/**
 * Users of access tokens and service accounts as GitLab names them, its internal users, and what well-known tools and
 * people call their bots. Lists of GitLab do not say who is a bot. Sources: https://docs.gitlab.com/user/project/settings/project_access_tokens/#bot-users-for-projects,
 * https://docs.gitlab.com/administration/internal_users/
 */
const botNames: readonly RegExp[] = [
  /^(?:project|group)_\d+_bot/i,
  /^service_account_/i,
  /(?:^|[-_.])bot\d*$/i,
  /^(?:renovate|dependabot|gitlabduo|duo-developer)(?:[-_.]|$)/i,
];

/** Somebody by their username. */
export function actorOf(username: string, bot?: boolean | null): Actor {
  return { username, isBot: bot === true || botNames.some((name) => name.test(username)) };
}

/** A user inside other answers; a deleted one is GitLab's ghost. */
export const actorAnswer = z
  .object({ username: z.string(), bot: z.boolean().nullish() })
  .nullish()
  .transform((user): Actor => actorOf(user?.username ?? 'ghost', user?.bot));
