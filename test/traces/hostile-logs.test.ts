import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretForms } from '../../src/io/masker.ts';
import { createTextMask } from '../../src/secrets/mask-text.ts';
import type { FoundCause } from '../../src/traces/find-cause.ts';
import { causeOfBytes, hasEscapes } from './cause-of-text.ts';

const fragments = [
  '\u001b[0K\u001b[32;1m$ npm test\u001b[0;m\n',
  'section_start:1772618400:step_script\r\u001b[0K',
  'section_start:1772618400:a[collapsed=true]\r\u001b[0K',
  'section_end:1772618400:step_script\r\u001b[0K',
  '2026-03-04T10:00:00.000000Z 00O ',
  '2026-03-04T10:00:00.000000Z 00O+',
  '\r\n',
  '\n',
  '\r',
  '\u001b]0;title',
  '\u001b',
  'error TS2345: ',
  'FAILED tests/a.py::b - ',
  'ERROR: Job failed: exit code 137\n',
  '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n',
  '😺',
];
const log = fc
  .array(
    fc.oneof(
      fc.constantFrom(...fragments).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => Buffer.concat(parts));

function textsOf(cause: FoundCause | null): string {
  if (cause === null) return '';
  return [cause.headline, cause.command ?? '', ...cause.excerpt.map(({ text }) => text)].join('\n');
}

describe('whatever the bytes of a log', () => {
  test('what comes out is bounded and without control characters', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 500 }), (bytes, size) => {
        const cause = causeOfBytes(bytes, size);
        expect(textsOf(cause).length).toBeLessThan(20_000);
        expect(hasEscapes(cause)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('it does not matter in which pieces they come', () => {
    fc.assert(
      fc.property(log, fc.integer({ min: 1, max: 100 }), (bytes, size) => {
        expect(causeOfBytes(bytes, size)).toEqual(causeOfBytes(bytes, 1_000_000));
      }),
      { numRuns: 200 },
    );
  });

  test('lines of any length, of one character or of escape sequences, are read', () => {
    for (const unit of [
      'a',
      '\u001b',
      '\u001b[',
      '\u001b]',
      '\r',
      '(',
      ' ',
      '/a',
      '0 ',
      'error: ',
      '"',
      'eyJa.',
      '-',
      'password=',
    ])
      expect(textsOf(causeOfBytes(Buffer.from(unit.repeat(300_000)), 65_536)).length).toBeLessThan(20_000);
  });
});

const ownSecret = 'own+secret/value==1234';
const secrets = [
  'glpat-abcDEF123456_7890xyz',
  'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  'AKIAIOSFODNN7EXAMPLE',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ',
  'xoxb-123456789012-abcdefGHIJKL',
  'npm_abcdefghijklmnopqrstuvwxyz012345',
  ownSecret,
  encodeURIComponent(ownSecret),
  Buffer.from(`user:${ownSecret}`).toString('base64'),
] as const;
const named = [
  'password=%',
  'DB_PASSWORD: %',
  '"client_secret": "%"',
  'Authorization: Bearer %',
  'PRIVATE-TOKEN: %',
  'https://user:%@example.com/x',
  '--token %',
];

describe('no secret survives', () => {
  test('wherever it is in a line that is shown', () => {
    const secret = fc.constantFrom(...secrets);
    const around = fc.constantFrom('', ' ', '"', "'", '(', '=', ': ', 'x ');
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const bytes = Buffer.from(`$ deploy\nerror: ${before}${value}${after}\nlast ${before}${value}\n`);
        expect(textsOf(causeOfBytes(bytes, 64, createTextMask(secretForms([ownSecret]))))).not.toContain(
          value,
        );
      }),
    );
  });

  test.each(named)('named as in %s', (form) => {
    const bytes = Buffer.from(`error: ${form.replace('%', 'hunter22-hunter')} was refused\n`);
    const shown = textsOf(causeOfBytes(bytes));
    expect(shown).toContain('[MASKED]');
    expect(shown).not.toContain('hunter22');
  });

  test('in a private key, whose lines look like nothing', () => {
    const key = [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU',
      'QyNTUxOQAAACD',
      '-----END OPENSSH PRIVATE KEY-----',
    ];
    const shown = textsOf(causeOfBytes(Buffer.from(`deploying\n${key.join('\n')}\nthat was all\n`)));
    expect(shown).not.toMatch(/b3Blbn|QyNTUx|PRIVATE KEY/);
    expect(shown).toContain('that was all');
  });
});

describe('what is no secret stays', () => {
  test.each([
    'Unexpected token } in JSON at position 4',
    'tests passed: 1204',
    'PASS: TestTokenizer',
    'error: password must not be empty',
    'pull access denied, repository does not exist or may require authorization: server message: denied',
    'commit 4f2b9c1d7e8a6053b1c2d3e4f5a6b7c8d9e0f1a2',
  ])('%s', (line) => {
    expect(causeOfBytes(Buffer.from(`${line}\n`))?.headline).toBe(line);
  });
});
