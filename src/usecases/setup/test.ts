import { GitLabRefusedError } from '../../errors.ts';
import type { Users } from '../../gitlab/ports/port.ts';
import type { Projects } from '../../gitlab/ports/setup.ts';
import type { ProjectSettings, Webhook } from '../../model/setup.ts';
import { readHookDescription } from '../../setup/markers.ts';
import { isOwnWebhook } from '../../setup/plan-webhook.ts';
import { parsePayload } from '../../webhooks/parse-payload.ts';
import type { SetupFacts, SetupWorld, TestResult } from './wishes.ts';

const maxLooks = 10;
const lookEveryMs = 1_000;

/**
 * GitLab can send a sample push for any project with a commit, even if the webhook does not send pushes; the bot does
 * nothing for it.
 */
const sampleEvent = 'push_events';

/** The webhook of the bot, with the newest token where there are several. */
export function webhookOf(hooks: readonly Webhook[], { bot, webhook }: SetupFacts): Webhook | null {
  const tokenOf = ({ description }: Webhook): number => readHookDescription(description)?.trigger ?? 0;
  const own = hooks.filter((one) => isOwnWebhook(one, webhook.url, bot));
  return own.sort((a, b) => tokenOf(b) - tokenOf(a))[0] ?? null;
}

/**
 * The user who starts this webhook's pipelines, as GitLab names them; null when that is unknown. For a webhook created
 * in this run it is the own user.
 */
async function ownerOf(hook: Webhook, { triggers }: SetupFacts, gitlab: Users): Promise<string | null> {
  const mark = readHookDescription(hook.description);
  if (mark === null) return null;
  const trigger = triggers.find(({ id }) => id === mark.trigger);
  return trigger === undefined
    ? (await gitlab.fetchCurrentUser()).username
    : (trigger.owner?.username ?? null);
}

/** Whether a payload is such an event of that project; null when GitLab does not show it. */
function isSampleOf(watched: ProjectSettings, payload: string | null): boolean | null {
  if (payload === null) return null;
  const parsed = parsePayload(payload);
  return parsed.outcome === 'event' && parsed.event.kind === 'push' && parsed.event.projectId === watched.id;
}

interface Waiting {
  readonly watched: ProjectSettings;
  readonly facts: SetupFacts;
  readonly username: string | null;
  /** Latest pipeline before the test; ids only grow. */
  readonly newestBefore: number;
  /** Pipelines that other events started. */
  readonly others: Set<number>;
}

/** Checks once the pipelines that started since; prefers one whose payload proves it to one that only might be it. */
async function look(waiting: Waiting, gitlab: Projects): Promise<TestResult | null> {
  const { watched, facts, username, newestBefore, others } = waiting;
  const { bot, ref } = facts;
  const triggered = await gitlab.fetchTriggered(bot.id, { ref, username });
  const fresh = triggered.filter(({ id }) => id > newestBefore && !others.has(id)).reverse();
  let possible: TestResult | null = null;
  for (const { id, url } of fresh) {
    const isSample = isSampleOf(watched, await gitlab.fetchTriggerPayload(bot.id, id));
    if (isSample === true) return { url, isCertain: true };
    if (isSample === null) possible ??= { url, isCertain: false };
    else others.add(id);
  }
  return possible;
}

/**
 * Lets GitLab send a sample to the webhook of a watched project and waits for the bot's pipeline: it started after the
 * test, with the same user's token, and its payload is such an event of that project. Throws GitLab's refusal, with the
 * answer of the trigger.
 */
export async function testWebhook(
  watched: ProjectSettings,
  { gitlab, clock }: SetupWorld,
  facts: SetupFacts,
): Promise<TestResult> {
  const { bot, ref } = facts;
  const hook = webhookOf(await gitlab.fetchWebhooks(watched.id), facts);
  const request = `test of the webhook of ${watched.path}`;
  if (hook === null)
    throw new GitLabRefusedError(`${watched.path} has no webhook of the bot to test`, {
      status: null,
      request,
      hint: 'run herald setup without --plan first',
    });
  const username = await ownerOf(hook, facts, gitlab);
  const [before] = await gitlab.fetchTriggered(bot.id, { ref, username });
  const waiting = { watched, facts, username, newestBefore: before?.id ?? 0, others: new Set<number>() };
  await gitlab.testWebhook(watched.id, hook.id, sampleEvent);
  for (let looks = 1; looks <= maxLooks; looks += 1) {
    const result = await look(waiting, gitlab);
    if (result !== null) return result;
    await clock.sleep(lookEveryMs);
  }
  throw new GitLabRefusedError(`the test did not start a pipeline of ${bot.path}`, {
    status: null,
    request,
    hint: `GitLab says that the delivery succeeded: check the recent events of webhook ${hook.id} in the settings of ${watched.path}`,
  });
}
