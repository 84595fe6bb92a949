import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProvingHeaders, problemOfProof } from '../../src/receiver/authenticate.ts';
import { hookOwnerIn, hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { refusal, refusalCodes } from '../../src/receiver/refusal.ts';
import {
  problemOfSignature,
  type SignedDelivery,
  signatureOf,
} from '../../src/receiver/standard-webhooks.ts';

/** The vector of the reference libraries: https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries */
const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: Buffer.from('{"test": 2432232314}'),
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const now = new Date(1_614_265_330_000);
const { secret, ...delivery } = vector;
const otherVersion = 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const wrong = 'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=';

describe('rows 7 and 107: a signature of Standard Webhooks', () => {
  test.each<
    readonly [string, Partial<SignedDelivery & { readonly now: Date }>, readonly string[], string | null]
  >([
    ['as the reference libraries have it', {}, [secret], null],
    ['of a token that is written without its prefix', {}, [secret.slice(6)], null],
    [
      'beside other versions and wrong ones',
      { signature: `${wrong} ${otherVersion} ${vector.signature}` },
      [secret],
      null,
    ],
    ['of the old token during a rotation', {}, ['whsec_AAAA', secret], null],
    ['five minutes old', { now: new Date(now.getTime() + 300_000) }, [secret], null],
    ['older', { now: new Date(now.getTime() + 300_001) }, [secret], 'timestamp-out-of-range'],
    ['from the future', { now: new Date(now.getTime() - 300_001) }, [secret], 'timestamp-out-of-range'],
    ['of another id', { id: 'msg_other' }, [secret], 'secret-wrong'],
    ['of another moment', { timestamp: '1614265331' }, [secret], 'secret-wrong'],
    ['of another body', { body: Buffer.from('{"test": 1}') }, [secret], 'secret-wrong'],
    ['of another token', {}, ['whsec_AAAA'], 'secret-wrong'],
    ['with no token known', {}, [], 'secret-wrong'],
    ['with an empty token', {}, [''], 'secret-wrong'],
    ['with a token that is no base64', {}, ['whsec_no key!'], 'secret-wrong'],
    ['without an id', { id: '' }, [secret], 'secret-missing'],
    ['without a moment', { timestamp: '' }, [secret], 'secret-missing'],
    ['without itself', { signature: '' }, [secret], 'secret-missing'],
    ['with a moment that is no number', { timestamp: '16142653x0' }, [secret], 'secret-malformed'],
    ['that is cut', { signature: vector.signature.slice(0, -4) }, [secret], 'secret-malformed'],
    ['with nothing in it', { signature: 'v1,' }, [secret], 'secret-malformed'],
    ['of another version only', { signature: otherVersion }, [secret], 'secret-malformed'],
  ])('%s', (_title, { now: at = now, ...changed }, tokens, problem) => {
    expect(problemOfSignature({ ...delivery, ...changed }, tokens, at)).toBe(problem);
  });

  test('is made as the specification says', () => {
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.uint8Array(), (id, moment, body) => {
        const text = Buffer.concat([Buffer.from(`${id}.${moment}.`), body]);
        const wanted = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
        expect(signatureOf(secret, { id, timestamp: String(moment), body })).toBe(wanted);
      }),
    );
  });
});

const owner = { kind: 'project', id: 42 } as const;
const own = hookSecretOf('a master secret of more than 32 characters', owner);
const none: ProvingHeaders = { token: '', id: '', timestamp: '', signature: '' };

describe('rows 3, 4 and 7: the proof of a delivery', () => {
  const body = Buffer.from('{}');
  const signed = { id: '1', timestamp: String(now.getTime() / 1000) };
  const signature = signatureOf(own.signingToken, { ...signed, body });

  test.each<readonly [string, Partial<ProvingHeaders>, string | null]>([
    ['the secret token', { token: own.token }, null],
    ['a signature', { ...signed, signature }, null],
    ['both', { ...signed, signature, token: own.token }, null],
    ['both, as setup makes them', { ...signed, signature, token: own.tokenBesideSignature }, null],
    ['the token of a signed webhook, leaked', { token: own.tokenBesideSignature }, 'secret-wrong'],
    ['nothing', {}, 'secret-missing'],
    ['a shorter token', { token: own.token.slice(0, -1) }, 'secret-wrong'],
    ['a longer token', { token: `${own.token}x` }, 'secret-wrong'],
    ['a token with a line break', { token: `${own.token}\n` }, 'secret-malformed'],
    ['a word', { token: 'x' }, 'secret-malformed'],
    [
      'a right token with a wrong signature',
      { ...signed, signature: wrong, token: own.token },
      'secret-wrong',
    ],
    ['the signing token as the plain one', { token: own.signingToken }, 'secret-wrong'],
  ])('%s', (_title, headers, problem) => {
    expect(problemOfProof({ ...none, ...headers }, body, { secrets: [own], now })).toBe(problem);
  });
});

test('row 90: the secret of one webhook opens no other', () => {
  const master = 'a master secret of more than 32 characters';
  const owners = [
    owner,
    { kind: 'group', id: 42 },
    { kind: 'project', id: 4 },
    { kind: 'project', id: 2 },
  ] as const;
  const secrets = [...owners.map((one) => hookSecretOf(master, one)), hookSecretOf(`${master}!`, owner)];
  const all = secrets.flatMap((one) => [one.token, one.tokenBesideSignature, one.signingToken]);
  expect(new Set(all).size).toBe(15);
  expect(hookSecretOf(master, owner)).toEqual(own);
  expect(own.token).toMatch(/^[\w-]{43}$/);
  expect(own.signingToken).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
});

test.each([
  ['project=42', owner],
  ['group=7', { kind: 'group', id: 7 }],
  ['', null],
  ['project=', null],
  ['project=0', null],
  ['project=-1', null],
  ['project=1e3', null],
  ['project=9999999999999999', null],
])('the owner in %j', (query, wanted) => {
  expect(hookOwnerIn(new URLSearchParams(query))).toEqual(wanted);
});

test('rows 3 to 8: each refusal has a code of its own, an error status and says what to do', () => {
  const all = refusalCodes.map((code) => refusal(code));
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  expect(all.filter(({ status }) => status < 400)).toEqual([]);
});
