import type { Trigger, Webhook } from '../model/setup.ts';
import { adviceOnUnknownSwitches } from './advice-on-unknown-switches.ts';
import type { Place, SetupChange, SetupPlan, WantedWebhook } from './change.ts';
import { differencesOf } from './change.ts';
import { hookDescription, readHookDescription, readTriggerDescription, tokenVariable } from './markers.ts';

/** Facts about one watched project's webhook and its token in the bot's project. */
export interface WebhookSituation {
  readonly wanted: WantedWebhook;
  readonly watched: Place;
  readonly bot: Place;
  /** All webhooks of the watched project. */
  readonly hooks: readonly Webhook[];
  /** All trigger tokens of the bot's project. */
  readonly triggers: readonly Trigger[];
  /** Users whose tokens start no pipelines any more. */
  readonly staleOwners: ReadonlySet<number>;
  readonly now: Date;
  /** Whether to replace the token even though nothing is wrong with it. */
  readonly rotate: boolean;
}

/** The part of an address that says which project's pipelines it starts. */
function startOf(url: string): string {
  const at = url.indexOf('/ref/');
  return at < 0 ? url : url.slice(0, at + '/ref/'.length);
}

/** True for a webhook that an earlier run made, for this bot. */
export function isOwnWebhook(hook: Webhook, wantedUrl: string, bot: Place): boolean {
  const mark = readHookDescription(hook.description);
  if (mark !== null) return mark.botProject === bot.id;
  return startsPipelinesOf(hook, wantedUrl) && hook.url.endsWith(`?token={${tokenVariable}}`);
}

function startsPipelinesOf(hook: Webhook, wantedUrl: string): boolean {
  return hook.url.startsWith(startOf(wantedUrl));
}

/** The token that a webhook was created with, if it still exists. */
function triggerOf(hook: Webhook, own: readonly Trigger[], all: readonly Trigger[]): Trigger | null {
  const mark = readHookDescription(hook.description);
  if (mark !== null) return all.find(({ id }) => id === mark.trigger) ?? null;
  const [only, ...others] = own;
  return only !== undefined && others.length === 0 ? only : null;
}

function whyTokenIsNoGood(trigger: Trigger | null, { staleOwners, now }: WebhookSituation): string | null {
  if (trigger === null) return 'its trigger token no longer exists';
  if (trigger.expiresAt !== null && Date.parse(trigger.expiresAt) <= now.getTime())
    return 'its trigger token has expired';
  if (trigger.owner === null) return 'the user who created its trigger token no longer exists';
  if (!trigger.owner.active || staleOwners.has(trigger.owner.id))
    return `its trigger token belongs to @${trigger.owner.username}, who cannot start pipelines there any more`;
  return null;
}

/** Why a webhook must be replaced; null when it can stay. Nobody can read or change its masked token. */
function whyReplace(hook: Webhook, trigger: Trigger | null, situation: WebhookSituation): string | null {
  if (hook.url !== situation.wanted.url) return 'its address is not the right one';
  if (!hook.urlVariables.includes(tokenVariable)) return 'the token in its address is missing';
  return whyTokenIsNoGood(trigger, situation) ?? (situation.rotate ? 'you asked to rotate its token' : null);
}

/** An own webhook with its token. */
interface OwnWebhook {
  readonly hook: Webhook;
  readonly trigger: Trigger | null;
}

/**
 * The webhook with the newest token among those that can stay, else any: after an interrupted rotation, the older token
 * is the one to delete. Ids of triggers only grow.
 */
function keptOf(own: readonly OwnWebhook[], situation: WebhookSituation): OwnWebhook | null {
  const quiet = { ...situation, rotate: false };
  const newestFirst = [...own].sort((a, b) => (b.trigger?.id ?? 0) - (a.trigger?.id ?? 0));
  const healthy = newestFirst.find(({ hook, trigger }) => whyReplace(hook, trigger, quiet) === null);
  return healthy ?? newestFirst[0] ?? null;
}

/**
 * A token newer than that of the webhook was created to replace it, by a run that was interrupted before it created the
 * webhook.
 */
function whyOutdated(trigger: Trigger | null, ownTriggers: readonly Trigger[]): string | null {
  const isOutdated = trigger !== null && ownTriggers.some(({ id }) => id > trigger.id);
  return isOutdated ? 'an interrupted run was about to replace its token' : null;
}

function planKept(
  { hook, trigger }: OwnWebhook,
  ownTriggers: readonly Trigger[],
  situation: WebhookSituation,
): readonly SetupChange[] {
  const { wanted, watched, bot } = situation;
  const why = whyReplace(hook, trigger, situation) ?? whyOutdated(trigger, ownTriggers);
  if (why !== null || trigger === null)
    return [{ do: 'make-webhook', in: watched, hook: wanted, replaces: hook.id, why: why ?? '' }];
  const settings = { ...wanted, description: hookDescription(bot.id, trigger.id) };
  const { name, description, template, sslVerification, branchFilter, switches } = settings;
  const differences = differencesOf(
    {
      ...hook.switches,
      name: hook.name,
      description: hook.description,
      template: hook.template,
      sslVerification: hook.sslVerification,
      branchFilter: hook.branchFilter,
    },
    { name, description, ...switches, template, sslVerification, branchFilter },
  );
  return differences.length === 0
    ? []
    : [{ do: 'change-webhook', in: watched, id: hook.id, hook: settings, differences }];
}

function adviceOn(
  hooks: readonly Webhook[],
  kept: Webhook | null,
  situation: WebhookSituation,
): readonly string[] {
  const { wanted, watched, bot } = situation;
  const foreign = hooks.filter(
    (hook) => startsPipelinesOf(hook, wanted.url) && !isOwnWebhook(hook, wanted.url, bot),
  );
  return [
    ...foreign.map(
      ({ id }) =>
        `webhook ${id} of ${watched.path} starts pipelines of ${bot.path}too, and herald setup did not create it: each event arrives twice`,
    ),
    ...adviceOnUnknownSwitches(kept, wanted.switches),
    ...(kept !== null && kept.state !== 'working'
      ? [
          `GitLab has switched webhook ${kept.id} of ${watched.path} off ${kept.state === 'off' ? 'until a test succeeds' : 'for a while'}, because deliveries failed: see its recent events, fix the cause, then run herald setup --test`,
        ]
      : []),
  ];
}

/**
 * Plans the webhook of a watched project and its trigger token: creates, repairs or replaces them, and deletes
 * duplicates. After the plan was carried out, a second plan is empty. Webhooks and tokens that Herald did not create
 * stay untouched.
 */
export function planWebhook(situation: WebhookSituation): SetupPlan {
  const { wanted, watched, bot, hooks, triggers } = situation;
  const ownTriggers = triggers.filter(
    ({ description }) => readTriggerDescription(description) === watched.id,
  );
  const own = hooks
    .filter((hook) => isOwnWebhook(hook, wanted.url, bot))
    .map((hook) => ({ hook, trigger: triggerOf(hook, ownTriggers, triggers) }));
  const kept = keptOf(own, situation);
  const webhookChanges: readonly SetupChange[] =
    kept === null
      ? [{ do: 'make-webhook', in: watched, hook: wanted, replaces: null, why: 'there is none' }]
      : planKept(kept, ownTriggers, situation);
  const staysInUse = webhookChanges.every((change) => change.do !== 'make-webhook')
    ? kept?.trigger?.id
    : undefined;
  return {
    changes: [
      ...webhookChanges,
      ...own
        .filter((one) => one !== kept)
        .map(
          ({ hook: { id } }): SetupChange => ({
            do: 'delete-webhook',
            in: watched,
            id,
            why: 'it is a second one',
          }),
        ),
      ...ownTriggers
        .filter(({ id }) => id !== staysInUse)
        .map(
          ({ id }): SetupChange => ({
            do: 'delete-trigger',
            in: bot,
            id,
            why: 'no webhook uses it any more',
          }),
        ),
    ],
    advice: adviceOn(hooks, kept?.hook ?? null, situation),
  };
}
