import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertSecretOf, isSentry } from '../../src/receiver/alert-secret.ts';
import type { Delivery } from '../../src/receiver/delivery.ts';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { addressList } from '../../src/serve/address-list.ts';
import { createHttpServer, type ServerWorld } from '../../src/serve/http-server.ts';
import type { Received } from '../../src/serve/receive.ts';
import { parseAlertEnvelope } from '../../src/webhooks/alert-envelope.ts';
import { alertFixture } from '../trail/alerts/fixture.ts';

const master = 'a master secret of more than 32 characters';
const clientSecret = 'the client secret of an integration';
const place = { source: 'alertmanager', project: 42 };
const secret = alertSecretOf(master, place);
const body = JSON.stringify(alertFixture('alertmanager-firing'));

let server: Server;
let origin = '';
let kept: { readonly delivery: Delivery; readonly body: string }[] = [];
let answers: Received[] = [];

async function listen(changes: Partial<ServerWorld> = {}): Promise<void> {
  server = createHttpServer({
    allowFrom: addressList([], '--allow-from'),
    trustedProxy: addressList([], '--trusted-proxy'),
    metricsFrom: addressList(['127.0.0.0/8'], '--metrics-from'),
    secretsOf: (owner) => (owner === null ? [] : [hookSecretOf(master, owner)]),
    alertSecretsOf: (at) => ({
      tokens: [alertSecretOf(master, at)],
      clientSecrets: isSentry(at) ? [clientSecret] : [],
    }),
    showsSecret: false,
    isServed: () => true,
    now: () => new Date(),
    isStopping: () => false,
    keep(delivery, bytes) {
      kept.push({ delivery, body: Buffer.from(bytes).toString() });
      const queued = { ...delivery, name: '1', arrivedAt: 0, failures: 0, wasBegun: false, notBefore: 0 };
      return Promise.resolve({ outcome: 'kept', queued });
    },
    ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
    metrics: () => Promise.resolve({ type: 'text/plain', body: '' }),
    answered: (received) => void answers.push(received),
    ...changes,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${address.port}`;
}

beforeEach(async () => {
  kept = [];
  answers = [];
  await listen();
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function send({
  path = '/alerts/alertmanager/42',
  method = 'POST',
  headers = {},
  body: text = body,
}: Sent = {}) {
  const given = { 'content-type': 'application/json', authorization: `Bearer ${secret}`, ...headers };
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: given,
    ...(method === 'GET' ? {} : { body: text }),
  });
  return { status: response.status, text: await response.text() };
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const signed = (text: string, key: string): string => createHmac('sha256', key).update(text).digest('hex');

test('a message is kept with its source and project, whatever it says itself', async () => {
  const text = JSON.stringify({ herald_alert: 'pager', herald_project: 7, alerts: [] });
  expect((await send({ body: text })).status).toBe(200);
  expect(kept).toMatchObject([
    { delivery: { event: 'alert', project: 42, object: 'alerts 42 alertmanager', meaning: null } },
  ]);
  expect(parseAlertEnvelope(kept[0]?.body ?? '')).toEqual({
    source: 'alertmanager',
    project: 42,
    secret: null,
    payload: { herald_alert: 'pager', herald_project: 7, alerts: [] },
  });
});

test('a trigger is shown the secret, and other names of the message are out of its reach', async () => {
  server.close();
  await listen({ showsSecret: true });
  await send({ body: JSON.stringify({ id: 9, ref: 'x', variables: { A: '1' } }) });
  expect(parseAlertEnvelope(kept[0]?.body ?? '')).toMatchObject({
    secret,
    payload: { id: 9, ref: 'x', variables: { A: '1' } },
  });
});

test('a password with any username is a secret', async () => {
  expect((await send({ headers: { authorization: basic('prometheus', secret) } })).status).toBe(200);
  expect((await send({ headers: { authorization: basic('', secret) } })).status).toBe(200);
});

test('Sentry signs its messages, and numbers them', async () => {
  const text = JSON.stringify(alertFixture('sentry-event-alert'));
  const headers = {
    authorization: '',
    'sentry-hook-signature': signed(text, clientSecret),
    'request-id': 'a-number',
  };
  const path = '/alerts/sentry/42';
  expect((await send({ path, headers, body: text })).status).toBe(200);
  expect((await send({ path, headers, body: text })).status).toBe(200);
  expect(kept[0]?.delivery.id).toBe(kept[1]?.delivery.id);
  expect((await send({ path, headers, body: `${text} ` })).status).toBe(401);
});

test('the same words of a tool without numbers are another message: it may happen again', async () => {
  await send();
  await send();
  expect(kept[0]?.delivery.id).not.toBe(kept[1]?.delivery.id);
});

describe('what is refused, each with its own code, as of a webhook', () => {
  const sentry = '/alerts/sentry/42';
  const unsigned = { authorization: '' };
  test.each<readonly [string, Sent, number, string]>([
    ['no source', { path: '/alerts/42' }, 404, 'not-found'],
    ['a source that is none', { path: '/alerts/Alert%2Fmanager/42' }, 404, 'not-found'],
    ['a project that is no number', { path: '/alerts/alertmanager/shop' }, 404, 'not-found'],
    ['GET', { method: 'GET' }, 405, 'method-not-allowed'],
    ['a form', { headers: { 'content-type': 'text/plain' } }, 415, 'wrong-media-type'],
    ['no secret', { headers: unsigned }, 401, 'secret-missing'],
    ['a wrong secret', { headers: { authorization: `Bearer ${secret}x` } }, 401, 'secret-wrong'],
    ['a wrong password', { headers: { authorization: basic('u', 'wrong-password') } }, 401, 'secret-wrong'],
    ['a password that is none', { headers: { authorization: 'Basic !!!' } }, 401, 'secret-malformed'],
    ['another scheme', { headers: { authorization: `Digest ${secret}` } }, 401, 'secret-malformed'],
    ['the secret of another project', { path: '/alerts/alertmanager/43' }, 401, 'secret-wrong'],
    ['the secret of another source', { path: '/alerts/grafana/42' }, 401, 'secret-wrong'],
    [
      'the secret of a webhook',
      { headers: { authorization: `Bearer ${hookSecretOf(master, { kind: 'project', id: 42 }).token}` } },
      401,
      'secret-wrong',
    ],
    [
      'the signature of Sentry for another tool',
      { headers: { ...unsigned, 'sentry-hook-signature': signed(body, clientSecret) } },
      401,
      'secret-wrong',
    ],
    [
      'a signature with another secret',
      { path: sentry, headers: { ...unsigned, 'sentry-hook-signature': signed(body, 'guess') } },
      401,
      'secret-wrong',
    ],
    [
      'a signature that is none',
      { path: sentry, headers: { ...unsigned, 'sentry-hook-signature': 'x' } },
      401,
      'secret-malformed',
    ],
    ['no JSON', { body: '{' }, 400, 'invalid-json'],
    ['a list', { body: '[]' }, 400, 'invalid-json'],
  ])('%s', async (_title, sent, status, code) => {
    const answer = await send(sent);
    expect([answer.status, JSON.parse(answer.text) as unknown]).toEqual([
      status,
      { outcome: code, text: expect.any(String) as unknown },
    ]);
    expect(kept).toEqual([]);
    expect(answers).toMatchObject(status === 404 ? [] : [{ outcome: 'refused', code }]);
    expect(JSON.stringify([answer, answers])).not.toContain(secret);
  });

  test('row 109: an address that may not deliver, before any secret is looked at', async () => {
    server.close();
    await listen({ allowFrom: addressList(['203.0.113.0/24'], '--allow-from') });
    expect(await send()).toMatchObject({ status: 403 });
    expect(answers).toMatchObject([{ code: 'address-not-allowed' }]);
  });
});

test('an alert is none where webhooks arrive, with a secret of a webhook', async () => {
  const text = JSON.stringify({ herald_alert: 'alertmanager', herald_project: 42, herald_payload: {} });
  const { token } = hookSecretOf(master, { kind: 'project', id: 42 });
  const headers = { 'x-gitlab-token': token, authorization: '' };
  const answer = await send({ path: '/hooks/gitlab?project=42', headers, body: text });
  expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('ignored') as unknown });
  expect(kept).toEqual([]);
});
