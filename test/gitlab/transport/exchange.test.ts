import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createConnections } from '../../../src/gitlab/transport/connections.ts';
import {
  type BodySink,
  exchange,
  type HttpAnswer,
  type HttpRequest,
} from '../../../src/gitlab/transport/exchange.ts';
import { haltTimers } from '../../halted-timers.ts';
import { aLog, canary, rejection } from '../connect-for-test.ts';
import { closedPort, serve, useRealNetwork } from '../loopback.ts';

useRealNetwork();

/** Longer than any machine is busy; what waits for the end of one names its own. */
const timeouts = { connectMs: 300_000, responseMs: 300_000, deadlineMs: 300_000 };

async function ask(url: string, overrides: Partial<HttpRequest> = {}): Promise<HttpAnswer> {
  const address = new URL(url);
  const connections = createConnections({ caFile: null, variables: {}, log: aLog() });
  return await exchange({
    method: 'GET',
    url: address,
    headers: {},
    body: null,
    connection: await connections.to(address),
    timeouts,
    maxBytes: 1_000_000,
    ...overrides,
  });
}

function textOf({ body }: HttpAnswer): string {
  return new TextDecoder().decode(body);
}

describe('an exchange gives', () => {
  test('the status, the headers in lower case and the bytes', async () => {
    const bytes = randomBytes(100_000);
    const { origin } = await serve((_request, response) => {
      response.writeHead(418, { 'X-Thing': 'a', 'Set-Cookie': ['b=1', 'c=2'] });
      response.end(bytes);
    });
    const answer = await ask(origin);
    expect(answer).toMatchObject({ status: 418, headers: { 'x-thing': 'a', 'set-cookie': 'b=1, c=2' } });
    expect(Buffer.from(answer.body).equals(bytes)).toBe(true);
  });

  test('what was packed, unpacked', async () => {
    const { origin } = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip');
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('packed'));
    });
    expect(textOf(await ask(origin))).toBe('packed');
  });

  test('nothing for an empty answer that says it is packed', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(204, { 'content-encoding': 'gzip' });
      response.end();
    });
    const { status, body } = await ask(origin);
    expect({ status, size: body.byteLength }).toEqual({ status: 204, size: 0 });
  });

  test('each of many answers over few connections', async () => {
    const ports = new Set<number | undefined>();
    const { origin } = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end(request.url);
    });
    const connection = await createConnections({ caFile: null, variables: {}, log: aLog() }).to(
      new URL(origin),
    );
    for (const path of ['/a', '/b', '/c']) {
      expect(textOf(await ask(`${origin}${path}`, { connection }))).toBe(path);
    }
    expect(ports.size).toBe(1);
  });
});

describe('an exchange fails as', () => {
  test('refused, with nothing sent, where nothing listens', async () => {
    const port = await closedPort();
    expect(await rejection(ask(`http://127.0.0.1:${port}`))).toMatchObject({ kind: 'refused', sent: false });
  });

  test('dns, with nothing sent, for a name that does not exist', async () => {
    // RFC 6761 keeps this domain free of names.
    expect(await rejection(ask('http://herald.invalid/'))).toMatchObject({ kind: 'dns', sent: false });
  });

  test('broken, and sent, when the connection is reset', async () => {
    const { origin } = await serve((request) => {
      request.socket.resetAndDestroy();
    });
    expect(await rejection(ask(origin))).toMatchObject({ kind: 'broken', sent: true, detail: 'ECONNRESET' });
  });

  test('broken, and sent, when the answer is cut off', async () => {
    const { origin } = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => request.socket.destroy());
    });
    expect(await rejection(ask(origin))).toMatchObject({ kind: 'broken', sent: true });
  });

  test('a timeout when no answer starts', async () => {
    const time = haltTimers();
    const { origin } = await serve(() => {
      time.pass(50);
    });
    const error = await rejection(ask(origin, { timeouts: { ...timeouts, responseMs: 50 } }));
    expect(error).toMatchObject({ kind: 'response-timeout', sent: true, detail: '0.05 s' });
  });

  test('a timeout when the answer stops in the middle, counted from its last piece', async () => {
    const time = haltTimers();
    const pieces: string[] = [];
    const { origin } = await serve((_request, response) => {
      time.pass(99);
      response.write('half');
    });
    const sink: BodySink = {
      begin: () => undefined,
      write(piece) {
        pieces.push(Buffer.from(piece).toString());
        time.pass(pieces.length === 1 ? 100 : 0);
        return 'more';
      },
    };
    const error = await rejection(ask(origin, { sink, timeouts: { ...timeouts, responseMs: 100 } }));
    expect(error).toMatchObject({ kind: 'response-timeout', sent: true, detail: '0.1 s' });
    expect(pieces).toEqual(['half']);
  });

  test('a timeout when the answer drips for longer than everything may take', async () => {
    const time = haltTimers();
    let drip = (): void => undefined;
    let pieces = 0;
    const { origin } = await serve((_request, response) => {
      drip = () => {
        response.write('.');
      };
      drip();
    });
    const sink: BodySink = {
      begin: () => undefined,
      write() {
        pieces += 1;
        time.pass(90);
        drip();
        return 'more';
      },
    };
    const limits = { ...timeouts, responseMs: 100, deadlineMs: 200 };
    const error = await rejection(ask(origin, { sink, timeouts: limits }));
    expect(error).toMatchObject({ kind: 'response-timeout', detail: '0.2 s' });
    expect(pieces).toBe(3);
  });

  test('too large by what is announced', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1001' });
      response.write('.');
    });
    expect(await rejection(ask(origin, { maxBytes: 1000 }))).toMatchObject({ kind: 'too-large' });
  });

  test('too large by what comes', async () => {
    const { origin } = await serve((_request, response) => {
      response.end('.'.repeat(1001));
    });
    expect(await rejection(ask(origin, { maxBytes: 1000 }))).toMatchObject({ kind: 'too-large' });
  });

  test('too large for a bomb, of which no more is unpacked than is allowed', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const { origin } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    const before = process.memoryUsage().arrayBuffers;
    expect(await rejection(ask(origin))).toMatchObject({ kind: 'too-large', sent: true });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  test.each([
    { name: 'what is not packed as it says', encoding: 'gzip' },
    { name: 'an encoding that was not asked for', encoding: 'br' },
  ])('undecodable for $name', async ({ encoding }) => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end('plain text');
    });
    expect(await rejection(ask(origin))).toMatchObject({ kind: 'undecodable' });
  });

  test('an invalid request for a header that cannot be sent, which it does not repeat', async () => {
    const error = await rejection(ask('http://127.0.0.1:1', { headers: { authorization: `${canary}\n` } }));
    expect(error).toMatchObject({ kind: 'invalid-request', sent: false });
    expect(error.message).not.toContain(canary);
  });

  test('no TLS where the server speaks none', async () => {
    const { port } = await serve((_request, response) => response.end());
    expect(await rejection(ask(`https://127.0.0.1:${port}`))).toMatchObject({ kind: 'no-tls', sent: false });
  });
});
