import { neededEvents } from '../../bot/rules/needed-events.ts';
import { GitLabRefusedError, UsageError } from '../../errors.ts';
import type { ProjectSettings, Webhook } from '../../model/setup.ts';
import { switchesOfCommands } from '../../model/webhook-switch.ts';
import type { SetupPlan, WantedWebhook } from '../../setup/change.ts';
import { explainRefusal } from '../../setup/explain-refusal.ts';
import { signsDeliveries } from '../../setup/gitlab-version.ts';
import { fingerprintOfSecret } from '../../setup/markers.ts';
import { planLabels } from '../../setup/plan-labels.ts';
import { isReceiverWebhook, planReceiver, planRemovalOfReceiver } from '../../setup/plan-receiver.ts';
import { planRemovalOfLabels } from '../../setup/plan-removal.ts';
import { wantedReceiverWebhook } from '../../setup/receiver-webhook.ts';
import { fetchSettings } from '../fetch-settings.ts';
import { applySetupChange } from './apply.ts';
import { resendFailed } from './deliveries.ts';
import { testReceiver } from './test-receiver.ts';
import { fetchWatchedProjects, type Watched } from './watched.ts';
import type { ReceiverWish, SetupOutcome, SetupWishes, SetupWorld } from './wishes.ts';

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
      ...{ address, project: project.id, sslVerification, branches },
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

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: ReceiverWishes;
  /** Whether this GitLab signs deliveries. */
  readonly signs: boolean;
}

function joined(plans: readonly SetupPlan[]): SetupPlan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    advice: plans.flatMap(({ advice }) => advice),
  };
}

async function planWatched(project: ProjectSettings, { world, wishes, signs }: Setting): Promise<SetupPlan> {
  const { gitlab } = world;
  const { parts, rotate, receiver } = wishes;
  const plans: SetupPlan[] = [];
  if (parts.includes('webhook')) {
    const { wanted, advice } = await receiverWebhookFor(project, wishes, world);
    const hooks = await gitlab.fetchWebhooks(project.id);
    const fingerprint = fingerprintOfSecret(receiver.secretOf(project.id));
    const { id, path } = project;
    plans.push(planReceiver({ wanted, watched: { id, path }, hooks, fingerprint, signs, rotate }));
    plans.push({ changes: [], advice });
  }
  if (parts.includes('labels')) {
    const labels = await gitlab.fetchLabels(project.id, { inherited: true });
    plans.push({ changes: planLabels(labels, project), advice: [] });
  }
  return joined(plans);
}

async function planRemoval(project: ProjectSettings, { world, wishes }: Setting): Promise<SetupPlan> {
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

/** The webhook as it now is; there is none only without the part `webhook`. */
async function webhookOf(project: ProjectSettings, { world, wishes }: Setting): Promise<Webhook> {
  const { wanted } = await receiverWebhookFor(project, wishes, world);
  const hooks = await world.gitlab.fetchWebhooks(project.id);
  const own = hooks.filter((hook) => isReceiverWebhook(hook, wanted.url, project.id));
  const hook = own.find(({ url }) => url === wanted.url) ?? own[0];
  if (hook !== undefined) return hook;
  throw new GitLabRefusedError(`${project.path} has no webhook to a receiver`, {
    status: null,
    request: `webhooks of ${project.path}`,
    hint: 'run herald setup with --receiver and the part webhook first',
  });
}

/** What `--test` and `--resend` add, after the changes are made. */
async function resultsOf(project: ProjectSettings, setting: Setting): Promise<readonly string[]> {
  const { world, wishes } = setting;
  if (wishes.action === 'remove' || (!wishes.test && !wishes.resend)) return [];
  const hook = await webhookOf(project, setting);
  return [
    ...(wishes.test ? [await testReceiver(project, hook.id, world)] : []),
    ...(wishes.resend ? [await resendFailed(project.id, hook.id, world)] : []),
  ];
}

function refusalOf(error: unknown): NonNullable<SetupOutcome['refusal']> {
  if (!(error instanceof GitLabRefusedError)) throw error;
  return { message: error.message, hint: explainRefusal(error.message) ?? error.hint };
}

/** Plans one project and makes the changes in order; a refusal ends this project only. */
async function take(project: ProjectSettings, setting: Setting): Promise<SetupOutcome> {
  const { wishes } = setting;
  let plan: SetupPlan = { changes: [], advice: [] };
  let done = 0;
  let results: readonly string[] = [];
  let refusal: SetupOutcome['refusal'] = null;
  try {
    plan = await (wishes.action === 'remove' ? planRemoval(project, setting) : planWatched(project, setting));
    if (!wishes.planOnly) {
      for (const change of plan.changes) {
        await applySetupChange(change, { ...setting, facts: { bot: project } });
        done += 1;
      }
      results = await resultsOf(project, setting);
    }
  } catch (error) {
    refusal = refusalOf(error);
  }
  const { changes, advice } = plan;
  return { path: project.path, of: 'watched', changes, done, advice, refusal, testedBy: null, results };
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
 * Gives each watched project a webhook to a receiver, with a secret of its own, or takes those webhooks away. A second
 * run writes nothing, and the next run continues an interrupted one. Yields the outcome of each project as soon as it
 * is known; a refusal ends one project only.
 */
export async function* setupReceiver(
  wishes: ReceiverWishes,
  world: SetupWorld,
): AsyncGenerator<SetupOutcome> {
  const signs = signsDeliveries(await world.gitlab.fetchServerVersion());
  for (const one of await watchedProjects(wishes, world)) {
    if ('project' in one) {
      yield await take(one.project, { world, wishes, signs });
      continue;
    }
    const nothing = { changes: [], done: 0, advice: [], testedBy: null };
    yield { path: one.path, of: 'watched', ...nothing, refusal: refusalOf(one.refusal) };
  }
}
