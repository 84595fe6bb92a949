import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMasker, maskedJson } from '../../src/io/masker.ts';

const token = 'glpat-A1b2_C3d4-E5f6';
const odd = 'p@ss/word+"quote"\\ <&> ü';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a secret is masked', () => {
  test.each([
    { form: 'raw', text: `token ${token}!`, masked: 'token [MASKED]!' },
    { form: 'more than once', text: `${token} ${token}`, masked: '[MASKED] [MASKED]' },
    {
      form: 'in an address',
      text: `https://x/?a=${encodeURIComponent(odd)}&b`,
      masked: 'https://x/?a=[MASKED]&b',
    },
    {
      form: 'in an address with small letters',
      text: encodeURIComponent(odd).replace(/%../g, (code) => code.toLowerCase()),
      masked: '[MASKED]',
    },
    {
      form: 'in a form with plus signs',
      text: `a=${encodeURIComponent(odd).replaceAll('%20', '+')}`,
      masked: 'a=[MASKED]',
    },
    { form: 'in JSON', text: JSON.stringify({ a: odd }), masked: '{"a":"[MASKED]"}' },
    {
      form: 'in JSON inside JSON',
      text: JSON.stringify(JSON.stringify(odd)),
      masked: /^"\\+"\[MASKED\]\\+""$/,
    },
    {
      form: 'in JSON with slashes escaped',
      text: JSON.stringify(odd).replaceAll('/', '\\/'),
      masked: '"[MASKED]"',
    },
    {
      form: 'in JSON as HTML-safe writers make it',
      text: JSON.stringify(odd).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
      masked: '"[MASKED]"',
    },
    {
      form: 'in a stack',
      text: new Error(`no access with ${token}`).stack ?? '',
      masked: /^Error: no access with \[MASKED\]\n {4}at /,
    },
  ])('$form', ({ text, masked }) => {
    const result = createMasker([token, odd])(text);
    if (typeof masked === 'string') expect(result).toBe(masked);
    else expect(result).toMatch(masked);
  });

  test.each(['', 'x', 'xy', 'bot:', 'oauth2:1'])(
    'in base64 after %j, but for what neighbours share',
    (before) => {
      const text = base64(`${before}${token}:after`);
      const result = createMasker([token])(text);
      expect(result).toContain('[MASKED]');
      const rest = Buffer.from(result.replace('[MASKED]', ''), 'base64').toString();
      expect(rest).not.toMatch(/A1b2|C3d4|E5f6|glpat/);
    },
  );

  test('in base64 for addresses', () => {
    const secret = 'ûïþ??>>~~ûïþ';
    expect(createMasker([secret])(Buffer.from(secret).toString('base64url'))).toBe('[MASKED]');
  });

  test('without the line break that its variable ends with', () => {
    expect(createMasker([`${token}\n`])(`got ${token}.`)).toBe('got [MASKED].');
  });

  test('line by line when it has several lines', () => {
    const key = '-----BEGIN KEY-----\nAAAABBBBCCCC\nDD\n-----END KEY-----';
    expect(createMasker([key])('x AAAABBBBCCCC y DD')).toBe('x [MASKED] y DD');
    expect(createMasker([key])(`<${key}>`)).toBe('<[MASKED]>');
  });

  test('wholly when it overlaps another one, contains it or repeats itself', () => {
    expect(createMasker(['abcdef', 'defghi'])('-abcdefghi-')).toBe('-[MASKED]-');
    expect(createMasker(['cde', 'abcdefg'])('-abcdefg- cde')).toBe('-[MASKED]- [MASKED]');
    expect(createMasker(['aaaa'])('-aaaaaa-')).toBe('-[MASKED]-');
  });

  test('also when it looks like the mask or like a pattern', () => {
    expect(createMasker(['MASKED', 'a.c*'])('MASKED a.c* abc')).toBe('[MASKED] [MASKED] abc');
  });
});

test.each([{ secrets: [] }, { secrets: [''] }, { secrets: [' \n'] }])(
  'nothing is masked for $secrets',
  ({ secrets }) => {
    expect(createMasker(secrets)('any  text\n')).toBe('any  text\n');
  },
);

test('half a surrogate pair in a secret or a text does no harm', () => {
  expect(createMasker(['\uD800secret'])('a \uD800 text')).toBe('a \uD800 text');
});

test('whatever surrounds a secret, it is gone and the rest stays', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string({ minLength: 4 }), (before, after, secret) => {
      fc.pre(secret.trim().length >= 4);
      const masked = createMasker([secret])(before + secret + after);
      expect(masked).not.toContain(secret.trim());
      expect(masked).toContain('[MASKED]');
    }),
  );
});

describe('maskedJson', () => {
  test('masks texts and numbers at any depth and stays JSON', () => {
    const value = { path: `/x?t=${token}`, list: [{ id: 12345678 }], status: 200, none: null };
    const text = maskedJson(value, createMasker([token, '12345678']));
    expect(JSON.parse(text)).toEqual({
      path: '/x?t=[MASKED]',
      list: [{ id: '[MASKED]' }],
      status: 200,
      none: null,
    });
  });

  test('stays JSON for a secret made of signs that JSON uses', () => {
    expect(JSON.parse(maskedJson({ a: 'x":"y', b: 1 }, createMasker(['":"'])))).toEqual({
      a: 'x[MASKED]y',
      b: 1,
    });
  });
});
