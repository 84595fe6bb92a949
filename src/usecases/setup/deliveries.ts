/** Deliveries of a webhook that GitLab remembers: which of them failed for good, and how to get them again. */
import { GitLabRefusedError } from '../../errors.ts';
import { counted } from '../../model/plural.ts';
import type { HookDelivery, WebhookOwner } from '../../model/setup.ts';
import type { SetupWorld } from './wishes.ts';

const wasTaken = ({ status }: HookDelivery): boolean => status !== null && status >= 200 && status < 300;

/**
 * Events that no attempt delivered, the oldest first, one delivery of each: attempts of one event have one key.
 *
 * @param deliveries newest first
 */
export function failedForGood(deliveries: readonly HookDelivery[]): readonly HookDelivery[] {
  const keyOf = ({ id, idempotencyKey }: HookDelivery): string => idempotencyKey ?? `delivery ${id}`;
  const settled = new Set(deliveries.filter(wasTaken).map(keyOf));
  const failed: HookDelivery[] = [];
  for (const one of deliveries) {
    if (settled.has(keyOf(one))) continue;
    settled.add(keyOf(one));
    failed.push(one);
  }
  return failed.reverse();
}

/** How far back failed deliveries are looked for. */
const maxDeliveries = 200;
/** GitLab allows five a minute for a project. Source: https://docs.gitlab.com/api/project_webhooks/#resend-a-project-webhook-event */
const atOnce = 5;
const pauseMs = 61_000;
/** Five minutes of waiting for one project are enough; another run takes up the rest. */
const maxResent = 25;

const forms = { one: 'failed delivery', other: 'failed deliveries' };

/** Asks for the failed deliveries of a webhook again; gives a sentence about what came of it. */
export async function resendFailed(
  owner: WebhookOwner,
  hook: number,
  { gitlab, clock }: Pick<SetupWorld, 'gitlab' | 'clock'>,
): Promise<string> {
  const deliveries = await gitlab.fetchDeliveries(owner, hook, maxDeliveries);
  if (deliveries === null)
    throw new GitLabRefusedError('this GitLab does not say which deliveries failed', {
      status: null,
      request: `deliveries of webhook ${hook}`,
      hint: 'it takes GitLab 17.4; on an older one send them again by hand: Settings > Webhooks, Recent events',
    });
  const failed = failedForGood(deliveries);
  if (failed.length === 0) return 'no failed delivery is left to send again';
  let taken = 0;
  for (const [at, { id }] of failed.slice(0, maxResent).entries()) {
    if (at > 0 && at % atOnce === 0) await clock.sleep(pauseMs);
    const status = await gitlab.resendDelivery(owner, hook, id);
    if (status !== null && status >= 200 && status < 300) taken += 1;
  }
  const sent = Math.min(failed.length, maxResent);
  const left = failed.length - sent;
  return [
    `${counted(sent, forms)} sent again, ${taken} of them arrived`,
    ...(left === 0 ? [] : [`${left} left for another run`]),
  ].join('; ');
}
