import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alertSecretOf, isSentry } from '../../src/receiver/alert-secret.ts';
import type { Delivery } from '../../src/receiver/delivery.ts';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { signatureOf } from '../../src/receiver/standard-webhooks.ts';
import { addressList } from '../../src/serve/address-list.ts';
import { createHttpServer, type ServerWorld } from '../../src/serve/http-server.ts';
import type { Received } from '../../src/serve/receive.ts';
import type { KeepOutcome } from '../../src/serve/spool.ts';

const master = 'a master secret of more than 32 characters';
const clientSecret = 'the client secret of an integration';
const secret = hookSecretOf(master, { kind: 'project', id: 42 });
const push = JSON.stringify({
  object_kind: 'push',
  project_id: 42,
  ref: 'refs/heads/main',
  project: { id: 42 },
});

let server: Server;
let origin = '';
let port = 0;
let kept: { readonly delivery: Delivery; readonly body: string }[] = [];
let answers: Received[] = [];
let outcome: KeepOutcome['outcome'] | 'broken' = 'kept';

function worldWith(changes: Partial<ServerWorld> = {}): ServerWorld {
  return {
    allowFrom: addressList([], '--allow-from'),
    trustedProxy: addressList([], '--trusted-proxy'),
    metricsFrom: addressList(['127.0.0.0/8'], '--metrics-from'),
    secretsOf: (owner) => (owner === null ? [] : [hookSecretOf(master, owner)]),
    alertSecretsOf: (place) => ({
      tokens: [alertSecretOf(master, place)],
      clientSecrets: isSentry(place) ? [clientSecret] : [],
    }),
    showsSecret: false,
    isServed: () => true,
    now: () => new Date(),
    isStopping: () => false,
    keep(delivery, body) {
      if (outcome === 'broken') return Promise.reject(new Error('EIO'));
      if (outcome !== 'kept') return Promise.resolve({ outcome });
      kept.push({ delivery, body: Buffer.from(body).toString() });
      const queued = { ...delivery, name: '1', arrivedAt: 0, failures: 0, wasBegun: false, notBefore: 0 };
      return Promise.resolve({ outcome, queued });
    },
    ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
    metrics: () => Promise.resolve({ type: 'text/plain', body: 'herald_deliveries 1\n' }),
    answered: (received) => void answers.push(received),
    ...changes,
  };
}

async function listen(changes: Partial<ServerWorld> = {}): Promise<void> {
  server = createHttpServer(worldWith(changes));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  port = address.port;
  origin = `http://127.0.0.1:${port}`;
}

beforeEach(async () => {
  kept = [];
  answers = [];
  outcome = 'kept';
  await listen();
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function restart(changes: Partial<ServerWorld>): Promise<void> {
  server.close();
  await listen(changes);
}

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

async function send({
  path = '/hooks/gitlab?project=42',
  method = 'POST',
  headers = {},
  body = push,
}: Sent = {}) {
  const given = { 'content-type': 'application/json', 'x-gitlab-token': secret.token, ...headers };
  const withBody = method === 'GET' || method === 'HEAD' ? {} : { body: Buffer.from(body) };
  const response = await fetch(`${origin}${path}`, { method, headers: given, ...withBody });
  const text = await response.text();
  return {
    status: response.status,
    text,
    allow: response.headers.get('allow'),
    retry: response.headers.get('retry-after'),
  };
}

test('rows 1 and 10: an event is kept, then answered', async () => {
  const { status, text } = await send({ headers: { 'idempotency-key': 'abc' } });
  expect(status).toBe(200);
  expect(kept).toMatchObject([
    { delivery: { event: 'push.updated', project: 42, object: 'ref 42 main' }, body: push },
  ]);
  expect(JSON.parse(text)).toEqual({ outcome: 'queued', delivery: kept[0]?.delivery.id });
});

test('row 7: a signature is proof, and the bytes count, not what they mean', async () => {
  const body = `${push} `;
  const signed = { id: 'msg_1', timestamp: String(Math.floor(Date.now() / 1000)), body: Buffer.from(body) };
  const headers = {
    'x-gitlab-token': '',
    'webhook-id': signed.id,
    'webhook-timestamp': signed.timestamp,
    'webhook-signature': signatureOf(secret.signingToken, signed),
  };
  expect((await send({ headers, body })).status).toBe(200);
  expect((await send({ headers, body: push })).status).toBe(401);
});

const tooLarge = Buffer.alloc(25 * 1024 * 1024 + 1, ' ');

describe('rows 2 to 8: what is refused, each with its own code', () => {
  test.each<readonly [string, Sent, number, string]>([
    ['another address', { path: '/other' }, 404, 'not-found'],
    ['GET', { method: 'GET' }, 405, 'method-not-allowed'],
    ['PUT', { method: 'PUT', path: '/' }, 405, 'method-not-allowed'],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'wrong-media-type'],
    ['no media type', { headers: { 'content-type': '' } }, 415, 'wrong-media-type'],
    ['no secret', { headers: { 'x-gitlab-token': '' } }, 401, 'secret-missing'],
    ['a wrong secret', { headers: { 'x-gitlab-token': `${secret.token}x` } }, 401, 'secret-wrong'],
    ['a word as secret', { headers: { 'x-gitlab-token': 'x' } }, 401, 'secret-malformed'],
    ['the secret of another webhook', { path: '/?project=43' }, 401, 'secret-wrong'],
    ['no owner', { path: '/' }, 401, 'secret-wrong'],
    ['no JSON', { body: '{"object_kind":' }, 400, 'invalid-json'],
    ['a list', { body: '[]' }, 400, 'invalid-json'],
    ['a body that is too large', { body: tooLarge }, 413, 'body-too-large'],
  ])('%s', async (_title, sent, status, code) => {
    const answer = await send(sent);
    expect([answer.status, JSON.parse(answer.text) as unknown]).toEqual([
      status,
      { outcome: code, text: expect.any(String) as unknown },
    ]);
    expect(answer.allow).toBe(status === 405 ? 'POST' : null);
    expect(kept).toEqual([]);
    // An address that is none of the webhooks' is no delivery.
    expect(answers).toMatchObject(status === 404 ? [] : [{ outcome: 'refused', code }]);
    expect(JSON.stringify([answer, answers])).not.toContain(secret.token);
  });

  test('row 108: the payload of another project than the webhook is of', async () => {
    const body = push.replaceAll('42', '43');
    expect(await send({ body })).toMatchObject({
      status: 403,
      text: expect.stringContaining('project-not-served') as unknown,
    });
  });

  test('row 97: a project that is not served', async () => {
    await restart({ isServed: () => false });
    expect(await send()).toMatchObject({
      status: 403,
      text: expect.stringContaining('project-not-served') as unknown,
    });
  });

  test.each([
    ['full', 'spool-full'],
    ['broken', 'spool-unwritable'],
  ] as const)('a spool that is %s', async (state, code) => {
    outcome = state;
    expect(await send()).toMatchObject({
      status: 503,
      retry: '60',
      text: expect.stringContaining(code) as unknown,
    });
  });

  test('while it stops', async () => {
    await restart({ isStopping: () => true });
    expect(await send()).toMatchObject({
      status: 503,
      text: expect.stringContaining('shutting-down') as unknown,
    });
  });
});

describe('rows 93 and 109: addresses', () => {
  const office = addressList(['203.0.113.0/24', '2001:db8::/32'], '--allow-from');
  const local = addressList(['127.0.0.1'], '--trusted-proxy');

  test.each([
    ['a stranger', {}, null, 403],
    ['a stranger who says otherwise', { 'x-forwarded-for': '203.0.113.9' }, null, 403],
    ['the office behind the proxy', { 'x-forwarded-for': '203.0.113.9' }, local, 200],
    ['the office by IPv6', { 'x-forwarded-for': '2001:db8::1' }, local, 200],
    ['a stranger behind the proxy', { 'x-forwarded-for': '203.0.113.9, 198.51.100.1' }, local, 403],
    ['a proxy behind the proxy', { 'x-forwarded-for': '198.51.100.1, 203.0.113.9, 127.0.0.1' }, local, 200],
    ['a proxy that says nothing', {}, local, 403],
    ['a proxy that says nonsense', { 'x-forwarded-for': 'office' }, local, 403],
  ])('%s', async (_title, headers, proxy, status) => {
    await restart({ allowFrom: office, ...(proxy === null ? {} : { trustedProxy: proxy }) });
    expect((await send({ headers })).status).toBe(status);
  });

  test.each(['10.0.0.0/33', '2001:db8::/129', 'office', '10.0.0.0/8/8', '10.0.0.0/', ''])(
    '%j is no network',
    (text) => {
      expect(() => addressList([text], '--allow-from')).toThrow('--allow-from has');
    },
  );
});

test('row 9: a kind that nobody knows is a success', async () => {
  const { status, text } = await send({ body: '{"object_kind":"new_thing","project":{"id":42}}' });
  expect([status, kept]).toEqual([200, []]);
  expect(JSON.parse(text)).toMatchObject({ outcome: 'ignored' });
});

test('row 112: a duplicate is a success', async () => {
  outcome = 'duplicate';
  expect(await send()).toMatchObject({ status: 200, text: expect.stringContaining('duplicate') as unknown });
});

describe('row 95: bodies', () => {
  async function raw(head: string, ...parts: readonly string[]): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    const ended = once(socket, 'close');
    for (const part of [head, ...parts]) socket.write(part);
    socket.end();
    await ended;
    return answer;
  }

  const common = `host: x\r\ncontent-type: application/json\r\nx-gitlab-token: ${secret.token}\r\n`;

  test('one that ends before its announced length is not kept', async () => {
    await raw(`POST /?project=42 HTTP/1.1\r\n${common}content-length: 500\r\n\r\n`, push);
    expect(kept).toEqual([]);
  });

  test('one that goes on behind its announced length ends there', async () => {
    await raw(`POST /?project=42 HTTP/1.1\r\n${common}content-length: 10\r\nconnection: close\r\n\r\n`, push);
    expect(kept).toEqual([]);
    expect(answers).toMatchObject([{ code: 'invalid-json' }]);
  });

  test('one without a length is read to the limit and no further', async () => {
    const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
    const parts = Array.from({ length: 26 }, () => chunk);
    await raw(`POST /?project=42 HTTP/1.1\r\n${common}transfer-encoding: chunked\r\n\r\n`, ...parts);
    expect(answers).toMatchObject([{ code: 'body-too-large' }]);
  });
});

describe('watching', () => {
  test('it says that it is alive, and ready', async () => {
    expect(await send({ path: '/healthz', method: 'GET' })).toMatchObject({ status: 200, text: 'alive\n' });
    expect(await send({ path: '/readyz', method: 'GET' })).toMatchObject({ status: 200, text: 'ready\n' });
    await restart({ ready: () => Promise.resolve({ isReady: false, reason: 'GitLab cannot be reached' }) });
    expect(await send({ path: '/readyz', method: 'GET' })).toMatchObject({
      status: 503,
      text: 'GitLab cannot be reached\n',
    });
  });

  test('its metrics are for those who may see them', async () => {
    expect((await send({ path: '/metrics', method: 'GET' })).text).toContain('herald_deliveries 1');
    await restart({ metricsFrom: addressList([], '--metrics-from') });
    expect((await send({ path: '/metrics', method: 'GET' })).status).toBe(403);
  });
});

describe('rows 2 and 109: who sends slowly, or nothing', () => {
  const short = {
    connections: 3,
    headersTimeout: 60,
    requestTimeout: 120,
    keepAliveTimeout: 60,
    checkingInterval: 20,
  };

  async function listenWith(changes: Partial<typeof short> = {}): Promise<void> {
    server.close();
    server = createHttpServer(worldWith(), { ...short, ...changes });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    origin = `http://127.0.0.1:${port}`;
  }

  /** The answer to a request that is never completed, once the server has ended it. */
  async function ended(text: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', () => undefined);
    socket.write(text);
    await once(socket, 'close');
    return answer;
  }

  const head = `POST /?project=42 HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;

  test('half a head is ended', async () => {
    await listenWith();
    expect(await ended('POST / HTTP/1.1\r\nhost:')).toContain('408');
  });

  test('a body that does not come is ended, and nothing is kept', async () => {
    await listenWith();
    await ended(`${head}x-gitlab-token: ${secret.token}\r\ncontent-length: 500\r\n\r\n{`);
    expect(kept).toEqual([]);
  });

  test('a stranger is answered before the body comes', async () => {
    await listenWith({ headersTimeout: 60_000, requestTimeout: 60_000 });
    expect(await ended(`${head}x-gitlab-token: ${'x'.repeat(43)}\r\ncontent-length: 500\r\n\r\n`)).toContain(
      '401',
    );
    expect(await ended(`${head}content-length: 26214401\r\n\r\n`)).toContain('413');
  });

  test('of too many connections, the last are ended at once, and those that are there go on', async () => {
    await listenWith({ headersTimeout: 60_000, requestTimeout: 60_000, keepAliveTimeout: 60_000 });
    const idle = Array.from({ length: short.connections }, () => connect(port, '127.0.0.1'));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    await expect
      .poll(
        () =>
          new Promise((resolve) =>
            server.getConnections((_, count) => {
              resolve(count);
            }),
          ),
      )
      .toBe(3);
    await expect(send()).rejects.toThrow();
    const [first] = idle;
    first?.write(`GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n`);
    const [answer] = (await once(first ?? server, 'data')) as [Buffer];
    expect(answer.toString()).toContain('200 OK');
    for (const socket of idle) socket.destroy();
  });

  test('bodies of many senders at once are bounded together, by what came and not by what was announced', async () => {
    const { createBodyReader } = await import('../../src/serve/read-body.ts');
    const read = createBodyReader({ maxBytes: 100, maxBytesAtOnce: 150 });
    const body = (size: number, more: { waits: boolean }): Parameters<typeof read>[0] => {
      const incoming = Readable.from(
        (async function* () {
          yield Buffer.alloc(size);
          if (more.waits) await new Promise((resolve) => setTimeout(resolve, 50));
        })(),
      );
      return Object.assign(incoming, { complete: true }) as unknown as Parameters<typeof read>[0];
    };
    const slow = read(body(90, { waits: true }));
    expect(await read(body(61, { waits: false }))).toBe('too-busy');
    expect(await read(body(60, { waits: false }))).toHaveLength(60);
    expect(await slow).toHaveLength(90);
    expect(await read(body(101, { waits: false }))).toBe('body-too-large');
    expect(await read(body(100, { waits: false }))).toHaveLength(100);
  });
});
