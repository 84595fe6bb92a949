import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are the same, in a time that says nothing about either: their digests are compared, which have
 * one length whatever the secrets' lengths are.
 */
export function isSameSecret(given: string | Uint8Array, wanted: string | Uint8Array): boolean {
  const [one, other] = [given, wanted].map((secret) => createHash('sha256').update(secret).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

/** Whether a secret is one of several; all are compared, so the time does not say which. */
export function isOneOfSecrets(given: string, wanted: readonly string[]): boolean {
  let isKnown = false;
  for (const one of wanted) if (isSameSecret(given, one)) isKnown = true;
  return isKnown;
}
