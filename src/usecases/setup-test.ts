import { GitLabRefusedError } from '../errors.ts';
import type { ProjectSettings } from '../model/setup.ts';
import { isOwnWebhook } from '../setup/plan-webhook.ts';
import type { SetupFacts, SetupWorld } from './setup-wishes.ts';

const maxLooks = 10;
const lookEveryMs = 1_000;

/** GitLab makes a sample of a push for any project with a commit, whether the webhook sends pushes or not; the bot does nothing on it. */
const sampleEvent = 'push_events';

/**
 * Lets GitLab send a sample to the webhook of a watched project and waits for the pipeline of the bot that it starts; gives its address. Throws
 * GitLab's refusal, with what the trigger answered.
 */
export async function testWebhook(
  watched: ProjectSettings,
  { gitlab, clock }: SetupWorld,
  { bot, ref, webhook }: SetupFacts,
): Promise<string> {
  const hooks = await gitlab.fetchWebhooks(watched.id);
  const hook = hooks.find((one) => isOwnWebhook(one, webhook.url, bot));
  const request = `test of the webhook of ${watched.path}`;
  if (hook === undefined)
    throw new GitLabRefusedError(`${watched.path} has no webhook of the bot to test`, {
      status: null,
      request,
      hint: 'run herald setup without --plan first',
    });
  const before = await gitlab.fetchNewestTriggered(bot.id, ref);
  await gitlab.testWebhook(watched.id, hook.id, sampleEvent);
  for (let look = 1; look <= maxLooks; look += 1) {
    const newest = await gitlab.fetchNewestTriggered(bot.id, ref);
    if (newest !== null && newest.id !== before?.id) return newest.url;
    await clock.sleep(lookEveryMs);
  }
  throw new GitLabRefusedError(`no pipeline of ${bot.path} came of the test`, {
    status: null,
    request,
    hint: `GitLab says the delivery went well: look at the recent events of webhook ${hook.id} in the settings of ${watched.path}`,
  });
}
