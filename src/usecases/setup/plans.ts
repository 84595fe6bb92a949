import { neededEvents } from '../../bot/rules/needed-events.ts';
import { UsageError } from '../../errors.ts';
import type { ProjectSettings, ProjectVariable, Schedule, Trigger } from '../../model/setup.ts';
import { forbiddenSwitches } from '../../model/webhook-switch.ts';
import type { SetupPlan, WantedWebhook } from '../../setup/change.ts';
import { hidesVariables } from '../../setup/gitlab-version.ts';
import { fingerprintOf, readTriggerDescription, scheduleDescription } from '../../setup/markers.ts';
import { planLabels } from '../../setup/plan-labels.ts';
import { planOverrideRole } from '../../setup/plan-override-role.ts';
import { planQueue } from '../../setup/plan-queue.ts';
import {
  holdsAccountToken,
  planRemovalOfBot,
  planRemovalOfLabels,
  planRemovalOfTokens,
  planRemovalOfWebhook,
} from '../../setup/plan-removal.ts';
import { planSchedule } from '../../setup/plan-schedule.ts';
import { planSecret, type SecretSituation } from '../../setup/plan-secret.ts';
import { planWebhook } from '../../setup/plan-webhook.ts';
import { withEvents } from '../../setup/wanted-webhook.ts';
import { fetchSettings } from '../fetch-settings.ts';
import { fetchBotAccount } from './account.ts';
import type { SetupFacts, SetupPart, SetupWishes, SetupWorld } from './wishes.ts';

interface Setting {
  readonly world: SetupWorld;
  readonly wishes: SetupWishes;
  readonly facts: SetupFacts;
}

const nothing: SetupPlan = { changes: [], advice: [] };

function joined(plans: readonly SetupPlan[]): SetupPlan {
  return {
    changes: plans.flatMap(({ changes }) => changes),
    advice: plans.flatMap(({ advice }) => advice),
  };
}

interface Listening {
  readonly wanted: WantedWebhook;
  readonly advice: readonly string[];
}

/** GitLab starts no pipeline from some events that rules may be about. */
function adviceOn(needed: readonly string[]): readonly string[] {
  const impossible = needed.filter((name) => Object.hasOwn(forbiddenSwitches, name));
  if (impossible.length === 0) return [];
  return [
    `rules are about ${impossible.join(' and ')}, which start no pipeline: they need a receiver, see herald serve`,
  ];
}

/**
 * The webhook with the events that the project's rules need. If the configuration is wrong, the rules get no events.
 */
async function webhookFor(watched: ProjectSettings, { world, wishes, facts }: Setting): Promise<Listening> {
  const { webhook } = facts;
  if (wishes.events.length > 0) return { wanted: webhook, advice: [] };
  try {
    const { rules } = await fetchSettings(watched, { gitlab: world.gitlab, config: wishes.config });
    const needed = neededEvents(rules);
    return { wanted: withEvents(webhook, needed, wishes.branches), advice: adviceOn(needed) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const advice = `the webhook is created without the events of rules, because ${error.message}`;
    return { wanted: webhook, advice: [advice] };
  }
}

/** What a watched project needs. */
export async function planWatched(watched: ProjectSettings, setting: Setting): Promise<SetupPlan> {
  const { world, wishes, facts } = setting;
  const { gitlab, clock } = world;
  const { bot, triggers, staleOwners } = facts;
  const has = (part: SetupPart): boolean => wishes.parts.includes(part);
  const { wanted, advice } = await webhookFor(watched, setting);
  const webhook = has('webhook')
    ? planWebhook({
        wanted,
        watched,
        bot,
        hooks: await gitlab.fetchWebhooks(watched.id),
        triggers,
        staleOwners,
        now: clock.now(),
        rotate: wishes.rotate,
      })
    : nothing;
  const labels = has('labels')
    ? planLabels(await gitlab.fetchLabels(watched.id, { inherited: true }), watched)
    : [];
  return joined([webhook, { changes: labels, advice }]);
}

async function fetchOwnSchedules({ world, facts }: Setting): Promise<readonly Schedule[]> {
  const heads = await world.gitlab.fetchSchedules(facts.bot.id);
  const own = heads.filter(({ description }) => description === scheduleDescription);
  const schedules: Schedule[] = [];
  for (const { id } of own) schedules.push(await world.gitlab.fetchSchedule(facts.bot.id, id));
  return schedules;
}

type Given = SecretSituation['given'];

/** Readers of the instructions have the token; an existing token counts as the right one. */
const whateverIsThere: Given = { fingerprint: '', isValueFound: true };

function givenToken(botToken: SetupWishes['botToken'], found: ProjectVariable | null): Given {
  if (botToken === null) return null;
  const { value } = botToken;
  return { fingerprint: fingerprintOf(value), isValueFound: found?.value === value };
}

async function planToken({ world, wishes, facts }: Setting): Promise<SetupPlan> {
  const { gitlab } = world;
  const { bot, ref } = facts;
  const { tokenKey: key, botToken, protectToken, action } = wishes;
  const found = await gitlab.fetchVariable(bot.id, key, 'everywhere');
  const aside = await gitlab.fetchVariable(bot.id, key, 'aside');
  // Asked only where it makes a difference.
  const hides = found?.hidden === false && hidesVariables(await gitlab.fetchServerVersion());
  const given = action === 'instruct' ? whateverIsThere : givenToken(botToken, found);
  const isBranchProtected = protectToken ? await gitlab.fetchBranchProtection(bot.id, ref) : true;
  const plan = planSecret({
    bot,
    key,
    found,
    aside,
    hides,
    given,
    givenIn: 'HERALD_BOT_TOKEN',
    protected: protectToken,
  });
  const branchAdvice =
    isBranchProtected === null
      ? [`${bot.path} has no branch ${ref}`]
      : isBranchProtected
        ? []
        : [
            `the branch ${ref} of ${bot.path} is not protected, so its pipelines do not get the protected variable ${key}: protect it`,
          ];
  // The step of the account has seen to the variable, or has said why not.
  return joined([wishes.makesBot ? nothing : plan, { changes: [], advice: branchAdvice }]);
}

/** Settings that stop the bot no matter what is set up. */
function adviceOnBot({ path, ciEnabled }: ProjectSettings): readonly string[] {
  return [
    ...(ciEnabled
      ? []
      : [`CI/CD is switched off in ${path}: switch it on, because pipelines cannot run there`]),
  ];
}

/** What the bot's own project needs. */
export async function planBot(setting: Setting): Promise<SetupPlan> {
  const { world, wishes, facts } = setting;
  const { bot, schedule: wanted, userId } = facts;
  const has = (part: SetupPart): boolean => wishes.parts.includes(part);
  const schedules = has('schedule')
    ? planSchedule(await fetchOwnSchedules(setting), { bot, wanted, userId })
    : [];
  return joined([
    { changes: [], advice: adviceOnBot(bot) },
    has('token') ? await planToken(setting) : nothing,
    { changes: schedules, advice: [] },
    has('pipeline-variables') && bot.minimumOverrideRole !== null
      ? planOverrideRole(bot, await world.gitlab.fetchServerVersion())
      : nothing,
    has('queue')
      ? planQueue(await world.gitlab.fetchResourceGroups(bot.id), { bot, name: wishes.resourceGroup })
      : nothing,
  ]);
}

/** What `herald setup` made in a watched project. */
export async function planRemovalOfWatched(
  watched: ProjectSettings,
  { world, wishes, facts }: Setting,
): Promise<SetupPlan> {
  const { gitlab } = world;
  const { bot, triggers, webhook } = facts;
  const has = (part: SetupPart): boolean => wishes.parts.includes(part);
  const webhooks = has('webhook')
    ? planRemovalOfWebhook({
        watched,
        bot,
        hooks: await gitlab.fetchWebhooks(watched.id),
        triggers,
        url: webhook.url,
      })
    : [];
  const labels = has('labels')
    ? planRemovalOfLabels(await gitlab.fetchLabels(watched.id, { inherited: false }), watched)
    : [];
  return { changes: [...webhooks, ...labels], advice: [] };
}

/** What `herald setup` made in the bot's own project, unless a project is left that is watched. */
export async function planRemovalOfBotProject(
  removed: readonly ProjectSettings[],
  setting: Setting,
): Promise<SetupPlan> {
  const { world, wishes, facts } = setting;
  const { gitlab } = world;
  const { bot, triggers } = facts;
  const has = (part: SetupPart): boolean => wishes.parts.includes(part);
  const others = triggers.filter((trigger: Trigger) => {
    const project = readTriggerDescription(trigger.description);
    return project !== null && !removed.some(({ id }) => id === project);
  });
  if (others.length > 0)
    return {
      changes: [],
      advice: [
        `the token and the schedule of ${bot.path} stay: other projects are watched (${others.length})`,
      ],
    };
  const key = wishes.tokenKey;
  const variable = has('token') ? await gitlab.fetchVariable(bot.id, key, 'everywhere') : null;
  // First, so that an interrupted run leaves the variable, by which the next one knows that there are tokens.
  const tokens = holdsAccountToken(variable)
    ? planRemovalOfTokens(await fetchBotAccount(removed, setting), { bot, key })
    : nothing;
  const rest = planRemovalOfBot({
    bot,
    variable,
    aside: has('token') ? await gitlab.fetchVariable(bot.id, wishes.tokenKey, 'aside') : null,
    schedules: has('schedule') ? await gitlab.fetchSchedules(bot.id) : [],
  });
  return joined([tokens, rest]);
}
