import type { TokenFacts } from '../gitlab/ports/identity.ts';
import { counted } from '../model/plural.ts';
import type { TokenUser } from './bots-user.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';
import type { NeededRight } from './needed-right.ts';
import { neededRights } from './needed-rights.ts';

const dayMilliseconds = 86_400_000;
const soonDays = 30;
const nowDays = 7;
const newToken =
  'create a new one, put it into the variable HERALD_TOKEN (herald setup does this with HERALD_BOT_TOKEN), and revoke the old one';

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
  return days < nowDays ? problem(topic, words, newToken) : warning(topic, words, newToken);
}

function featuresOf(scope: NeededRight['scope']): string {
  const features = neededRights
    .filter(
      (right) => right.scope === scope && right.actors.some((actor) => actor === 'report' || actor === 'bot'),
    )
    .map(({ feature }) => feature);
  return features.join(', ');
}

/** `api` covers everything, `read_api` only reading; Herald does not use other scopes. */
function checkScopes({ scopes }: TokenFacts, whose: Whose): Check {
  const topic = topicOf(whose, 'scopes');
  const words = scopes.length === 0 ? 'it has none' : scopes.join(', ');
  if (scopes.includes('api')) return fine(null, topic.about, words);
  // GitLab does not show the permissions of a fine-grained token: https://docs.gitlab.com/auth/tokens/fine_grained_access_tokens/
  if (scopes.includes('granular'))
    return { ...topic, state: 'unknown', words: `${words}: a fine-grained token`, remedy: null };
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
    'use a service account, or a project or group access token (docs/guides/token.md)',
  );
}

/** The scopes and the expiry of a token; null where GitLab does not show them. Source: https://docs.gitlab.com/api/personal_access_tokens/#self-inform */
export function checkTokenFacts(token: TokenFacts | null, whose: Whose, now: Date): readonly Check[] {
  if (token !== null && !token.active)
    return [problem(topicOf(whose, 'state'), 'it was revoked, or has expired', newToken)];
  if (token !== null) return [checkScopes(token, whose), checkExpiry(token, whose, now)];
  const topic = topicOf(whose, 'scopes and expiry');
  return [{ ...topic, state: 'unknown', words: 'GitLab does not show them for this token', remedy: null }];
}
