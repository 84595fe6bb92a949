import { expect, test } from 'vitest';
import { TransportFailure, transportFailureOf } from '../../../src/gitlab/transport/transport-failure.ts';

function coded(code: string): Error {
  return Object.assign(new Error('the message'), { code });
}

test.each([
  { code: 'ENOTFOUND', sent: false, expected: { kind: 'dns', sent: false } },
  { code: 'EAI_AGAIN', sent: false, expected: { kind: 'dns', sent: false } },
  { code: 'ECONNREFUSED', sent: false, expected: { kind: 'refused', sent: false } },
  { code: 'ETIMEDOUT', sent: false, expected: { kind: 'connect-timeout', sent: false } },
  { code: 'ETIMEDOUT', sent: true, expected: { kind: 'broken', sent: true } },
  { code: 'ECONNRESET', sent: true, expected: { kind: 'broken', sent: true } },
  { code: 'ECONNRESET', sent: false, expected: { kind: 'broken', sent: false } },
  { code: 'EPIPE', sent: true, expected: { kind: 'broken', sent: true } },
  { code: 'HPE_INVALID_CONSTANT', sent: true, expected: { kind: 'broken', sent: true } },
  { code: 'DEPTH_ZERO_SELF_SIGNED_CERT', sent: false, expected: { kind: 'certificate', sent: false } },
  { code: 'SELF_SIGNED_CERT_IN_CHAIN', sent: true, expected: { kind: 'certificate', sent: false } },
  { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', sent: false, expected: { kind: 'certificate', sent: false } },
  { code: 'CERT_HAS_EXPIRED', sent: false, expected: { kind: 'certificate', sent: false } },
  { code: 'ERR_TLS_CERT_ALTNAME_INVALID', sent: false, expected: { kind: 'certificate', sent: false } },
  { code: 'ERR_SSL_WRONG_VERSION_NUMBER', sent: false, expected: { kind: 'no-tls', sent: false } },
  { code: 'ERR_SSL_TLSV1_ALERT', sent: true, expected: { kind: 'broken', sent: true } },
  { code: 'Z_DATA_ERROR', sent: true, expected: { kind: 'undecodable', sent: true } },
  { code: 'ERR_INVALID_CHAR', sent: false, expected: { kind: 'invalid-request', sent: false } },
])('$code is $expected.kind', ({ code, sent, expected }) => {
  expect(transportFailureOf(coded(code), sent)).toMatchObject({ ...expected, detail: code });
});

test('of several addresses that failed, the first code counts', () => {
  const error = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
  expect(transportFailureOf(error, false)).toMatchObject({ kind: 'refused' });
});

test.each([{ error: null }, { error: 'text' }, { error: new Error('no code') }, { error: { code: 5 } }])(
  'what has no code is a broken connection',
  ({ error }) => {
    expect(transportFailureOf(error, true)).toMatchObject({ kind: 'broken', sent: true });
  },
);

test('what is classed already stays as it is, and nothing of the error below is kept', () => {
  const failure = new TransportFailure('proxy', { sent: false, detail: 'x' });
  expect(transportFailureOf(failure, true)).toBe(failure);
  expect(transportFailureOf(coded('ECONNRESET'), true).cause).toBeUndefined();
});
