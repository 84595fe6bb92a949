import { type Check, fine } from '../doctor/check.ts';
import { checkPlan, checkRole, checkSettings, checkWebhooks } from '../doctor/check-project.ts';
import { checkServer } from '../doctor/check-server.ts';
import { checkToken } from '../doctor/check-token.ts';
import { GitLabRefusedError, UsageError } from '../errors.ts';
import type { ProjectSettings } from '../model/setup.ts';
import { fetchSettings } from './bot/fetch-settings.ts';
import { fetchSetupFacts } from './setup-facts.ts';
import { planBot, planWatched } from './setup-plans.ts';
import { fetchWatchedProjects } from './setup-watched.ts';
import type { SetupFacts, SetupWishes, SetupWorld } from './setup-wishes.ts';

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: SetupWishes;
  readonly facts: SetupFacts;
}

/** What GitLab refuses to tell is unknown, with GitLab's reason. */
async function orUnknown(
  project: string | null,
  about: string,
  look: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    const remedy = 'run herald doctor once with the token of a maintainer, who may see it';
    return [{ project, about, state: 'unknown', words: error.message, remedy }];
  }
}

async function checkConfiguration(project: ProjectSettings, { world, wishes }: Setting): Promise<Check> {
  const about = wishes.config;
  try {
    const { commit, rules } = await fetchSettings(project, { gitlab: world.gitlab, config: wishes.config });
    const words =
      commit === null ? 'there is none: commands are answered, no rule acts' : `${rules.length} rules`;
    return fine(project.path, about, words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const remedy =
      error.hint ?? 'mend it on the default branch; herald bot --dry-run tells whether it is right';
    return { project: project.path, about, state: 'problem', words: error.message, remedy };
  }
}

async function checkWatched(project: ProjectSettings, setting: Setting): Promise<readonly Check[]> {
  const { world, facts } = setting;
  const { gitlab } = world;
  const { path, id } = project;
  return [
    ...checkSettings(project),
    ...(await orUnknown(path, 'role of the bot', async () => [
      checkRole(path, await gitlab.fetchAccessLevel(id, facts.userId)),
    ])),
    ...(await orUnknown(path, 'webhook', async () => [
      ...checkPlan(path, 'webhook', await planWatched(project, setting)),
      ...checkWebhooks(path, await gitlab.fetchWebhooks(id), facts.webhook.url),
    ])),
    ...(await orUnknown(path, 'configuration', async () => [await checkConfiguration(project, setting)])),
  ];
}

async function checkBot(setting: Setting): Promise<readonly Check[]> {
  const { path } = setting.facts.bot;
  const about = "the bot's project";
  return orUnknown(path, about, async () => checkPlan(path, about, await planBot(setting)));
}

async function checkIdentity({ gitlab, clock }: SetupWorld): Promise<readonly Check[]> {
  const person = await gitlab.fetchOwnPerson();
  const token = await gitlab.fetchTokenFacts();
  return checkToken({ person, token, now: clock.now() });
}

/** Without the bot's project there is nothing more to look at. */
async function factsOrCheck(wishes: SetupWishes, world: SetupWorld): Promise<SetupFacts | Check> {
  try {
    return await fetchSetupFacts(wishes, world);
  } catch (error) {
    if (!(error instanceof GitLabRefusedError)) throw error;
    const remedy = 'add the user of the token to it, as a Maintainer for this look, and check its name';
    const project = String(wishes.botProject);
    return { project, about: "the bot's project", state: 'problem', words: error.message, remedy };
  }
}

export interface Diagnosis {
  /** Id of the bot's project; null when it cannot be seen. */
  readonly bot: number | null;
  readonly checks: readonly Check[];
}

/**
 * Looks at everything that can be wrong with an installation, and changes nothing. Throws `GitLabRefusedError` for a token that does not
 * work at all, `GitLabUnreachableError`, and `UsageError` for a group that cannot be seen.
 */
export async function doctor(wishes: SetupWishes, world: SetupWorld): Promise<Diagnosis> {
  const { gitlab } = world;
  const checks: Check[] = [
    ...(await checkIdentity(world)),
    ...(await orUnknown(null, 'GitLab version', async () => checkServer(await gitlab.fetchServerVersion()))),
  ];
  const facts = await factsOrCheck(wishes, world);
  if ('state' in facts) return { bot: null, checks: [...checks, facts] };
  const setting: Setting = { world, wishes, facts };
  checks.push(...(await checkBot(setting)));
  const { watched } = await fetchWatchedProjects(wishes, setting.facts.bot, gitlab);
  for (const one of watched)
    if ('project' in one) checks.push(...(await checkWatched(one.project, setting)));
    else {
      const remedy = 'add the user of the token to it, or leave it out';
      checks.push({
        project: one.path,
        about: 'project',
        state: 'problem',
        words: one.refusal.message,
        remedy,
      });
    }
  return { bot: setting.facts.bot.id, checks };
}
