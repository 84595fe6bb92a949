import type { AccountOwner, AccountToken, ProjectVariable, ServiceAccount } from '../model/setup.ts';
import type { ChangeOf, Place, SecretChange, SetupChange, SetupPlan } from './change.ts';
import { readAccountTokenName, readSecretDescription } from './markers.ts';
import { planSecret, weaknessOf } from './plan-secret.ts';

/** The display name of the bot's service account, by which the next run finds it. */
export const accountName = 'Herald';

/** GitLab's role Developer: it covers everything that the report and the bot do. */
export const developer = 30;

/** A project that the bot writes in, and the role that its account has there; 0 for none. */
export interface AccountPlace {
  readonly place: Place;
  readonly accessLevel: number;
}

/** Facts about the service account of the bot, and the variable for its token. */
export interface AccountSituation {
  readonly owner: AccountOwner;
  readonly bot: Place;
  /** Null when there is none yet. */
  readonly account: ServiceAccount | null;
  /** Its tokens that still work. */
  readonly tokens: readonly AccountToken[];
  readonly places: readonly AccountPlace[];
  readonly key: string;
  readonly found: ProjectVariable | null;
  readonly aside: ProjectVariable | null;
  readonly hides: boolean;
  readonly protected: boolean;
}

/** The part of two paths that is a group of both; empty for none. */
function commonGroup(a: readonly string[], b: readonly string[]): readonly string[] {
  const differs = a.findIndex((part, at) => part !== b[at]);
  return differs < 0 ? a : a.slice(0, differs);
}

/** The innermost group that holds all these projects, as a path; empty when they share none. */
export function groupOf(projects: readonly Place[]): string {
  const groups = projects.map(({ path }) => path.split('/').slice(0, -1));
  return groups.reduce(commonGroup, groups[0] ?? []).join('/');
}

/** A username that people recognise: `shop-herald-bot`. GitLab chooses another where somebody has it. */
function usernameFor({ path }: Pick<AccountOwner, 'path'>): string {
  const slug = path
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return slug.includes('herald') ? slug : `${slug}-herald`;
}

/** Why the variable needs a new token; null while it holds a good one of this account. */
function whyNewToken({ found, tokens, hides, protected: isProtected }: AccountSituation): string | null {
  if (found === null) return 'there is none';
  const token = readSecretDescription(found.description)?.token ?? null;
  if (!tokens.some(({ id }) => id === token)) return 'it holds no working token of this account';
  const weakness = weaknessOf({ found, hides, protected: isProtected });
  return weakness === null ? null : `it ${weakness}`;
}

function planToken(situation: AccountSituation): readonly SetupChange[] {
  const { owner, bot, key, found, aside, hides, protected: isProtected } = situation;
  const why = whyNewToken(situation);
  if (why === null) return [];
  // No token has this fingerprint, so that the variable is always written.
  const given = { fingerprint: '', isValueFound: false };
  const { changes } = planSecret({
    bot,
    key,
    found,
    aside,
    hides,
    given,
    givenIn: '',
    protected: isProtected,
  });
  return changes.map((change) => {
    if (change.do !== 'set-secret') return change;
    const secret: SecretChange = { ...change, why };
    return { do: 'make-bot-token', in: bot, owner, secret };
  });
}

/** Tokens that Herald made for this variable and that it does not hold, or will not hold any more. */
function planRevocations(situation: AccountSituation): readonly SetupChange[] {
  const { owner, bot, tokens, found } = situation;
  const token = readSecretDescription(found?.description ?? null)?.token ?? null;
  const kept = whyNewToken(situation) === null ? token : null;
  return tokens
    .filter(({ id, name }) => id !== kept && readAccountTokenName(name) === bot.id)
    .map(
      ({ id }): ChangeOf<'revoke-token'> => ({
        do: 'revoke-token',
        in: bot,
        owner,
        id,
        why: 'the variable does not hold it any more',
      }),
    );
}

/**
 * Plans a service account for the bot, its role in each project, and a token of it in the variable. After the plan was
 * carried out, a second plan is empty. Tokens that Herald did not make stay untouched.
 */
export function planAccount(situation: AccountSituation): SetupPlan {
  const { owner, bot, account, places } = situation;
  const making: readonly SetupChange[] =
    account === null
      ? [{ do: 'make-account', in: bot, owner, name: accountName, username: usernameFor(owner) }]
      : [];
  const members = places
    .filter(({ accessLevel }) => accessLevel < developer)
    .map(
      ({ place, accessLevel }): SetupChange => ({
        do: 'add-member',
        in: place,
        owner,
        isMember: accessLevel > 0,
      }),
    );
  return {
    changes: [...making, ...members, ...planToken(situation), ...planRevocations(situation)],
    advice: [],
  };
}

/** What to do where GitLab does not let Herald make the account. */
export function accountByHand(owner: string, places: readonly Place[]): string {
  const projects = places.map(({ path }) => path).join(', ');
  return [
    `By hand: in Settings > Service accounts of ${owner}, add a service account and a personal access token of it with the scope api (GitLab 18.11 and later;`,
    'before that, only an Owner of the top-level group or an administrator can).',
    `Add the account to ${projects} as a Developer. Then give the token in the environment variable HERALD_BOT_TOKEN and run herald setup without --bot.`,
    'From GitLab Premium on, and on self-managed GitLab, a project access token works as well.',
  ].join(' ');
}
