import type { WebhookOwner } from '../model/setup.ts';
import { receiverSwitches, webhookSwitches } from '../model/webhook-switch.ts';
import type { WantedWebhook } from './change.ts';

export interface ReceiverWishes {
  /** Where the receiver listens, as GitLab reaches it: `https://herald.example.com`. */
  readonly address: string;
  readonly owner: WebhookOwner;
  readonly events: readonly string[];
  /** Whether GitLab checks the certificate of the receiver. */
  readonly sslVerification: boolean;
  /** Of push events; empty for all. */
  readonly branches: string;
}

/** The path below the receiver's address that takes webhooks. */
const hookPath = '/hooks/gitlab';

/** The address of one webhook; it names its owner, so that the receiver knows the secret to expect. */
function receiverUrl(address: string, owner: WebhookOwner): string {
  const root = address.replace(/\/+$/, '');
  return `${root.endsWith(hookPath) ? root : `${root}${hookPath}`}?${typeof owner === 'number' ? `project=${owner}` : `group=${owner.group}`}`;
}

/**
 * The webhook of a watched project, or of a group, that sends its events to a receiver: exactly the given events,
 * everything else is off. Without a template: the signature and the receiver are for what GitLab sends.
 */
export function wantedReceiverWebhook(wishes: ReceiverWishes): WantedWebhook {
  const { address, owner, events, sslVerification, branches } = wishes;
  return {
    url: receiverUrl(address, owner),
    name: 'Herald receiver',
    switches: Object.fromEntries(
      [...webhookSwitches, ...receiverSwitches].map((name) => [name, events.includes(name)]),
    ),
    template: '',
    sslVerification,
    branchFilter: events.includes('push_events') ? branches : '',
  };
}
