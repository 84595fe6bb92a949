/** Raw bytes on the receiver's port, as somebody sends them who has read its source. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { alertSecretsFrom, receiverSecretsFrom } from '../../src/cli/receiver-secrets.ts';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import type { AccessLine } from '../../src/serve/access-line.ts';
import { addressList } from '../../src/serve/address-list.ts';
import { realTime } from '../../src/serve/real-time.ts';
import { type Receiver, runReceiver } from '../../src/serve/run-receiver.ts';

const variables = { HERALD_WEBHOOK_SECRET: 'a master secret of more than 32 characters' };
const secret = hookSecretOf(variables.HERALD_WEBHOOK_SECRET, { kind: 'project', id: 42 }).token;
const path = '/hooks/gitlab?project=42';

let receiver: Receiver;
let folder = '';
let lines: AccessLine[] = [];
const handled: string[] = [];
let onHandled = (): void => undefined;
const printed: unknown[] = [];

beforeAll(async () => {
  for (const way of ['error', 'info', 'log', 'warn'] as const)
    vi.spyOn(console, way).mockImplementation((...words: unknown[]) => void printed.push(words));
  folder = await mkdtemp(join(tmpdir(), 'herald-receiver-'));
  const none = addressList([], '--allow-from');
  receiver = await runReceiver({
    ...realTime,
    ...{ host: '127.0.0.1', port: 0, spool: join(folder, 'spool'), concurrency: 2 },
    ...{ allowFrom: none, trustedProxy: none, metricsFrom: addressList(['127.0.0.0/8'], '--metrics-from') },
    limits: { maxEvents: 1_000, maxBytes: 100_000_000 },
    replay: false,
    secretsOf: receiverSecretsFrom(variables),
    alertSecretsOf: alertSecretsFrom(variables),
    showsSecret: false,
    isServed: () => true,
    accessLog: (line) => void lines.push(line),
    warn: (text) => void printed.push(text),
    handlerWith: () => (one) => {
      handled.push(one.id);
      onHandled();
      return Promise.resolve({ outcome: 'handled', detail: '' });
    },
    ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
  });
});

afterAll(async () => {
  await receiver.stop(1_000);
  await rm(folder, { recursive: true });
  vi.restoreAllMocks();
});

/** All that comes back until the connection ends. */
async function answerTo(bytes: string | Buffer): Promise<string> {
  lines = [];
  const socket = connect({ port: receiver.port, host: '127.0.0.1', allowHalfOpen: true });
  let got = '';
  socket.on('data', (piece) => (got += piece.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await Promise.race([once(socket, 'end'), once(socket, 'close')]).catch(() => undefined);
  socket.destroy();
  return got;
}

const push = JSON.stringify({
  object_kind: 'push',
  project_id: 42,
  ref: 'refs/heads/main',
  project: { id: 42 },
});

interface Parts {
  readonly target?: string;
  readonly host?: string;
  readonly type?: string;
  readonly more?: string;
  readonly body?: string | Buffer;
  readonly length?: string;
}

let count = 0;

/** A good delivery with a number of its own, but for what is given. */
function delivery(parts: Parts = {}): Buffer {
  count += 1;
  const { body = push, target = path, host = 'Host: herald', more = '' } = parts;
  const { type = 'application/json', length = String(Buffer.byteLength(body)) } = parts;
  const head = [
    `POST ${target} HTTP/1.1`,
    host,
    `Content-Type: ${type}`,
    `X-Gitlab-Token: ${secret}`,
    ...(more.includes('Idempotency-Key') ? [] : [`Idempotency-Key: n${count}`]),
    ...(more === '' ? [] : [more]),
    ...(length === '' ? [] : [`Content-Length: ${length}`]),
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
}

const get = (target: string, more = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: herald\r\nConnection: close\r\n${more}\r\n`;

function payload(changes: object): string {
  return JSON.stringify({ object_kind: 'push', project_id: 42, project: { id: 42 }, ...changes });
}

const escape = '\u001b[2J\nFORGED ';

const cases: readonly (readonly [string, number, string | Buffer])[] = [
  ['a good one', 200, delivery()],
  ['a host with a space', 400, delivery({ host: 'Host: a b' })],
  ['a host that is a whole address', 400, delivery({ host: 'Host: a\\@b/?project=7#' })],
  ['an empty host', 400, delivery({ host: 'Host:' })],
  ['a host with a port that is none', 400, delivery({ host: 'Host: a:99999' })],
  ['an address of another server', 200, delivery({ target: `http://evil.example${path}` })],
  ['an address with two slashes', 404, delivery({ target: `/${path}` })],
  ['an escaped slash', 404, delivery({ target: '/hooks%2fgitlab?project=42' })],
  ['escapes that are none', 404, delivery({ target: '/alerts/%ff/%' })],
  ['an escaped line end', 404, delivery({ target: '/alerts/sentry/42%0a' })],
  ['two projects', 401, delivery({ target: '/hooks/gitlab?project=43&project=42' })],
  ['a project beside a group', 401, delivery({ target: '/hooks/gitlab?group=7&project=43' })],
  ['a project by another number', 401, delivery({ target: '/hooks/gitlab?project=042' })],
  ['a secret in the address', 401, delivery({ target: `/?project=43&token=${secret}` })],
  ['a name that every object has', 404, get('/__proto__')],
  ['an upgrade', 405, get('/', 'Upgrade: websocket\r\n')],
  ['another protocol', 400, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  [
    'two lengths in two ways',
    400,
    delivery({ length: '6', more: 'Transfer-Encoding: chunked', body: `0\r\n\r\n${get('/metrics')}` }),
  ],
  [
    'a space before a colon',
    400,
    delivery({ length: '', more: 'Transfer-Encoding : chunked', body: '0\r\n\r\n' }),
  ],
  [
    'an unknown coding',
    400,
    delivery({ length: '', more: 'Transfer-Encoding: xchunked', body: '0\r\n\r\n' }),
  ],
  ['two lengths', 400, delivery({ more: 'Content-Length: 1' })],
  ['a length below zero', 400, delivery({ length: '-1' })],
  ['a folded header', 400, delivery({ more: 'X-A: b\r\n c' })],
  ['a header that is too long', 431, get('/', `A: ${'x'.repeat(100_000)}\r\n`)],
  ['a target that is too long', 431, get(`/${'x'.repeat(20_000)}`)],
  ['an expectation that is none', 417, delivery({ more: 'Expect: 200-maybe' })],
  ['a compressed body', 400, delivery({ more: 'Content-Encoding: gzip', body: gzipSync(push) })],
  ['a bomb', 400, delivery({ more: 'Content-Encoding: gzip', body: gzipSync(Buffer.alloc(50_000_000)) })],
  ['bytes that are no text', 400, delivery({ body: Buffer.from([0xff, 0xfe, 0x7b, 0x7d]) })],
  ['a form', 415, delivery({ type: 'application/x-www-form-urlencoded' })],
  ['two types', 415, delivery({ type: 'text/plain', more: 'Content-Type: application/json' })],
  ['two tokens', 401, delivery({ more: 'X-Gitlab-Token: wrong-wrong-wrong' })],
  ['a number as long as a header', 200, delivery({ more: `Idempotency-Key: ${'k'.repeat(8_000)}` })],
  ['a body that never ends its brackets', 400, delivery({ body: '{"a":'.repeat(50_000) })],
  [
    'names that every object has',
    200,
    delivery({ body: '{"__proto__":{"x":1},"object_kind":"push","project_id":42}' }),
  ],
  [
    'a ref that is a page long',
    200,
    delivery({ body: payload({ ref: `refs/heads/${escape}${'y'.repeat(300_000)}` }) }),
  ],
  [
    'a path that is a page long',
    200,
    delivery({
      body: payload({ project: { id: 42, path_with_namespace: `a${escape}${'z'.repeat(300_000)}` } }),
    }),
  ],
  ['a kind that nobody knows', 200, delivery({ body: payload({ object_kind: escape.repeat(1_000) }) })],
  [
    'numbers that are none',
    200,
    delivery({ body: payload({ project_id: 1e300, project: { id: '9'.repeat(400) } }) }),
  ],
];

describe('what arrives at the receiver', () => {
  test.each(cases)('%s is answered with %i and said in short', async (_name, status, bytes) => {
    const answer = await answerTo(bytes);
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    // One request, one answer: nothing behind it was taken for another one.
    expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(answer).not.toContain('herald_deliveries');
    expect(answer).not.toContain(secret);
    const said = JSON.stringify(lines);
    expect(said).not.toContain(secret);
    for (const line of lines) expect(JSON.stringify(line).length).toBeLessThan(3_000);
    expect(printed).toEqual([]);
  });

  test('one delivery sent ten times at once, and again, is handled once', async () => {
    handled.length = 0;
    const isHandled = new Promise<void>((resolve) => {
      onHandled = resolve;
    });
    const one = delivery({ more: 'Idempotency-Key: the-same' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => answerTo(one)));
    answers.push(await answerTo(one));
    expect(answers.filter((answer) => answer.includes('"queued"'))).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('"duplicate"'))).toHaveLength(10);
    await isHandled;
    expect(handled).toHaveLength(1);
  });

  test('the labels of its metrics are its own words, whatever it is sent', async () => {
    for (let at = 0; at < 60; at += 1) {
      const words = { action: `a${at}`, status: `s${at}`, name: `n${at}` };
      const kinds = [
        'merge_request',
        'deployment',
        'pipeline',
        'build',
        'milestone',
        'wiki_page',
        'emoji',
        'release',
      ];
      const kind = kinds[at % kinds.length] ?? '';
      const attributes = { iid: 7, id: at + 1, ...words };
      const body = payload({
        object_kind: kind,
        ...words,
        object_attributes: attributes,
        deployment_id: at + 1,
        build_id: 1,
        event_type: `e${at}`,
        tag: `t${at}`,
        id: 9,
      });
      await answerTo(delivery({ body }));
      await answerTo(delivery({ body: payload({ object_kind: `kind${at}`, event_name: `event${at}` }) }));
    }
    const metrics = await answerTo(get('/metrics'));
    const labels = new Set([...metrics.matchAll(/(?:event|outcome)="([^"]*)"/g)].map(([, label]) => label));
    for (const label of labels) expect(label).toMatch(/^[a-z_-]*$/);
    expect(labels.size).toBeLessThan(40);
  });
});
