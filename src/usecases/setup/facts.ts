import { UsageError } from '../../errors.ts';
import type { Triggers } from '../../gitlab/ports/setup.ts';
import type { ProjectSettings, Trigger } from '../../model/setup.ts';
import { switchesOfCommands } from '../../model/webhook-switch.ts';
import { takesTemplate } from '../../setup/gitlab-version.ts';
import { readTriggerDescription } from '../../setup/markers.ts';
import { sweepSchedule } from '../../setup/plan-schedule.ts';
import { wantedWebhook } from '../../setup/wanted-webhook.ts';
import { payloadTemplate } from '../../webhooks/payload-template.ts';
import type { SetupFacts, SetupWishes, SetupWorld } from './wishes.ts';

/** GitLab's role Developer, the lowest that can start pipelines. */
const developer = 30;

/** Owners of Herald's trigger tokens who can no longer start pipelines of the bot. */
async function fetchStaleOwners(
  {
    bot,
    triggers,
    userId,
  }: { readonly bot: number; readonly triggers: readonly Trigger[]; readonly userId: number },
  gitlab: Triggers,
): Promise<ReadonlySet<number>> {
  const owners = new Set(
    triggers
      .filter(({ description }) => readTriggerDescription(description) !== null)
      .flatMap(({ owner }) => (owner === null || owner.id === userId ? [] : [owner.id])),
  );
  const stale = new Set<number>();
  for (const owner of owners) if ((await gitlab.fetchAccessLevel(bot, owner)) < developer) stale.add(owner);
  return stale;
}

async function templateFor(wishes: SetupWishes, { gitlab, log }: SetupWorld): Promise<string> {
  if (!wishes.template) return '';
  const version = await gitlab.fetchServerVersion();
  if (takesTemplate(version)) return payloadTemplate;
  log.info(
    `GitLab ${version ?? 'of an unknown version'} fills in webhook templates without quoting (18.6 and later quote): payloads are sent whole`,
  );
  return '';
}

function refOf({ ref }: SetupWishes, { path, defaultBranch }: ProjectSettings): string {
  const chosen = ref ?? defaultBranch;
  if (chosen !== null) return chosen;
  throw new UsageError(`${path} has no branch yet, so pipelines cannot run there`, {
    hint: 'push its CI configuration first (docs/guides/setup.md)',
  });
}

/**
 * Fetches once the facts that all watched projects share. Throws GitLab's refusals: without the bot's project nothing
 * can be set up.
 */
export async function fetchSetupFacts(wishes: SetupWishes, world: SetupWorld): Promise<SetupFacts> {
  const { gitlab } = world;
  const bot = await gitlab.fetchProjectSettings(wishes.botProject);
  const ref = refOf(wishes, bot);
  const { id: userId } = await gitlab.fetchCurrentUser();
  const triggers = await gitlab.fetchTriggers(bot.id);
  const { apiUrl, sslVerification, branches, sweepCron } = wishes;
  const events = wishes.events.length > 0 ? wishes.events : switchesOfCommands;
  const template = await templateFor(wishes, world);
  return {
    bot,
    ref,
    webhook: wantedWebhook({ apiUrl, botProject: bot.id, ref, events, template, sslVerification, branches }),
    schedule: sweepSchedule(ref, sweepCron),
    userId,
    triggers,
    staleOwners: await fetchStaleOwners({ bot: bot.id, triggers, userId }, gitlab),
  };
}
