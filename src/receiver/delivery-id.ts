import { createHash } from 'node:crypto';

/**
 * The headers that number a delivery, the surest first: a signature covers `webhook-id`, so that nobody can send a
 * signed delivery again under another number. Lower case, as Node gives them.
 */
export const numberingHeaders = ['webhook-id', 'idempotency-key', 'x-gitlab-event-uuid'] as const;

type Headers = Readonly<Record<(typeof numberingHeaders)[number], string>>;

/**
 * One id for all that is sent of one delivery. GitLab numbers deliveries since 17.4, and an older one only the chain of
 * events that one request caused: there the body distinguishes two events of a chain, and so does the webhook's owner.
 *
 * @param owner of the webhook, such as `project 42`: two webhooks may deliver one event
 * @returns 32 characters of base64url
 */
export function deliveryIdOf(headers: Headers, body: Uint8Array, owner: string): string {
  const hash = createHash('sha256').update(`${owner}\n`);
  const own = headers['webhook-id'] || headers['idempotency-key'];
  if (own === '') hash.update(`${headers['x-gitlab-event-uuid']}\n`).update(body);
  else hash.update(own);
  return hash.digest('base64url').slice(0, 32);
}
