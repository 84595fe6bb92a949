import { describe, expect, test } from 'vitest';
import {
  backOffMs,
  type FailedTry,
  isRepeatable,
  mayHaveLanded,
  retryWaitMs,
  type TryResult,
} from '../../../src/gitlab/transport/retry.ts';
import type { FailureKind } from '../../../src/gitlab/transport/transport-failure.ts';

const limits = { maxTries: 6, maxTotalMs: 120_000 };
const now = new Date('2026-03-04T10:00:00.000Z');
const nowSeconds = now.getTime() / 1000;

const get = { method: 'GET', path: '/user' };
const put = { method: 'PUT', path: '/projects/42/merge_requests/17/notes/301' };
const remove = { method: 'DELETE', path: '/projects/42/merge_requests/17/notes/301' };
const postNote = { method: 'POST', path: '/projects/42/merge_requests/17/notes' };
const postStatus = { method: 'POST', path: '/projects/shop%2Ftill/statuses/4f2b9c1d' };

function answered(status: number, headers: Readonly<Record<string, string>> = {}): TryResult {
  return { kind: 'answer', status, headers };
}

function failed(failure: FailureKind, sent = true): TryResult {
  return { kind: 'failure', failure, sent };
}

function wait(overrides: Partial<FailedTry>): number | null {
  const first = { request: get, attempt: 1, result: answered(503), elapsedMs: 0, now, random: 0 };
  return retryWaitMs({ ...first, ...overrides }, limits);
}

describe('what an answer is worth', () => {
  const passing = [502, 503, 504, 520, 524];
  const final = [400, 401, 403, 404, 405, 409, 410, 413, 422, 501];
  const repeatable = [get, put, remove, postStatus];

  test.each(passing.flatMap((status) => repeatable.map((request) => ({ status, ...request }))))(
    '$method $path is tried again after $status',
    ({ status, method, path }) => {
      expect(wait({ request: { method, path }, result: answered(status) })).toBe(1000);
    },
  );

  test.each([...passing, ...final])('a create is not tried again after %i', (status) => {
    expect(wait({ request: postNote, result: answered(status) })).toBeNull();
  });

  test.each(final.flatMap((status) => [get, put, remove].map((request) => ({ status, ...request }))))(
    '$method is not tried again after $status',
    ({ status, method, path }) => {
      expect(wait({ request: { method, path }, result: answered(status) })).toBeNull();
    },
  );

  test('a reading is tried again after an error of GitLab itself, a write is not', () => {
    expect(wait({ request: get, result: answered(500) })).toBe(1000);
    for (const request of [put, remove, postStatus, postNote])
      expect(wait({ request, result: answered(500) })).toBeNull();
  });

  test('a commit status is posted again after 409, when another update holds the lock', () => {
    expect(wait({ request: postStatus, result: answered(409) })).toBe(1000);
  });

  test.each([get, put, remove, postNote, postStatus])('$method $path is tried again after 429', (request) => {
    expect(wait({ request, result: answered(429, { 'retry-after': '7' }) })).toBe(7000);
  });
});

describe('what a failure is worth', () => {
  test.each<{ failure: FailureKind; sent: boolean; repeatable: boolean; create: boolean }>([
    { failure: 'dns', sent: false, repeatable: true, create: true },
    { failure: 'refused', sent: false, repeatable: true, create: true },
    { failure: 'connect-timeout', sent: false, repeatable: true, create: true },
    { failure: 'broken', sent: false, repeatable: true, create: true },
    { failure: 'broken', sent: true, repeatable: true, create: false },
    { failure: 'response-timeout', sent: true, repeatable: true, create: false },
    { failure: 'proxy', sent: false, repeatable: true, create: true },
    { failure: 'certificate', sent: false, repeatable: false, create: false },
    { failure: 'no-tls', sent: false, repeatable: false, create: false },
    { failure: 'too-large', sent: true, repeatable: false, create: false },
    { failure: 'undecodable', sent: true, repeatable: false, create: false },
    { failure: 'invalid-request', sent: false, repeatable: false, create: false },
  ])('$failure (sent: $sent)', ({ failure, sent, repeatable, create }) => {
    const result = failed(failure, sent);
    expect(wait({ result }) !== null).toBe(repeatable);
    expect(wait({ result, request: postStatus }) !== null).toBe(repeatable);
    expect(wait({ result, request: postNote }) !== null).toBe(create);
  });

  test('an unknown name is asked for three times only', () => {
    expect([1, 2, 3].map((attempt) => wait({ attempt, result: failed('dns', false) }))).toEqual([
      1000,
      2000,
      null,
    ]);
  });
});

describe('how long to wait', () => {
  test.each<{ name: string; headers: Readonly<Record<string, string>>; expected: number }>([
    { name: 'seconds', headers: { 'retry-after': '30' }, expected: 30_000 },
    { name: 'seconds among spaces', headers: { 'retry-after': ' 30 ' }, expected: 30_000 },
    { name: 'a date', headers: { 'retry-after': 'Wed, 04 Mar 2026 10:00:45 GMT' }, expected: 45_000 },
    {
      name: 'a date that has passed',
      headers: { 'retry-after': 'Wed, 04 Mar 2026 09:00:00 GMT' },
      expected: 0,
    },
    { name: 'zero', headers: { 'retry-after': '0' }, expected: 0 },
    { name: 'nonsense', headers: { 'retry-after': 'soon' }, expected: 5000 },
    { name: 'a negative number', headers: { 'retry-after': '-5' }, expected: 5000 },
    { name: 'a number out of all range', headers: { 'retry-after': '99999999999999999999' }, expected: 5000 },
    { name: 'nothing', headers: {}, expected: 5000 },
    {
      name: 'the end of a used-up limit',
      headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': String(nowSeconds + 20) },
      expected: 20_000,
    },
    {
      name: 'the end of a limit that is not used up',
      headers: { 'ratelimit-remaining': '1900', 'ratelimit-reset': String(nowSeconds + 20) },
      expected: 5000,
    },
    {
      name: 'an end that has passed',
      headers: { 'ratelimit-reset': String(nowSeconds - 20) },
      expected: 5000,
    },
    {
      name: 'both',
      headers: { 'retry-after': '3', 'ratelimit-remaining': '0', 'ratelimit-reset': String(nowSeconds + 20) },
      expected: 3000,
    },
  ])('after 429 with $name', ({ headers, expected }) => {
    expect(wait({ result: answered(429, headers) })).toBe(expected);
  });

  test('Retry-After counts for 503 too', () => {
    expect(wait({ result: answered(503, { 'retry-after': '9' }) })).toBe(9000);
  });

  test('what GitLab asks for is never undercut, and spread over a second', () => {
    const result = answered(429, { 'retry-after': '30' });
    expect(wait({ result, random: 0.999 })).toBe(30_999);
  });

  test('waits double, and jitter makes each up to half as long again', () => {
    expect([1, 2, 3, 4].map((attempt) => backOffMs(attempt, 0))).toEqual([1000, 2000, 4000, 8000]);
    expect(backOffMs(1, 0.999)).toBeCloseTo(1499.5);
    expect(backOffMs(30, 0)).toBe(60_000);
  });

  test('without advice, the waits after 429 reach over a minute, the window of the limit', () => {
    let elapsedMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const next = wait({ attempt, elapsedMs, result: answered(429) });
      if (next === null) break;
      elapsedMs += next;
    }
    expect(elapsedMs).toBeGreaterThan(60_000);
    expect(elapsedMs).toBeLessThanOrEqual(limits.maxTotalMs);
  });
});

describe('when to give up', () => {
  test('after the last try', () => {
    expect(wait({ attempt: 5 })).not.toBeNull();
    expect(wait({ attempt: 6 })).toBeNull();
  });

  test('at once when the wait would pass the total', () => {
    expect(wait({ result: answered(429, { 'retry-after': '121' }) })).toBeNull();
    expect(wait({ result: answered(429, { 'retry-after': '60' }), elapsedMs: 60_000 })).toBe(60_000);
    expect(wait({ result: answered(429, { 'retry-after': '60' }), elapsedMs: 60_001 })).toBeNull();
  });
});

test.each([
  { ...get, expected: true },
  { ...put, expected: true },
  { ...remove, expected: true },
  { ...postStatus, expected: true },
  { ...postNote, expected: false },
  { method: 'POST', path: '/projects/42/issues', expected: false },
  { method: 'POST', path: '/projects/statuses/merge_requests/1/notes', expected: false },
  { method: 'PATCH', path: '/user', expected: false },
])('$method $path is repeatable: $expected', ({ method, path, expected }) => {
  expect(isRepeatable({ method, path })).toBe(expected);
});

test.each([
  { name: 'a lost answer', result: failed('broken', true), expected: true },
  { name: 'a refused connection', result: failed('refused', false), expected: false },
  { name: 'a gateway error', result: answered(502), expected: true },
  { name: 'an error of GitLab', result: answered(500), expected: true },
  { name: 'a refusal', result: answered(422), expected: false },
  { name: 'a rate limit', result: answered(429), expected: false },
])('after $name a create may have landed: $expected', ({ result, expected }) => {
  expect(mayHaveLanded(result)).toBe(expected);
});
