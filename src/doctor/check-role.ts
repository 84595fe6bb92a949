import { accessLevels, roleName } from '../model/person.ts';
import type { RoleSubject } from './bots-user.ts';
import { type Check, fine, problem, type Topic } from './check.ts';

const askTheBot = 'give its token in the environment variable HERALD_BOT_TOKEN, or run herald doctor with it';

/** What the bot's user may do in a project, and whose role it is. Source: https://docs.gitlab.com/user/permissions/ */
export function checkRole(project: string, { user, isTheBot }: RoleSubject, accessLevel: number): Check {
  const topic: Topic = { project, about: 'role of the bot' };
  const words = `@${user.username} is ${roleName(accessLevel) ?? 'no member'}`;
  if (!isTheBot)
    return {
      ...topic,
      state: accessLevel >= accessLevels.developer ? 'ok' : 'unknown',
      words: `${words}, whose token this is; the bot's own is not known: ${askTheBot}`,
      remedy: null,
    };
  if (accessLevel >= accessLevels.developer) return fine(project, topic.about, words);
  const remedy = 'add that user to the project or to one of its groups, as a Developer';
  return problem(topic, words, remedy);
}
