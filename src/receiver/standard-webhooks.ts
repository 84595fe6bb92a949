/**
 * Signatures of webhooks, as GitLab sends them since 19.0.
 * Sources: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md,
 * https://docs.gitlab.com/user/project/integrations/webhooks/#signing-tokens
 */
import { createHmac } from 'node:crypto';
import { isSameSecret } from './same-secret.ts';

/** How far apart the two clocks may be: the tolerance of the reference libraries. */
const toleranceSeconds = 5 * 60;

export interface SignedDelivery {
  /** `webhook-id`: GitLab's `Idempotency-Key`. */
  readonly id: string;
  /** `webhook-timestamp`: Unix seconds, as text. */
  readonly timestamp: string;
  /** `webhook-signature`: `v1,<base64>`, several separated by spaces. */
  readonly signature: string;
  /** The bytes as they came. */
  readonly body: Uint8Array;
}

export type SignatureProblem =
  | 'secret-missing'
  | 'secret-malformed'
  | 'secret-wrong'
  | 'timestamp-out-of-range';

const prefix = 'whsec_';

/** The key of a signing token, which may be written with its prefix or without; null for any other text. */
function keyOf(token: string): Uint8Array | null {
  const text = token.startsWith(prefix) ? token.slice(prefix.length) : token;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const key = Buffer.from(text, 'base64');
  return key.length === 0 ? null : key;
}

/** The signing token of a key, as GitLab's API takes it in `signing_token`. */
export function signingToken(key: Uint8Array): string {
  return `${prefix}${Buffer.from(key).toString('base64')}`;
}

/** The signature of a delivery: `v1,<base64>`. Throws `RangeError` for a token that holds no key. */
export function signatureOf(
  token: string,
  { id, timestamp, body }: Omit<SignedDelivery, 'signature'>,
): string {
  const key = keyOf(token);
  if (key === null) throw new RangeError('the signing token holds no key');
  const signed = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return `v1,${signed}`;
}

function isVersionOne(signature: string): boolean {
  return /^v1,[A-Za-z0-9+/]{43}=$/.test(signature);
}

/** Why the headers of a signature cannot be right, whatever the body is; null when they can. */
export function problemOfSignatureHeaders(
  { id, timestamp, signature }: Omit<SignedDelivery, 'body'>,
  now: Date,
): SignatureProblem | null {
  if (id === '' || timestamp === '' || signature === '') return 'secret-missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'secret-malformed';
  if (!signature.split(' ').some(isVersionOne)) return 'secret-malformed';
  const isFresh = Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds;
  return isFresh ? null : 'timestamp-out-of-range';
}

/**
 * Why a signature does not count; null when one of its parts was made with one of the tokens in the last five minutes.
 * Each part is compared with each token, so the time says nothing about which one was nearly right.
 */
export function problemOfSignature(
  delivery: SignedDelivery,
  tokens: readonly string[],
  now: Date,
): SignatureProblem | null {
  const problem = problemOfSignatureHeaders(delivery, now);
  if (problem !== null) return problem;
  const candidates = delivery.signature.split(' ').filter(isVersionOne);
  let isKnown = false;
  for (const token of tokens) {
    if (keyOf(token) === null) continue;
    const wanted = signatureOf(token, delivery);
    for (const candidate of candidates) if (isSameSecret(candidate, wanted)) isKnown = true;
  }
  return isKnown ? null : 'secret-wrong';
}
