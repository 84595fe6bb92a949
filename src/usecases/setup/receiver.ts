import { GitLabRefusedError } from '../../errors.ts';
import type { ProjectSettings, Webhook } from '../../model/setup.ts';
import { type GroupPlace, type Place, type SetupPlan, webhookOwnerOf } from '../../setup/change.ts';
import { explainRefusal } from '../../setup/explain-refusal.ts';
import { signsDeliveries } from '../../setup/gitlab-version.ts';
import { isReceiverWebhook, planRemovalOfReceiver } from '../../setup/plan-receiver.ts';
import { wantedReceiverWebhook } from '../../setup/receiver-webhook.ts';
import { applySetupChange } from './apply.ts';
import { resendFailed } from './deliveries.ts';
import { createGroupWebhooks, type SeenGroup } from './group-webhook.ts';
import {
  groupWebhookFor,
  planHook,
  planRemoval,
  planWatched,
  type ReceiverSetting,
  type ReceiverWishes,
} from './receiver-plans.ts';
import { testReceiver } from './test-receiver.ts';
import { fetchWatchedProjects, type Watched } from './watched.ts';
import type { SetupOutcome, SetupWorld } from './wishes.ts';

/** The webhook as it now is; null where a group has it. There is none only without the part `webhook`. */
async function webhookOf(place: Place | GroupPlace, setting: ReceiverSetting): Promise<Webhook | null> {
  const { world, wishes, groups, covering } = setting;
  const owner = webhookOwnerOf(place);
  if (typeof owner === 'number' && (covering ?? (await groups.deliveringAbove(place.path))) !== null)
    return null;
  const { url } = wantedReceiverWebhook({
    ...{ address: wishes.receiver.address, owner, events: [] },
    ...{ sslVerification: true, branches: '' },
  });
  const hooks = await world.gitlab.fetchWebhooks(owner);
  const own = hooks.filter((hook) => isReceiverWebhook(hook, url, owner));
  const hook = own.find((one) => one.url === url) ?? own[0];
  if (hook !== undefined) return hook;
  throw new GitLabRefusedError(`${place.path} has no webhook to a receiver`, {
    status: null,
    request: `webhooks of ${place.path}`,
    hint: 'run herald setup with --receiver and the part webhook first',
  });
}

/** The page of a project or group in GitLab. */
function pageOf(place: Place | GroupPlace | ProjectSettings, { apiUrl }: ReceiverWishes): string {
  if ('url' in place) return place.url;
  const root = apiUrl.replace(/\/api\/v4\/?$/, '');
  return 'isGroup' in place ? `${root}/groups/${place.path}` : `${root}/${place.path}`;
}

/** What `--test` and `--resend` add, after the changes are made. */
async function resultsOf(
  place: Place | GroupPlace | ProjectSettings,
  setting: ReceiverSetting,
): Promise<readonly string[]> {
  const { world, wishes } = setting;
  if (wishes.action === 'remove' || (!wishes.test && !wishes.resend)) return [];
  const hook = await webhookOf(place, setting);
  if (hook === null) return [];
  const owner = webhookOwnerOf(place);
  return [
    ...(wishes.test ? [await testReceiver({ owner, url: pageOf(place, wishes) }, hook.id, world)] : []),
    ...(wishes.resend ? [await resendFailed(owner, hook.id, world)] : []),
  ];
}

function refusalOf(error: unknown): NonNullable<SetupOutcome['refusal']> {
  if (!(error instanceof GitLabRefusedError)) throw error;
  return { message: error.message, hint: explainRefusal(error.message) ?? error.hint };
}

/** Plans one project or group and makes the changes in order; a refusal ends this one only. */
async function take(
  place: ProjectSettings | GroupPlace,
  planOf: () => Promise<SetupPlan>,
  setting: ReceiverSetting,
): Promise<SetupOutcome> {
  const { wishes } = setting;
  let plan: SetupPlan = { changes: [], advice: [] };
  let done = 0;
  let results: readonly string[] = [];
  let refusal: SetupOutcome['refusal'] = null;
  try {
    plan = await planOf();
    if (!wishes.planOnly) {
      for (const change of plan.changes) {
        await applySetupChange(change, { ...setting, facts: { bot: place } });
        done += 1;
      }
      results = await resultsOf(place, setting);
    }
  } catch (error) {
    refusal = refusalOf(error);
  }
  const { changes, advice } = plan;
  const of = 'isGroup' in place ? 'group' : 'watched';
  return { path: place.path, of, changes, done, advice, refusal, testedBy: null, results };
}

/** A project that is named alone is watched; of a group all are but the bot's own. */
async function watchedProjects(
  wishes: ReceiverWishes,
  { gitlab, log }: SetupWorld,
): Promise<readonly Watched[]> {
  const { botProject, group, projects } = wishes;
  const named = group === null && projects.length === 0 ? [botProject] : projects;
  const bot = group === null || botProject === '' ? null : await gitlab.fetchProjectSettings(botProject);
  const { watched, leftOut } = await fetchWatchedProjects({ ...wishes, projects: named }, bot, gitlab);
  for (const reason of leftOut) log.info(`skipped: ${reason}`);
  return watched;
}

/**
 * The group that gets one webhook for all projects; null where each project gets its own: GitLab lets only owners of a
 * Premium group have one, and one of a group would deliver events of subgroups that nobody asked for.
 */
async function groupWithWebhook({ wishes, world, groups }: ReceiverSetting): Promise<SeenGroup | null> {
  const { group, subgroups, parts } = wishes;
  if (group === null || !subgroups || !parts.includes('webhook')) return null;
  if ((await groups.deliveringAbove(group)) !== null) return null;
  const seen = await groups.see(group);
  if (seen === null)
    world.log.info(
      `the group ${group} can have no webhook of its own (it takes Premium and an owner), so each project gets one`,
    );
  return seen;
}

/**
 * Gives each watched project a webhook to a receiver, with a secret of its own, or one to their group where GitLab lets
 * it, or takes those webhooks away. A second run writes nothing, and the next run continues an interrupted one. Yields
 * the outcome of each project as soon as it is known; a refusal ends one project only.
 */
export async function* setupReceiver(
  wishes: ReceiverWishes,
  world: SetupWorld,
): AsyncGenerator<SetupOutcome> {
  const signs = signsDeliveries(await world.gitlab.fetchServerVersion());
  const groups = createGroupWebhooks(wishes.receiver.address, world.gitlab);
  const setting: ReceiverSetting = { world, wishes, signs, groups, covering: null };
  const watched = await watchedProjects(wishes, world);
  const group = await groupWithWebhook(setting);
  let covering: SeenGroup | null = null;
  if (group !== null) {
    const { place, hooks } = group;
    const outcome = await take(
      place,
      async () =>
        wishes.action === 'remove'
          ? { changes: planRemovalOfReceiver(hooks, place), advice: [] }
          : planHook(await groupWebhookFor(place, watched, setting), place, setting),
      setting,
    );
    yield outcome;
    // The projects keep their own webhooks until that of the group exists.
    if (outcome.refusal === null) covering = group;
  }
  for (const one of watched) {
    if ('project' in one) {
      const { project } = one;
      const ofProject = { ...setting, covering };
      const planOf = wishes.action === 'remove' ? planRemoval : planWatched;
      yield await take(project, () => planOf(project, ofProject), ofProject);
      continue;
    }
    const nothing = { changes: [], done: 0, advice: [], testedBy: null };
    yield { path: one.path, of: 'watched', ...nothing, refusal: refusalOf(one.refusal) };
  }
}
