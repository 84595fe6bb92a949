import type { Trigger, Webhook } from '../model/setup.ts';
import { forbiddenSwitches, switchesOfCommands } from '../model/webhook-switch.ts';
import type { SetupChange, SetupPlan, WantedWebhook } from '../setup/change.ts';
import { describeChanges, eventWords } from '../setup/describe-change.ts';
import { readHookDescription, triggerDescription } from '../setup/markers.ts';
import { planWebhook } from '../setup/plan-webhook.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';
import { flagsOfWebhook, setupLine } from './setup-line.ts';
import {
  adoptWebhook,
  type BotOfWebhooks,
  findStandingWebhook,
  type Given,
  originsOf,
  type StandingWebhook,
} from './standing-webhook.ts';

/** Facts about a watched project's webhooks. */
export interface WebhookSigns extends BotOfWebhooks {
  /** With the events of the project's rules. */
  readonly watched: { readonly id: number; readonly path: string };
  readonly hooks: readonly Webhook[];
  /** Null where the token cannot see them. */
  readonly triggers: readonly Trigger[] | null;
  /** Users whose tokens start no pipelines any more. */
  readonly staleOwners: ReadonlySet<number>;
  /** Events that the rules of the project are about. */
  readonly ofRules: readonly string[];
  readonly given: Given;
  readonly now: Date;
}

interface Judged {
  readonly signs: WebhookSigns;
  readonly standing: StandingWebhook | null;
  /** The webhook as it was chosen. */
  readonly chosen: WantedWebhook;
}

function remedyOf({ signs, chosen }: Judged, needed: readonly string[]): string {
  const { bot, watched, wanted, given } = signs;
  const flags = flagsOfWebhook(chosen, { bot, byDefault: wanted, given, needed });
  return `run ${setupLine({ part: 'webhook', bot, watched, flags })}`;
}

function topicOf({ watched }: WebhookSigns): Topic {
  return { project: watched.path, about: 'webhook' };
}

function inWords(switches: readonly string[]): string {
  const names = switches.map((name) => name.replace(/_events$/, ''));
  return names.map((name) => eventWords[name] ?? name).join(', ');
}

/** Events that do harm, and needed events that no webhook sends. */
function checkEvents(judged: Judged): readonly Check[] {
  const { signs, standing } = judged;
  if (standing === null || signs.given.has('events')) return [];
  const topic = topicOf(signs);
  const { id, switches } = standing.hook;
  const harmful = Object.entries(forbiddenSwitches).filter(([name]) => switches[name] === true);
  const unknown = signs.ofRules.filter((name) => !Object.hasOwn(switches, name));
  const ofRules = signs.ofRules.filter((name) => switches[name] === false);
  const ofCommands = switchesOfCommands.filter((name) => switches[name] === false && !ofRules.includes(name));
  const all = remedyOf(judged, [...ofRules, ...ofCommands]);
  return [
    ...harmful.map(([name, reason]) =>
      problem(topic, `webhook ${id} sends ${name}: ${reason}`, 'switch it off: Settings > Webhooks'),
    ),
    ...ofRules.map((name) =>
      problem(
        topic,
        `rules need ${inWords([name])}, but webhook ${id} does not send them`,
        remedyOf(judged, ofRules),
      ),
    ),
    ...unknown.map((name) =>
      warning(topic, `rules need ${inWords([name])}, but this GitLab cannot send them`, 'update GitLab'),
    ),
    ...(ofCommands.length === 0
      ? []
      : [
          warning(
            topic,
            `webhook ${id} sends no ${inWords(ofCommands)}: commands there wait for the sweep`,
            `${all}, or name the events that you want with herald doctor --events`,
          ),
        ]),
  ];
}

/** Webhooks that GitLab has switched off. Source: https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks */
function checkState({ signs, standing }: Judged): readonly Check[] {
  if (standing === null || standing.hook.state === 'working') return [];
  const { id, state } = standing.hook;
  const words =
    state === 'paused'
      ? `GitLab paused webhook ${id} after failed deliveries and will try again by itself`
      : `GitLab switched webhook ${id} off after failed deliveries`;
  const remedy =
    'look at its recent events (Settings > Webhooks), fix the cause, and let GitLab test it, there or with herald setup --test';
  return [problem(topicOf(signs), words, remedy)];
}

/** Where it goes, and whether its token can be read there. */
function checkAddress({ signs, standing }: Judged): readonly Check[] {
  const address = standing?.address ?? null;
  if (standing === null || address === null) return [];
  const { hook, isOwn } = standing;
  const topic = topicOf(signs);
  const checks: Check[] = [];
  if (!originsOf(signs).includes(address.origin))
    checks.push(
      warning(
        topic,
        `webhook ${hook.id} goes to ${address.origin}, which is not the address of this GitLab that is used here`,
        'check that this address is yours and that its deliveries arrive: Settings > Webhooks',
      ),
    );
  if (!isOwn && address.token !== null && !/\{[^{}]+\}/.test(address.token))
    checks.push(
      warning(
        topic,
        `webhook ${hook.id} shows its trigger token in its address`,
        'create a new token and mask it in the address: Settings > Webhooks',
      ),
    );
  return checks;
}

/**
 * The template of another version of Herald says so by its mark, and is understood: `src/webhooks/payload-template.ts`.
 */
function isOlderTemplate(change: SetupChange, { standing }: Judged): boolean {
  const isMarked = /"herald_template"\s*:/.test(standing?.hook.template ?? '');
  return (
    isMarked && change.do === 'change-webhook' && change.differences.every(({ name }) => name === 'template')
  );
}

function checkOfChange(change: SetupChange, judged: Judged): Check {
  const topic = topicOf(judged.signs);
  const remedy = remedyOf(judged, []);
  if (change.do === 'make-webhook' && change.replaces !== null)
    return problem(topic, `webhook ${change.replaces} does not work: ${change.why}`, remedy);
  if (isOlderTemplate(change, judged))
    return warning(topic, 'its payload template is from another version of Herald', remedy);
  const text = describeChanges([change])
    .map((one) => one.text)
    .join();
  if (change.do === 'make-webhook') return problem(topic, `missing: ${text}`, remedy);
  // Something that nobody uses does no harm yet.
  return change.do === 'delete-trigger' ? warning(topic, text, remedy) : problem(topic, text, remedy);
}

/** Changes that add nothing: a changed description, and the token of a webhook that does not work. */
function isIdle(change: SetupChange, { changes }: SetupPlan): boolean {
  if (change.do === 'delete-trigger') return changes.some((one) => one.do === 'make-webhook');
  return change.do === 'change-webhook' && change.differences.every(({ name }) => name === 'description');
}

/** Where the tokens may not be seen, each webhook is taken to have its own, so that the rest of it can be judged. */
function assumedTriggers({ hooks, watched, now }: WebhookSigns): readonly Trigger[] {
  const whole = { owner: { id: 0, username: '', active: true }, expiresAt: null };
  const marked = hooks.flatMap(({ description }) => {
    const mark = readHookDescription(description);
    return mark === null ? [] : [{ ...whole, id: mark.trigger, description: '' }];
  });
  if (marked.length > 0) return marked;
  return [{ ...whole, id: 0, description: triggerDescription(watched.id, now) }];
}

/** What herald setup would fix if it got the same options as before. */
function planOf({ signs, standing, chosen }: Judged): SetupPlan {
  if (standing !== null && !standing.isOwn) return { changes: [], advice: [] };
  const { watched, bot, hooks, staleOwners, now } = signs;
  const triggers = signs.triggers ?? assumedTriggers(signs);
  const plan = planWebhook({
    wanted: chosen,
    watched,
    bot,
    // `checkState` reports a webhook that is switched off.
    hooks: hooks.map((hook) => ({ ...hook, state: 'working' as const })),
    triggers,
    staleOwners,
    now,
    rotate: false,
  });
  if (signs.triggers !== null) return plan;
  return { ...plan, changes: plan.changes.filter((change) => change.do !== 'delete-trigger') };
}

/**
 * The webhook of a watched project: there, for the events that are needed, with a token that works, and not switched
 * off. Choices made by options of herald setup are read back from it and count as right, and so does a webhook
 * that was made by hand.
 */
export function checkWebhook(signs: WebhookSigns): readonly Check[] {
  const standing = findStandingWebhook(signs.hooks, signs);
  const chosen = standing === null ? signs.wanted : adoptWebhook(signs.wanted, standing, signs.given);
  const judged: Judged = { signs, standing, chosen };
  const plan = planOf(judged);
  const topic = topicOf(signs);
  const checks = [
    ...plan.changes.filter((change) => !isIdle(change, plan)).map((change) => checkOfChange(change, judged)),
    ...checkEvents(judged),
    ...checkAddress(judged),
    ...checkState(judged),
    ...plan.advice.map((words) => warning(topic, words, null)),
  ];
  return checks.length > 0 ? checks : [fine(topic.project, topic.about, 'as it should be')];
}
