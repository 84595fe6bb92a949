import { neededEvents } from '../../bot/rules/needed-events.ts';
import type { BotSettings } from '../../bot/settings.ts';
import type { RoleSubject } from '../../doctor/bots-user.ts';
import { type Check, fine, problem, type Topic, warning } from '../../doctor/check.ts';
import { checkSettings } from '../../doctor/check-project.ts';
import { checkRole } from '../../doctor/check-role.ts';
import { checkWebhook } from '../../doctor/check-webhook.ts';
import { setupLine } from '../../doctor/setup-line.ts';
import { findStandingWebhook } from '../../doctor/standing-webhook.ts';
import { UsageError } from '../../errors.ts';
import { counted } from '../../model/plural.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import { forbiddenSwitches } from '../../model/webhook-switch.ts';
import { describeChanges } from '../../setup/describe-change.ts';
import { planLabels } from '../../setup/plan-labels.ts';
import { withEvents } from '../../setup/wanted-webhook.ts';
import { fetchSettings } from '../fetch-settings.ts';
import type { Watched } from '../setup/watched.ts';
import type { SetupPart } from '../setup/wishes.ts';
import type { BotFacts, Setting } from './doctor-wishes.ts';
import { lookAtCodeOwners } from './look-at-code-owners.ts';
import { lookAtDeliveries, lookAtReceiver, type ReceiverSetting } from './look-at-receiver.ts';
import { orUnknown, see } from './or-unknown.ts';

/** A watched project, and which branch of the bot its webhook starts. */
export interface WatchedLook {
  readonly checks: readonly Check[];
  /** Null where it has no webhook, or the token cannot see it. */
  readonly ref: string | null;
}

export interface WatchedSetting extends Omit<Setting, 'facts'> {
  /** Null where the bot's project cannot be seen. */
  readonly facts: BotFacts | null;
  /** The user whose role is checked; null where no user is known. */
  readonly subject: RoleSubject | null;
  /** Null where webhooks start pipelines. */
  readonly receiver: ReceiverSetting | null;
  /** Whether its CODEOWNERS file is looked for. */
  readonly looksForOwners: boolean;
}

interface Rules {
  readonly checks: readonly Check[];
  /** Switches that its rules need. */
  readonly events: readonly string[];
}

/** A file whose commit GitLab does not name is there all the same. */
function wordsOn({ hasFile, commit, rules }: BotSettings): string {
  if (!hasFile) return 'none found: the bot answers commands, but no rules act';
  const count = counted(rules.length, { one: 'rule', other: 'rules' });
  return commit === null
    ? `${count}; GitLab does not name the commit of the file, so comments cannot say it (a proxy may remove the header X-Gitlab-Last-Commit-Id)`
    : count;
}

async function lookAtRules(project: ProjectSettings, { world, wishes }: WatchedSetting): Promise<Rules> {
  const topic: Topic = { project: project.path, about: wishes.config };
  try {
    const seen = await see(topic, () =>
      fetchSettings(project, { gitlab: world.gitlab, config: wishes.config }),
    );
    if ('unknown' in seen) return { checks: [seen.unknown], events: [] };
    return {
      checks: [fine(project.path, topic.about, wordsOn(seen.value))],
      events: neededEvents(seen.value.rules).filter((name) => !Object.hasOwn(forbiddenSwitches, name)),
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const remedy =
      error.hint ?? 'fix it on the default branch; herald bot --dry-run shows whether it is valid';
    return { checks: [problem(topic, error.message, remedy)], events: [] };
  }
}

async function lookAtWebhook(
  project: ProjectSettings,
  ofRules: readonly string[],
  { world, wishes, facts }: WatchedSetting,
): Promise<WatchedLook> {
  const topic: Topic = { project: project.path, about: 'webhook' };
  if (facts === null) {
    const words = "without the bot's project, doctor cannot know which one is the bot's";
    return { checks: [{ ...topic, state: 'unknown', words, remedy: null }], ref: null };
  }
  const seen = await see(topic, () => world.gitlab.fetchWebhooks(project.id));
  if ('unknown' in seen) return { checks: [seen.unknown], ref: null };
  const { bot, triggers, staleOwners } = facts;
  const { given } = wishes;
  const events = given.has('events') ? [] : ofRules;
  const of = { bot, wanted: withEvents(facts.webhook, events, wishes.branches) };
  const hooks = seen.value;
  const checks = checkWebhook({
    ...of,
    watched: project,
    hooks,
    triggers,
    staleOwners,
    ofRules: events,
    given,
    now: world.clock.now(),
  });
  const standing = findStandingWebhook(hooks, of);
  if (standing === null) return { checks, ref: null };
  const { hook, address } = standing;
  const resend = setupLine({ part: 'webhook', bot, watched: project, flags: ['--resend'] });
  const deliveries = await lookAtDeliveries({ ...project, owner: project.id }, hook, { resend, world });
  return { checks: [...checks, ...deliveries], ref: address?.ref ?? null };
}

async function lookAtHook(
  project: ProjectSettings,
  ofRules: readonly string[],
  setting: WatchedSetting,
): Promise<WatchedLook> {
  const { receiver } = setting;
  return receiver === null
    ? lookAtWebhook(project, ofRules, setting)
    : { checks: await lookAtReceiver(project, receiver), ref: null };
}

async function checkLabels(project: ProjectSettings, { world }: WatchedSetting): Promise<readonly Check[]> {
  const topic: Topic = { project: project.path, about: 'labels' };
  return orUnknown(topic, async () => {
    const missing = planLabels(await world.gitlab.fetchLabels(project.id, { inherited: true }), project);
    return describeChanges(missing).map(({ text }) =>
      warning(topic, `missing: ${text}`, 'run herald setup, which creates them'),
    );
  });
}

async function checkRoleOf(
  { id, path }: ProjectSettings,
  setting: WatchedSetting,
): Promise<readonly Check[]> {
  const { world, subject } = setting;
  const topic: Topic = { project: path, about: 'role of the bot' };
  if (subject === null) {
    const words = 'GitLab does not say whose token it is';
    return [{ ...topic, state: 'unknown', words, remedy: null }];
  }
  return orUnknown(topic, async () => [
    checkRole(path, subject, await world.gitlab.fetchAccessLevel(id, subject.user.id)),
  ]);
}

async function lookAtProject(project: ProjectSettings, setting: WatchedSetting): Promise<WatchedLook> {
  const has = (part: SetupPart): boolean => setting.wishes.parts.includes(part);
  const role = await checkRoleOf(project, setting);
  const rules = await lookAtRules(project, setting);
  const webhook = has('webhook')
    ? await lookAtHook(project, rules.events, setting)
    : { checks: [], ref: null };
  const labels = has('labels') ? await checkLabels(project, setting) : [];
  const owners = setting.looksForOwners ? await lookAtCodeOwners(project, setting.world) : [];
  return {
    checks: [...checkSettings(project), ...role, ...webhook.checks, ...labels, ...rules.checks, ...owners],
    ref: webhook.ref,
  };
}

/** One watched project: whether it is active, what the bot can do there, its webhook, and its rules. */
export async function lookAtWatched(one: Watched, setting: WatchedSetting): Promise<WatchedLook> {
  if ('project' in one) return lookAtProject(one.project, setting);
  const topic: Topic = { project: one.path, about: 'project' };
  const remedy = "add the token's user to it, or do not name it";
  return { checks: [problem(topic, one.refusal.message, remedy)], ref: null };
}
