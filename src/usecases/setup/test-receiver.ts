import { GitLabRefusedError } from '../../errors.ts';
import type { WebhookOwner } from '../../model/setup.ts';
import type { SetupWorld } from './wishes.ts';

/** GitLab has a sample of a push for every project with a commit; the bot does nothing for it. */
const sampleEvent = 'push_events';

/** GitLab writes its list of deliveries after the answer, from a queue of its own. */
const maxLooks = 5;
const lookEveryMs = 1_000;

/** A project or group with a webhook. */
export interface HookPlace {
  readonly owner: WebhookOwner;
  /** Of its page in GitLab, to which those of its settings are added. */
  readonly url: string;
}

/** The page of a webhook with its recent deliveries. */
export function hookPage({ url }: Pick<HookPlace, 'url'>, hook: number): string {
  return `${url}/-/hooks/${hook}/edit`;
}

async function newestDelivery(owner: WebhookOwner, hook: number, { gitlab }: SetupWorld): Promise<number> {
  try {
    const [newest] = (await gitlab.fetchDeliveries(owner, hook, 1)) ?? [];
    return newest?.id ?? 0;
  } catch (error) {
    if (error instanceof GitLabRefusedError) return 0;
    throw error;
  }
}

/**
 * Lets GitLab deliver a sample, all the way to the receiver and its answer; gives a sentence about it. Throws GitLab's
 * refusal with the receiver's answer: GitLab calls a test done only after a 2xx.
 */
export async function testReceiver(place: HookPlace, hook: number, world: SetupWorld): Promise<string> {
  const { gitlab, clock } = world;
  const before = await newestDelivery(place.owner, hook, world);
  await gitlab.testWebhook(place.owner, hook, sampleEvent);
  const page = hookPage(place, hook);
  for (let look = 1; look <= maxLooks; look += 1) {
    const deliveries = await gitlab.fetchDeliveries(place.owner, hook, 1);
    if (deliveries === null) break;
    const [newest] = deliveries;
    if (newest !== undefined && newest.id > before && newest.status !== null)
      return `the receiver took a test: it answered ${newest.status} after ${Math.round(newest.seconds * 1000)} ms (${page})`;
    await clock.sleep(lookEveryMs);
  }
  return `the receiver took a test (${page})`;
}
