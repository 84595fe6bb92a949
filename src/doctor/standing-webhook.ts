import type { ProjectSettings, Webhook } from '../model/setup.ts';
import type { WantedWebhook } from '../setup/change.ts';
import { readHookDescription, tokenVariable } from '../setup/markers.ts';
import { isOwnWebhook } from '../setup/plan-webhook.ts';
import { readTriggerAddress, type TriggerAddress } from './trigger-address.ts';

/** The webhook that starts the bot for a watched project, no matter who created it. */
export interface StandingWebhook {
  readonly hook: Webhook;
  /** Null where herald setup created it, but it does not start pipelines of the bot. */
  readonly address: TriggerAddress | null;
  /** Whether herald setup created it; otherwise somebody created it by hand. */
  readonly isOwn: boolean;
}

/** Facts that distinguish webhooks of the bot from others. */
export interface BotOfWebhooks {
  readonly bot: ProjectSettings;
  /** As herald setup would create it by default. */
  readonly wanted: WantedWebhook;
}

function originOf(url: string): string {
  return (/^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? '').toLowerCase();
}

/** Where this GitLab is known to answer: as it calls itself, and as it was asked. */
export function originsOf({ bot, wanted }: BotOfWebhooks): readonly string[] {
  return [originOf(bot.url), originOf(wanted.url)].filter((origin) => origin !== '');
}

function ofBot(hook: Webhook, { bot }: BotOfWebhooks): TriggerAddress | null {
  const address = readTriggerAddress(hook.url);
  return address !== null && [String(bot.id), bot.path].includes(address.project) ? address : null;
}

/** Id of the token that it was made with: herald setup keeps the newest. */
function tokenOf({ description }: Webhook): number {
  return readHookDescription(description)?.trigger ?? 0;
}

/**
 * The webhook of a project that starts the bot: one that herald setup made, before one that was made by hand and starts
 * pipelines of the same project of the same GitLab; null when there is none.
 */
export function findStandingWebhook(hooks: readonly Webhook[], world: BotOfWebhooks): StandingWebhook | null {
  const { bot, wanted } = world;
  const own = hooks
    .filter((hook) => isOwnWebhook(hook, wanted.url, bot))
    .sort((a, b) => tokenOf(b) - tokenOf(a));
  const usable = own.find((hook) => hook.urlVariables.includes(tokenVariable) && ofBot(hook, world) !== null);
  const hook = usable ?? own[0];
  if (hook !== undefined) return { hook, address: ofBot(hook, world), isOwn: true };
  const origins = originsOf(world);
  for (const other of hooks) {
    const address = ofBot(other, world);
    if (address !== null && origins.includes(address.origin)) return { hook: other, address, isOwn: false };
  }
  return null;
}

/** Names of the given options; settings of other options count as right. */
export type Given = ReadonlySet<string>;

/** An address of this bot is right, unless it names another branch than the given one. */
function urlOf(wanted: WantedWebhook, { hook, address }: StandingWebhook, given: Given): string {
  const isRefRight = !given.has('ref') || address?.ref === readTriggerAddress(wanted.url)?.ref;
  return address !== null && isRefRight ? hook.url : wanted.url;
}

/** The webhook as it should be. A choice made by an option that is not given here counts as right. */
export function adoptWebhook(wanted: WantedWebhook, standing: StandingWebhook, given: Given): WantedWebhook {
  const { hook } = standing;
  const isFilterGiven = given.has('branches') && wanted.switches['push_events'] === true;
  const isWhole = hook.template === '' && !given.has('template');
  return {
    url: urlOf(wanted, standing, given),
    name: hook.name ?? wanted.name,
    switches: given.has('events') ? wanted.switches : hook.switches,
    template: isWhole ? '' : wanted.template,
    sslVerification: given.has('sslVerification') ? wanted.sslVerification : hook.sslVerification,
    branchFilter: isFilterGiven ? wanted.branchFilter : hook.branchFilter,
  };
}
