import { neededEvents } from '../../bot/rules/needed-events.ts';
import { type Check, fine, problem, type Topic, warning } from '../../doctor/check.ts';
import { checkRole, checkSettings } from '../../doctor/check-project.ts';
import { checkWebhook } from '../../doctor/check-webhook.ts';
import { findStandingWebhook } from '../../doctor/standing-webhook.ts';
import { UsageError } from '../../errors.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import { describeChanges } from '../../setup/describe-change.ts';
import { planLabels } from '../../setup/plan-labels.ts';
import { withEvents } from '../../setup/wanted-webhook.ts';
import { fetchSettings } from '../bot/fetch-settings.ts';
import type { SetupPart } from '../setup-wishes.ts';
import type { Setting } from './doctor-wishes.ts';
import { orUnknown, see } from './or-unknown.ts';

/** A watched project, and which branch of the bot its webhook starts. */
export interface WatchedLook {
  readonly checks: readonly Check[];
  /** Null where it has no webhook, or it may not be seen. */
  readonly ref: string | null;
}

interface Rules {
  readonly checks: readonly Check[];
  /** Switches that its rules need. */
  readonly events: readonly string[];
}

async function lookAtRules(project: ProjectSettings, { world, wishes }: Setting): Promise<Rules> {
  const topic: Topic = { project: project.path, about: wishes.config };
  try {
    const seen = await see(topic, () =>
      fetchSettings(project, { gitlab: world.gitlab, config: wishes.config }),
    );
    if ('unknown' in seen) return { checks: [seen.unknown], events: [] };
    const { commit, rules } = seen.value;
    const words =
      commit === null ? 'there is none: commands are answered, no rule acts' : `${rules.length} rules`;
    return { checks: [fine(project.path, topic.about, words)], events: neededEvents(rules) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const remedy =
      error.hint ?? 'mend it on the default branch; herald bot --dry-run tells whether it is right';
    return { checks: [problem(topic, error.message, remedy)], events: [] };
  }
}

async function lookAtWebhook(
  project: ProjectSettings,
  ofRules: readonly string[],
  { world, wishes, facts }: Setting,
): Promise<WatchedLook> {
  const topic: Topic = { project: project.path, about: 'webhook' };
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
  return { checks, ref: findStandingWebhook(hooks, of)?.address?.ref ?? null };
}

async function checkLabels(project: ProjectSettings, { world }: Setting): Promise<readonly Check[]> {
  const topic: Topic = { project: project.path, about: 'labels' };
  return orUnknown(topic, async () => {
    const missing = planLabels(await world.gitlab.fetchLabels(project.id, { inherited: true }), project);
    return describeChanges(missing).map(({ text }) =>
      warning(topic, `missing: ${text}`, 'run herald setup, which makes them'),
    );
  });
}

/** One watched project: whether it is alive, what the bot may do there, its webhook, and its rules. */
export async function lookAtWatched(project: ProjectSettings, setting: Setting): Promise<WatchedLook> {
  const { world, wishes, facts } = setting;
  const { path, id } = project;
  const has = (part: SetupPart): boolean => wishes.parts.includes(part);
  const role = await orUnknown({ project: path, about: 'role of the bot' }, async () => [
    checkRole(path, await world.gitlab.fetchAccessLevel(id, facts.userId)),
  ]);
  const rules = await lookAtRules(project, setting);
  const webhook = has('webhook')
    ? await lookAtWebhook(project, rules.events, setting)
    : { checks: [], ref: null };
  const labels = has('labels') ? await checkLabels(project, setting) : [];
  return {
    checks: [...checkSettings(project), ...role, ...webhook.checks, ...labels, ...rules.checks],
    ref: webhook.ref,
  };
}
