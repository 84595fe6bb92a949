import { type Check, problem, type Topic } from '../../doctor/check.ts';
import type { Triggers, Variables } from '../../gitlab/ports/setup.ts';
import type { ProjectSettings } from '../../model/setup.ts';
import { switchesOfCommands } from '../../model/webhook-switch.ts';
import { takesTemplate } from '../../setup/gitlab-version.ts';
import { readTriggerDescription } from '../../setup/markers.ts';
import { sweepSchedule } from '../../setup/plan-schedule.ts';
import { wantedWebhook } from '../../setup/wanted-webhook.ts';
import { payloadTemplate } from '../../webhooks/payload-template.ts';
import type { SetupWorld } from '../setup/wishes.ts';
import type { BotFacts, DoctorWishes } from './doctor-wishes.ts';
import { see } from './or-unknown.ts';

/** GitLab's role Developer, the lowest that can start pipelines. */
const developer = 30;

/** The facts that were found, and what is wrong with them. */
export interface FactsLook {
  /** Null where the bot's project cannot be seen. */
  readonly facts: BotFacts | null;
  readonly checks: readonly Check[];
}

interface TriggersLook extends Pick<BotFacts, 'triggers' | 'staleOwners'> {
  readonly checks: readonly Check[];
}

async function lookAtTriggers({ id, path }: ProjectSettings, gitlab: Triggers): Promise<TriggersLook> {
  const topic: Topic = { project: path, about: 'trigger tokens' };
  const seen = await see(topic, () => gitlab.fetchTriggers(id));
  if ('unknown' in seen) return { triggers: null, staleOwners: new Set(), checks: [seen.unknown] };
  const own = seen.value.filter(({ description }) => readTriggerDescription(description) !== null);
  const owners = new Set(own.flatMap(({ owner }) => (owner === null ? [] : [owner.id])));
  const staleOwners = new Set<number>();
  for (const owner of owners) {
    const level = await see(topic, () => gitlab.fetchAccessLevel(id, owner));
    if ('unknown' in level) return { triggers: seen.value, staleOwners, checks: [level.unknown] };
    if (level.value < developer) staleOwners.add(owner);
  }
  return { triggers: seen.value, staleOwners, checks: [] };
}

async function lookAtVariable(
  { id, path }: ProjectSettings,
  { tokenKey }: DoctorWishes,
  gitlab: Pick<Variables, 'fetchVariable'>,
): Promise<BotFacts['variable']> {
  const topic: Topic = { project: path, about: `variable ${tokenKey}` };
  return see(topic, () => gitlab.fetchVariable(id, tokenKey, 'everywhere'));
}

/**
 * Fetches facts about the bot's project. Facts that the token cannot see are reported as unknown; all others are
 * fetched. Throws `GitLabUnreachableError`.
 */
export async function lookAtFacts(
  wishes: DoctorWishes,
  version: string | null,
  world: SetupWorld,
): Promise<FactsLook> {
  const topic: Topic = { project: String(wishes.botProject), about: "the bot's project" };
  const seen = await see(topic, () => world.gitlab.fetchProjectSettings(wishes.botProject));
  if ('unknown' in seen) {
    const remedy = "check its name, and add the token's user to it";
    return { facts: null, checks: [problem(topic, seen.unknown.words, remedy)] };
  }
  const bot = seen.value;
  const { apiUrl, sslVerification, branches, sweepCron } = wishes;
  const ref = wishes.ref ?? bot.defaultBranch ?? '';
  const events = wishes.events.length > 0 ? wishes.events : switchesOfCommands;
  const template = wishes.template && takesTemplate(version) ? payloadTemplate : '';
  const { triggers, staleOwners, checks } = await lookAtTriggers(bot, world.gitlab);
  return {
    facts: {
      bot,
      webhook: wantedWebhook({
        apiUrl,
        botProject: bot.id,
        ref,
        events,
        template,
        sslVerification,
        branches,
      }),
      schedule: sweepSchedule(ref, sweepCron),
      variable: await lookAtVariable(bot, wishes, world.gitlab),
      triggers,
      staleOwners,
    },
    checks,
  };
}
