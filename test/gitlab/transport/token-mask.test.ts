import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTokenMask } from '../../../src/gitlab/transport/token-mask.ts';
import { canary } from '../connect-for-test.ts';

const mask = createTokenMask(canary);

test.each([
  { name: 'raw', text: canary },
  { name: 'URI-encoded', text: encodeURIComponent(canary) },
  { name: 'in base64', text: Buffer.from(canary).toString('base64') },
  { name: 'in base64 for addresses', text: Buffer.from(canary).toString('base64url') },
  { name: 'in base64 after something', text: Buffer.from(`user:${canary}`).toString('base64') },
  { name: 'in base64 inside something', text: Buffer.from(`Bearer x ${canary} y`).toString('base64') },
])('takes out a token that stands there $name', ({ text }) => {
  const masked = mask(`before ${text} after`);
  expect(masked).toContain('[MASKED]');
  expect(masked).toMatch(/^before .* after$/);
  expect(masked).not.toContain(text);
});

test('leaves other text as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(mask(text)).toBe(text);
    }),
  );
});

test('an empty token masks nothing', () => {
  expect(createTokenMask('')('text')).toBe('text');
});
