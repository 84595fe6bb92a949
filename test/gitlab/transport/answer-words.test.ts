import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerWords } from '../../../src/gitlab/transport/answer-words.ts';

const json = { 'content-type': 'application/json' };

function words(status: number, text: string, headers: Readonly<Record<string, string>> = json): string {
  return answerWords({ status, headers, body: new TextEncoder().encode(text) }, (all) => all);
}

test.each([
  {
    name: 'a text',
    body: '{"message":"Pipeline is archived"}',
    expected: '400 Bad Request: Pipeline is archived',
  },
  { name: 'the status once more', body: '{"message":"400 Bad Request"}', expected: '400 Bad Request' },
  {
    name: 'the status with more',
    body: '{"message":"400 Bad request - x"}',
    expected: '400 Bad Request: Bad request - x',
  },
  { name: 'a list', body: '{"message":["a","b"]}', expected: '400 Bad Request: a, b' },
  {
    name: 'lists by field',
    body: '{"message":{"name":["has already been taken"],"target_url":["is too long","is blocked"]}}',
    expected: '400 Bad Request: name has already been taken, target_url is too long, is blocked',
  },
  { name: 'the base field', body: '{"message":{"base":["Stale"]}}', expected: '400 Bad Request: Stale' },
  {
    name: 'deeper objects',
    body: '{"message":{"a":{"b":{"c":["x"]}}}}',
    expected: '400 Bad Request: a b c x',
  },
  {
    name: 'an OAuth error',
    body: '{"error":"invalid_token","error_description":"Token was revoked."}',
    expected: '400 Bad Request: invalid_token: Token was revoked.',
  },
  { name: 'an object of its own', body: '{"code":3}', expected: '400 Bad Request: {"code":3}' },
  { name: 'plain text', body: 'Retry later\n', expected: '400 Bad Request: Retry later' },
  { name: 'cut JSON', body: '{"message":"ab', expected: '400 Bad Request: {"message":"ab' },
  { name: 'nothing', body: '', expected: '400 Bad Request' },
])('reads $name', ({ body, expected }) => {
  expect(words(400, body)).toBe(expected);
});

test('a page is told by its title, not its text', () => {
  const page = '<!DOCTYPE html><html><head><title>Sign in · GitLab</title></head><body>…</body></html>';
  expect(words(502, page, { 'content-type': 'text/html' })).toBe(
    '502 Bad Gateway: an HTML page "Sign in · GitLab"',
  );
  expect(words(502, '<html>', {})).toBe('502 Bad Gateway: an HTML page');
});

test('a status without a name stands alone', () => {
  expect(words(520, '')).toBe('520');
});

test('any body gives one short line', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 100, max: 599 }), (body, status) => {
      const line = answerWords({ status, headers: {}, body }, (text) => text);
      expect(line.length).toBeLessThan(450);
      expect(line).not.toMatch(/[\n\r\u001b\u202e]/);
    }),
  );
  expect(words(400, `{"message":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`).length).toBeLessThan(450);
  expect(words(400, '\u001b[31mred\u202e\n'.repeat(100_000)).length).toBeLessThan(450);
});

test('a text is masked before it is cut, so that no half of a token remains', () => {
  const body = new TextEncoder().encode(`${'x'.repeat(395)}token-canary`);
  const line = answerWords({ status: 400, headers: {}, body }, (text) =>
    text.replace('token-canary', '[MASKED]'),
  );
  expect(line).not.toContain('token');
});
