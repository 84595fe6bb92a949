import type { TokenFacts } from '../gitlab/ports/identity.ts';
import type { Person } from '../model/person.ts';
import { type Check, fine } from './check.ts';

const dayMilliseconds = 86_400_000;
const soonDays = 30;
const nowDays = 7;
const newToken =
  'make a new one, put it into the variable HERALD_TOKEN (herald setup does, with HERALD_BOT_TOKEN), and revoke the old one';

function checkExpiry({ expiresAt }: TokenFacts, now: Date): Check {
  const about = 'token expiry';
  if (expiresAt === null) return fine(null, about, 'it never expires');
  const days = Math.floor((Date.parse(expiresAt) - now.getTime()) / dayMilliseconds);
  const words = days < 0 ? `it expired on ${expiresAt}` : `it expires on ${expiresAt}, in ${days} days`;
  if (days >= soonDays) return fine(null, about, words);
  return { project: null, about, state: days < nowDays ? 'problem' : 'warning', words, remedy: newToken };
}

function checkScopes({ scopes }: TokenFacts): Check {
  const about = 'token scopes';
  const words = scopes.length === 0 ? 'it has none' : scopes.join(', ');
  if (scopes.includes('api')) return fine(null, about, words);
  const remedy = 'make a token with the scope api: comments, statuses and labels need it';
  return { project: null, about, state: 'problem', words, remedy };
}

/** Whose token it is. */
export function checkUser({ id, username, bot, active }: Person & { readonly bot: boolean }): Check {
  const about = 'token user';
  const words = `${username} (${id})`;
  if (!active)
    return {
      project: null,
      about,
      state: 'problem',
      words: `${words} is blocked or deactivated`,
      remedy: 'use the token of an active user',
    };
  if (bot) return fine(null, about, `${words}, a bot`);
  return {
    project: null,
    about,
    state: 'warning',
    words: `${words} is a person: comments appear under that name, and end when that person leaves`,
    remedy: 'use a service account, or a project or group access token (docs/guides/token.md)',
  };
}

/** What the token may, and until when; null where GitLab does not say. Source: https://docs.gitlab.com/api/personal_access_tokens/#self-inform */
export function checkTokenFacts(token: TokenFacts | null, now: Date): readonly Check[] {
  if (token !== null) return [checkScopes(token), checkExpiry(token, now)];
  const about = 'token scopes and expiry';
  return [
    {
      project: null,
      about,
      state: 'unknown',
      words: 'GitLab does not tell them of this token',
      remedy: null,
    },
  ];
}
