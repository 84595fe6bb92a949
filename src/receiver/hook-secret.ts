/** One secret for each webhook, derived from one that only the receiver has: a leaked one opens no other webhook. */
import { hkdfSync } from 'node:crypto';
import type { WebhookSecrets } from '../model/setup.ts';
import { signingToken } from './standard-webhooks.ts';

/** What a webhook belongs to: a project or a group, by its id. */
export interface HookOwner {
  readonly kind: 'project' | 'group';
  readonly id: number;
}

/** A derived secret is as strong as the one it is derived from, so that one must not be a word. */
export const minSecretLength = 32;

function derived(secret: string, use: string, { kind, id }: HookOwner): Buffer {
  const info = `herald webhook ${use} ${kind} ${id}`;
  return Buffer.from(hkdfSync('sha256', secret, '', info, 32));
}

/**
 * The secrets of one webhook (HKDF, https://www.rfc-editor.org/rfc/rfc5869). The plain token travels with every
 * delivery and the signing token never does, so they are keys of their own.
 */
export function hookSecretOf(secret: string, owner: HookOwner): WebhookSecrets {
  return {
    token: derived(secret, 'token', owner).toString('base64url'),
    tokenBesideSignature: derived(secret, 'token beside a signature', owner).toString('base64url'),
    signingToken: signingToken(derived(secret, 'signing', owner)),
  };
}

/** The owner that the query of a webhook's address names (`?project=42`, `?group=7`); null where it names none. */
export function hookOwnerIn(query: URLSearchParams): HookOwner | null {
  for (const kind of ['project', 'group'] as const) {
    const id = query.get(kind);
    if (id !== null && /^[1-9]\d{0,14}$/.test(id)) return { kind, id: Number(id) };
  }
  return null;
}
