import { GitLabRefusedError } from '../../errors.ts';
import type { Identity } from '../../gitlab/ports/identity.ts';
import type { People } from '../../gitlab/ports/people.ts';
import type { Pipelines } from '../../gitlab/ports/port.ts';
import type { Project, Repository } from '../../gitlab/ports/repository.ts';
import type { Webhooks } from '../../gitlab/ports/setup.ts';
import type { BotHealth, BotRuns } from '../../model/bot-health.ts';
import type { Facts } from '../../model/facts.ts';
import { accessLevels } from '../../model/person.ts';
import type { Pipeline } from '../../model/pipeline.ts';
import type { Webhook } from '../../model/setup.ts';
import type { BotScope } from './bot-world.ts';

/** One page: if there is more, the answer says so. */
const newest = 100;

/** As GitLab writes the address that starts pipelines: https://docs.gitlab.com/ci/triggers/#use-a-webhook */
const triggerAddress =
  /\/api\/v4\/projects\/([^/?#]{1,1000})\/(?:ref\/[^/?#]{1,1000}\/)?trigger\/pipeline(?=[?#]|$)/;

async function unlessRefused<T>(ask: Promise<T>): Promise<T | null> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof GitLabRefusedError) return null;
    throw error;
  }
}

/** Whether it starts pipelines of a project that goes by one of these names: id or path. */
function startsPipelinesOf({ url }: Webhook, names: readonly (number | string)[]): boolean {
  const [, part = ''] = triggerAddress.exec(url) ?? [];
  return names.some((name) => encodeURIComponent(name).toLowerCase() === part.toLowerCase());
}

const states = ['working', 'paused', 'off'] as const;

/** The webhook that works best. */
function webhookOf(
  hooks: readonly Webhook[] | null,
  names: readonly (number | string)[],
): BotHealth['webhook'] {
  if (hooks === null) return 'hidden';
  const own = hooks.filter((hook) => startsPipelinesOf(hook, names));
  return states.find((state) => own.some((hook) => hook.state === state)) ?? 'none';
}

const waiting: ReadonlySet<string> = new Set(['created', 'waiting_for_resource', 'preparing', 'pending']);
const sweeps: ReadonlySet<string> = new Set(['schedule', 'web']);

function runsOf(pipelines: readonly Pipeline[]): BotRuns {
  const ofBot = pipelines.filter(({ source }) => source === 'trigger' || sweeps.has(source ?? ''));
  return {
    lastEvent: ofBot.find(({ source }) => source === 'trigger') ?? null,
    lastSweep: ofBot.find(({ source }) => sweeps.has(source ?? '')) ?? null,
    running: ofBot.filter(({ status }) => status === 'running').length,
    waiting: ofBot.filter(({ status }) => waiting.has(status)).length,
    looked: pipelines.length,
    isCapped: pipelines.length >= newest,
  };
}

type RunsOfBot = Pick<People, 'fetchMember'> & Pick<Pipelines, 'fetchPipelines'>;

/** Reporters can see pipelines, whatever the project's settings: https://docs.gitlab.com/user/permissions/#cicd */
async function maySeeRuns(
  { actor, project }: Facts,
  bot: Project,
  gitlab: Pick<People, 'fetchMember'>,
): Promise<boolean> {
  if (bot.id === project.id) return true;
  const member = actor === null ? null : await gitlab.fetchMember(bot.id, actor.id);
  return (member?.accessLevel ?? 0) >= accessLevels.reporter;
}

async function fetchRuns(facts: Facts, bot: Project, gitlab: RunsOfBot): Promise<BotHealth['runs']> {
  if (!(await maySeeRuns(facts, bot, gitlab))) return 'hidden';
  if (bot.defaultBranch === null) return runsOf([]);
  return runsOf(await gitlab.fetchPipelines(bot.id, { ref: bot.defaultBranch, perPage: newest }));
}

/** The bot's own project; null where it has none, or cannot be seen. */
async function botProjectOf(
  project: Facts['project'],
  own: BotScope['ownProject'],
  gitlab: Pick<Repository, 'fetchProject'>,
): Promise<Facts['project'] | null> {
  if (own === null) return null;
  return [project.id, project.path].includes(own) ? project : unlessRefused(gitlab.fetchProject(own));
}

/**
 * The bot's health, as far as its token can see; pipelines of its project only if the actor can see them too. At most
 * five requests; refused facts stay unknown.
 */
export async function fetchBotHealth(
  facts: Facts,
  ownProject: BotScope['ownProject'],
  gitlab: RunsOfBot &
    Pick<Repository, 'fetchProject'> &
    Pick<Identity, 'fetchTokenFacts'> &
    Pick<Webhooks, 'fetchWebhooks'>,
): Promise<BotHealth> {
  const { project } = facts;
  const bot = await botProjectOf(project, ownProject, gitlab);
  const [token, hooks, runs] = await Promise.all([
    gitlab.fetchTokenFacts(),
    unlessRefused(gitlab.fetchWebhooks(project.id)),
    bot === null ? null : unlessRefused(fetchRuns(facts, bot, gitlab)),
  ]);
  const ofBot = bot === null ? [ownProject] : [bot.id, bot.path];
  const ownAddresses = ofBot.filter((one) => one !== null);
  return {
    token: token === null ? null : { expiresAt: token.expiresAt },
    webhook: webhookOf(hooks, ownAddresses),
    runs,
  };
}
