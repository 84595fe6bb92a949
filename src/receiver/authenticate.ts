import type { WebhookSecrets } from '../model/setup.ts';
import type { RefusalCode } from './refusal.ts';
import { isOneOfSecrets } from './same-secret.ts';
import { problemOfSignature, problemOfSignatureHeaders } from './standard-webhooks.ts';

/** The headers of a delivery that prove where it comes from; empty where one is missing. */
export interface ProvingHeaders {
  /** `X-Gitlab-Token` */
  readonly token: string;
  /** `webhook-id` */
  readonly id: string;
  /** `webhook-timestamp` */
  readonly timestamp: string;
  /** `webhook-signature` */
  readonly signature: string;
}

/** What a token of ours looks like: a text that is anything else was typed or cut. */
const tokenForm = /^[\x21-\x7e]{8,256}$/;

function problemOfToken(token: string, secrets: readonly WebhookSecrets[]): RefusalCode | null {
  if (token === '') return 'secret-missing';
  if (!tokenForm.test(token)) return 'secret-malformed';
  const tokens = secrets.map((secret) => secret.token);
  return isOneOfSecrets(token, tokens) ? null : 'secret-wrong';
}

/**
 * Why a delivery cannot be believed, whatever its body is: strangers do not get as far as sending one. Null when its
 * body must be looked at.
 */
export function problemOfHeaders(
  headers: ProvingHeaders,
  secrets: readonly WebhookSecrets[],
  now: Date,
): RefusalCode | null {
  return headers.signature === ''
    ? problemOfToken(headers.token, secrets)
    : problemOfSignatureHeaders(headers, now);
}

/** What a delivery is checked against. */
export interface ProofCheck {
  /** Those of this webhook, the old ones of a rotation with them. */
  readonly secrets: readonly WebhookSecrets[];
  readonly now: Date;
}

/**
 * Why a delivery is not believed; null when it is. A signature counts for more than the plain token: where one is sent,
 * it must be right. The token that a signed webhook sends counts without a signature for nothing, so that a leaked one
 * opens nothing.
 */
export function problemOfProof(
  headers: ProvingHeaders,
  body: Uint8Array,
  { secrets, now }: ProofCheck,
): RefusalCode | null {
  if (headers.signature === '') return problemOfToken(headers.token, secrets);
  const tokens = secrets.map(({ signingToken }) => signingToken);
  return problemOfSignature({ ...headers, body }, tokens, now);
}
