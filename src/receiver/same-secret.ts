import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets are the same, in a time that says nothing about either: their digests are compared, which have
 * one length whatever the secrets' lengths are.
 */
export function isSameSecret(given: string | Uint8Array, wanted: string | Uint8Array): boolean {
  const [one, other] = [given, wanted].map((secret) => createHash('sha256').update(secret).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
