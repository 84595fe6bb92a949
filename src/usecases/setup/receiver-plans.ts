/** What a receiver's webhooks should be like, in projects and groups, as plans. */
import { neededEvents } from '../../bot/rules/needed-events.ts';
import { UsageError } from '../../errors.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import { switchesOfCommands } from '../../model/webhook-switch.ts';
import {
  type GroupPlace,
  type Place,
  type SetupPlan,
  type WantedWebhook,
  webhookOwnerOf,
} from '../../setup/change.ts';
import { fingerprintOfSecret } from '../../setup/markers.ts';
import { planLabels } from '../../setup/plan-labels.ts';
import { planReceiver, planRemovalOfReceiver } from '../../setup/plan-receiver.ts';
import { planRemovalOfLabels } from '../../setup/plan-removal.ts';
import { wantedReceiverWebhook } from '../../setup/receiver-webhook.ts';
import { fetchSettings } from '../fetch-settings.ts';
import {
  type DeliveringGroup,
  type GroupWebhooks,
  missingSwitches,
  type SeenGroup,
} from './group-webhook.ts';
import type { Watched } from './watched.ts';
import type { ReceiverWish, SetupWishes, SetupWorld } from './wishes.ts';

export interface ReceiverWishes extends SetupWishes {
  readonly receiver: ReceiverWish;
}

/** What a receiver's webhook should be like, and what to know about that. */
export interface WantedReceiver {
  readonly wanted: WantedWebhook;
  readonly advice: readonly string[];
}

/**
 * The webhook with the events that commands, reports and the project's rules need. Pipeline events are always among
 * them: a receiver reports a pipeline when it ends. If the configuration is wrong, the rules get no events.
 */
export async function receiverWebhookFor(
  project: ProjectSettings,
  wishes: ReceiverWishes,
  { gitlab }: Pick<SetupWorld, 'gitlab'>,
): Promise<WantedReceiver> {
  const { sslVerification, branches, receiver, config } = wishes;
  const { address } = receiver;
  const withEvents = (events: readonly string[], advice: readonly string[] = []): WantedReceiver => ({
    wanted: wantedReceiverWebhook({
      ...{ address, owner: project.id, sslVerification, branches },
      events: [...events, 'pipeline_events'],
    }),
    advice,
  });
  if (wishes.events.length > 0) return withEvents(wishes.events);
  try {
    const { rules } = await fetchSettings(project, { gitlab, config });
    return withEvents([...switchesOfCommands, ...neededEvents(rules)]);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return withEvents(switchesOfCommands, [
      `the webhook is created without the events of rules, because ${error.message}`,
    ]);
  }
}

/** What all projects of one run share. */
export interface ReceiverSetting {
  readonly world: SetupWorld;
  readonly wishes: ReceiverWishes;
  /** Whether this GitLab signs deliveries. */
  readonly signs: boolean;
  readonly groups: GroupWebhooks;
  /** The group whose webhook this run has made or found good; null where each project needs one. */
  readonly covering: SeenGroup | null;
}

function joined(plans: readonly SetupPlan[]): SetupPlan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    advice: plans.flatMap(({ advice }) => advice),
  };
}

/** What is planned for one webhook, of a project or a group. */
export async function planHook(
  { wanted, advice }: WantedReceiver,
  watched: Place | GroupPlace,
  { world, wishes, signs }: ReceiverSetting,
): Promise<SetupPlan> {
  const owner = webhookOwnerOf(watched);
  const hooks = await world.gitlab.fetchWebhooks(owner);
  const fingerprint = fingerprintOfSecret(wishes.receiver.secretOf(owner));
  const plan = planReceiver({ wanted, watched, hooks, fingerprint, signs, rotate: wishes.rotate });
  return joined([plan, { changes: [], advice }]);
}

/** The webhook of a group delivers already: one of the project's own would deliver everything twice. */
async function planCovered(
  project: ProjectSettings,
  covering: DeliveringGroup | null,
  { world, wishes, covering: ofThisRun }: ReceiverSetting,
): Promise<SetupPlan> {
  const { id, path } = project;
  const group = covering?.place.path ?? ofThisRun?.place.path ?? '';
  const why = `the webhook of the group ${group} delivers its events`;
  const hooks = await world.gitlab.fetchWebhooks(id);
  const changes = planRemovalOfReceiver(hooks, { id, path }, why);
  if (covering === null) return { changes, advice: [] };
  const { wanted, advice } = await receiverWebhookFor(project, wishes, world);
  const missing = missingSwitches(wanted, covering);
  const lacks = `the webhook of the group ${group} has these off: ${missing.join(', ')}. Run herald setup with --receiver and --group ${group}`;
  return { changes, advice: missing.length === 0 ? advice : [...advice, lacks] };
}

/** What a watched project needs. */
export async function planWatched(project: ProjectSettings, setting: ReceiverSetting): Promise<SetupPlan> {
  const { gitlab } = setting.world;
  const { parts } = setting.wishes;
  const { id, path } = project;
  const plans: SetupPlan[] = [];
  if (parts.includes('webhook')) {
    const above = setting.covering === null ? await setting.groups.deliveringAbove(project.path) : null;
    plans.push(
      above === null && setting.covering === null
        ? await planHook(
            await receiverWebhookFor(project, setting.wishes, setting.world),
            { id, path },
            setting,
          )
        : await planCovered(project, above, setting),
    );
  }
  if (parts.includes('labels')) {
    const labels = await gitlab.fetchLabels(project.id, { inherited: true });
    plans.push({ changes: planLabels(labels, project), advice: [] });
  }
  return joined(plans);
}

/** What `herald setup --receiver` made in a watched project. */
export async function planRemoval(
  project: ProjectSettings,
  { world, wishes }: ReceiverSetting,
): Promise<SetupPlan> {
  const { gitlab } = world;
  const { id, path } = project;
  const webhooks = wishes.parts.includes('webhook')
    ? planRemovalOfReceiver(await gitlab.fetchWebhooks(id), { id, path })
    : [];
  const labels = wishes.parts.includes('labels')
    ? planRemovalOfLabels(await gitlab.fetchLabels(id, { inherited: false }), project)
    : [];
  return { changes: [...webhooks, ...labels], advice: [] };
}

/** The events that any project of a group needs: its one webhook is for all of them. */
export async function groupWebhookFor(
  place: GroupPlace,
  watched: readonly Watched[],
  { wishes, world }: ReceiverSetting,
): Promise<WantedReceiver> {
  const events = new Set<string>();
  const advice: string[] = [];
  for (const one of watched) {
    if (!('project' in one)) continue;
    const ofProject = await receiverWebhookFor(one.project, wishes, world);
    for (const [name, on] of Object.entries(ofProject.wanted.switches)) if (on) events.add(name);
    advice.push(...ofProject.advice.map((text) => `${one.project.path}: ${text}`));
  }
  const { sslVerification, branches, receiver } = wishes;
  const owner = webhookOwnerOf(place);
  const wanted = { address: receiver.address, owner, sslVerification, branches, events: [...events] };
  return { wanted: wantedReceiverWebhook(wanted), advice };
}
