import type { TokenFacts } from '../gitlab/ports/identity.ts';
import type { NeededRight } from '../gitlab/rights/needed-right.ts';
import { neededRights } from '../gitlab/rights/needed-rights.ts';
import { counted } from '../model/plural.ts';
import type { TokenUser } from './bots-user.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';

const dayMilliseconds = 86_400_000;
const soonDays = 30;
const nowDays = 7;
const newToken =
  'rotate it with herald setup --rotate-token, or create a new one, put it into the variable HERALD_TOKEN (herald setup does this with HERALD_BOT_TOKEN), and revoke the old one';
const deadToken =
  'create a new one (herald setup --bot does, for a service account), and put it into the variable HERALD_TOKEN (herald setup does this with HERALD_BOT_TOKEN)';

/** Which token: `bot` is the bot's, given beside the one that asks. */
export type Whose = 'own' | 'bot';

function topicOf(whose: Whose, part: string): Topic {
  return { project: null, about: whose === 'bot' ? `bot's token ${part}` : `token ${part}` };
}

function checkExpiry({ expiresAt }: TokenFacts, whose: Whose, now: Date): Check {
  const topic = topicOf(whose, 'expiry');
  if (expiresAt === null) return fine(null, topic.about, 'it never expires');
  const days = Math.floor((Date.parse(expiresAt) - now.getTime()) / dayMilliseconds);
  const words =
    days < 0
      ? `it expired on ${expiresAt}`
      : `it expires on ${expiresAt}, in ${counted(days, { one: 'day', other: 'days' })}`;
  if (days >= soonDays) return fine(null, topic.about, words);
  if (days < 0) return problem(topic, words, deadToken);
  return days < nowDays ? problem(topic, words, newToken) : warning(topic, words, newToken);
}

function everydayRights(): readonly NeededRight[] {
  return neededRights.filter(
    ({ actors, tier }) => tier === 'Free' && actors.some((actor) => actor === 'report' || actor === 'bot'),
  );
}

function featuresOf(scope: NeededRight['scope']): string {
  return everydayRights()
    .filter((right) => right.scope === scope)
    .map(({ feature }) => feature)
    .join(', ');
}

/** `Commit Status: Create` as GitLab's API has it: `create_commit_status`. */
function nameInApi(permission: string): string {
  const [resource = '', action = ''] = permission.split(': ');
  return `${action} ${resource}`.toLowerCase().replaceAll(' ', '_');
}

/** The features that lack permissions, with those. */
function missingFor(has: ReadonlySet<string>): readonly string[] {
  return everydayRights().flatMap(({ feature, requests }) => {
    const needed = new Set(Object.keys(requests).flatMap((names) => names.split(' and ')));
    const missing = [...needed].filter((permission) => !has.has(nameInApi(permission)));
    return missing.length === 0 ? [] : [`${feature} (${missing.join(', ')})`];
  });
}

/**
 * What the permissions of a fine-grained token do not cover; newer versions of GitLab show them. Those of all projects
 * count together: GitLab names the missing one when it refuses a request. Source:
 * lib/api/entities/personal_access_token_granular_scope.rb in GitLab's source
 */
function checkPermissions(permissions: TokenFacts['permissions'], topic: Topic): Check {
  if (permissions === null)
    return {
      ...topic,
      state: 'unknown',
      words: 'a fine-grained token, whose permissions this GitLab does not show',
      remedy:
        'compare them with docs/reference/permissions.md; Herald names the missing one when GitLab refuses a request',
    };
  const missing = missingFor(new Set(permissions));
  const words = 'a fine-grained token';
  if (missing.length === 0) return fine(null, topic.about, `${words} with all permissions that Herald needs`);
  const remedy = 'create a token that has these permissions, too (docs/reference/permissions.md)';
  return problem(topic, `${words} without permissions for: ${missing.join('; ')}`, remedy);
}

/** `api` covers everything, `read_api` only reading; Herald does not use other scopes. */
function checkScopes({ scopes, permissions }: TokenFacts, whose: Whose): Check {
  const topic = topicOf(whose, 'scopes');
  const words = scopes.length === 0 ? 'it has none' : scopes.join(', ');
  if (scopes.includes('api')) return fine(null, topic.about, words);
  if (scopes.includes('granular')) return checkPermissions(permissions, topic);
  const works = scopes.includes('read_api') ? `works: ${featuresOf('read_api')}; ` : '';
  const remedy = 'create a token with the scope api (docs/reference/permissions.md)';
  return problem(topic, `${words}: ${works}needs api: ${featuresOf('api')}`, remedy);
}

/** Whose token it is. `isTheBots`: whether it is the token that Herald writes with; null where that is not known. */
export function checkUser(user: TokenUser, whose: Whose, isTheBots: boolean | null): Check {
  const topic = topicOf(whose, 'user');
  const words = `${user.username} (${user.id})`;
  if (!user.active)
    return problem(topic, `${words} is blocked or deactivated`, 'use the token of an active user');
  if (user.bot) return fine(null, topic.about, `${words}, a bot`);
  if (isTheBots === false) return fine(null, topic.about, `${words}, a person, used only for this check`);
  const condition = isTheBots === null ? 'if this is the token that Herald writes with, ' : '';
  return warning(
    topic,
    `${words} is a person: ${condition}comments appear under that name and stop when that person leaves`,
    'use a service account, which herald setup --bot creates (docs/guides/token.md)',
  );
}

/** The scopes and the expiry of a token; null where GitLab does not show them. Source: https://docs.gitlab.com/api/personal_access_tokens/#self-inform */
export function checkTokenFacts(token: TokenFacts | null, whose: Whose, now: Date): readonly Check[] {
  if (token !== null && !token.active)
    return [problem(topicOf(whose, 'state'), 'it was revoked, or has expired', deadToken)];
  if (token !== null) return [checkScopes(token, whose), checkExpiry(token, whose, now)];
  const topic = topicOf(whose, 'scopes and expiry');
  return [{ ...topic, state: 'unknown', words: 'GitLab does not show them for this token', remedy: null }];
}
