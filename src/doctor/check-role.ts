import type { Actor, NeededRight } from '../gitlab/rights/needed-right.ts';
import { neededRights } from '../gitlab/rights/needed-rights.ts';
import { accessLevels, roleName } from '../model/person.ts';
import type { RoleSubject } from './bots-user.ts';
import { type Check, fine, problem, type Topic } from './check.ts';

const askTheBot =
  'put its token into the environment variable HERALD_BOT_TOKEN, or run herald doctor with that token';

/** What the bot does every day in the projects that it serves. */
const everyday: readonly Actor[] = ['report', 'bot'];

function ofWatched(actors: readonly Actor[]): readonly NeededRight[] {
  return neededRights.filter(
    (right) => right.project === 'watched' && right.actors.some((actor) => actors.includes(actor)),
  );
}

/**
 * The features that a role covers, and the roles that the others need, lowest first:
 * `works: a, b; needs Developer: c`.
 */
export function coverageWords(rights: readonly NeededRight[], accessLevel: number): string {
  const levelOf = ({ role }: NeededRight): number => accessLevels[role];
  const namesOf = (of: readonly NeededRight[]): string => of.map(({ feature }) => feature).join(', ');
  const covered = rights.filter((right) => levelOf(right) <= accessLevel);
  const missing = rights.filter((right) => levelOf(right) > accessLevel);
  const levels = [...new Set(missing.map(levelOf))].sort((a, b) => a - b);
  return [
    ...(covered.length === 0 ? [] : [`works: ${namesOf(covered)}`]),
    ...levels.map((level) => {
      const of = missing.filter((right) => levelOf(right) === level);
      return `needs ${roleName(level) ?? 'no role'}: ${namesOf(of)}`;
    }),
  ].join('; ');
}

/** Names only the features beyond what the bot does every day. */
function enoughWords(accessLevel: number): string {
  const others = ofWatched(['setup', 'doctor']).filter(({ role }) => accessLevels[role] > accessLevel);
  const all = 'works: everything that the bot does every day';
  return others.length === 0
    ? all
    : `${all}; ${coverageWords(others, accessLevel)} (herald setup and doctor only)`;
}

/**
 * What the bot's user may do in a project, and whose role it is. A problem where it does not cover what the bot does
 * every day. Source: https://docs.gitlab.com/user/permissions/
 */
export function checkRole(project: string, { user, isTheBot }: RoleSubject, accessLevel: number): Check {
  const topic: Topic = { project, about: 'role of the bot' };
  const rights = ofWatched(everyday);
  const isEnough = rights.every(({ role }) => accessLevels[role] <= accessLevel);
  const role = `@${user.username} is ${roleName(accessLevel) ?? 'no member'}`;
  if (!isTheBot)
    return {
      ...topic,
      state: isEnough ? 'ok' : 'unknown',
      words: `${role}, the user of this token; the bot's own user is unknown: ${askTheBot}`,
      remedy: null,
    };
  if (isEnough) return fine(project, topic.about, `${role}: ${enoughWords(accessLevel)}`);
  const remedy =
    'add that user to the project or to one of its groups, as a Developer (docs/reference/permissions.md)';
  return problem(topic, `${role}: ${coverageWords(rights, accessLevel)}`, remedy);
}
