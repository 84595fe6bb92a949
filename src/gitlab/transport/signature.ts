import { createHmac } from 'node:crypto';

const bytes = 16;

/**
 * Makes signatures with a token: HMAC-SHA256, cut to 128 bits, 22 characters of base64url. Tokens are long and random,
 * so a signature reveals nothing about them: https://www.rfc-editor.org/rfc/rfc2104
 */
export function createSignature(token: string): (text: string) => string {
  return (text) => createHmac('sha256', token).update(text).digest().subarray(0, bytes).toString('base64url');
}
