import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a secret has this SHA-256 (64 hexadecimal digits), in a time that says nothing about either. */
export function isSecretOf(secret: string, sha256: string): boolean {
  const given = createHash('sha256').update(secret).digest();
  const wanted = Buffer.from(sha256, 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
