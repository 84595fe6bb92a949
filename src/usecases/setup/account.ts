import { GitLabRefusedError } from '../../errors.ts';
import type { AccountOwner, ProjectSettings } from '../../model/setup.ts';
import type { SetupPlan } from '../../setup/change.ts';
import { hidesVariables } from '../../setup/gitlab-version.ts';
import { type AccountPlace, groupOf, planAccount } from '../../setup/plan-account.ts';
import type { BotAccount } from '../../setup/plan-removal.ts';
import { findAccount } from './apply-account.ts';
import type { SetupFacts, SetupWishes, SetupWorld } from './wishes.ts';

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: SetupWishes;
  readonly facts: SetupFacts;
}

/** The bot's project and those that it serves, each once. */
export function placesOf(
  bot: ProjectSettings,
  watched: readonly ProjectSettings[],
): readonly ProjectSettings[] {
  return [bot, ...watched.filter(({ id }) => id !== bot.id)];
}

/**
 * What the account belongs to: the project of a bot that serves only itself, because GitLab confines such accounts to
 * their project; else the innermost group of all projects. Source: https://docs.gitlab.com/api/service_accounts/#project-service-accounts
 */
async function ownerFor(
  places: readonly ProjectSettings[],
  gitlab: SetupWorld['gitlab'],
): Promise<AccountOwner> {
  const [bot, ...others] = places;
  if (bot !== undefined && others.length === 0) return { kind: 'projects', id: bot.id, path: bot.path };
  const path = groupOf(places);
  const group = path === '' ? null : await gitlab.fetchGroup(path);
  if (group !== null) return { kind: 'groups', id: group.id, path };
  throw new GitLabRefusedError(
    path === ''
      ? 'the projects of this bot share no group, and a service account belongs to one project or group'
      : `the group ${path} was not found, or the token cannot see it`,
    { status: null, request: 'the service account of the bot' },
  );
}

/** The account of the bot and its tokens; null where there is none, or GitLab does not show it. */
export async function fetchBotAccount(
  watched: readonly ProjectSettings[],
  { world, facts }: Setting,
): Promise<BotAccount | null> {
  const { gitlab } = world;
  try {
    const owner = await ownerFor(placesOf(facts.bot, watched), gitlab);
    const account = await findAccount(owner, gitlab);
    return account === null ? null : { owner, tokens: await gitlab.fetchAccountTokens(owner, account.id) };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    return null;
  }
}

/** What `--bot` needs: a service account, its role in every project of the bot, and its token in the variable. */
export async function planBotAccount(
  watched: readonly ProjectSettings[],
  { world, wishes, facts }: Setting,
): Promise<SetupPlan> {
  const { gitlab } = world;
  const { bot } = facts;
  const places = placesOf(bot, watched);
  const owner = await ownerFor(places, gitlab);
  const account = await findAccount(owner, gitlab);
  const roles: AccountPlace[] = [];
  for (const place of places)
    roles.push({
      place,
      accessLevel: account === null ? 0 : await gitlab.fetchAccessLevel(place.id, account.id),
    });
  const found = await gitlab.fetchVariable(bot.id, wishes.tokenKey, 'everywhere');
  return planAccount({
    owner,
    bot,
    account,
    tokens: account === null ? [] : await gitlab.fetchAccountTokens(owner, account.id),
    places: roles,
    key: wishes.tokenKey,
    found,
    aside: await gitlab.fetchVariable(bot.id, wishes.tokenKey, 'aside'),
    // Asked only where it makes a difference.
    hides: found?.hidden === false && hidesVariables(await gitlab.fetchServerVersion()),
    protected: wishes.protectToken,
  });
}
