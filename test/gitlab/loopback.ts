import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { TlsOptions } from 'node:tls';
import nock from 'nock';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/**
 * For files that test the network itself: nock's stand-ins have no connections, no TLS and no agents. Loopback only.
 */
export function useRealNetwork(): void {
  beforeAll(() => {
    nock.restore();
  });
  afterAll(() => {
    nock.activate();
  });
}

export interface Loopback {
  readonly origin: string;
  readonly port: number;
}

async function listen(server: net.Server, scheme: string): Promise<Loopback> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    // Tests break connections on purpose.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, origin: `${scheme}://127.0.0.1:${address.port}` };
}

/** A real server on loopback that ends with the test. */
export function serve(handler: http.RequestListener): Promise<Loopback> {
  return listen(http.createServer(handler), 'http');
}

export function serveTls(options: TlsOptions, handler: http.RequestListener): Promise<Loopback> {
  return listen(https.createServer(options, handler), 'https');
}

/** A proxy that tunnels to any port on loopback; `connects` are the CONNECT requests it got. */
export async function serveProxy(
  answer: 'tunnel' | number = 'tunnel',
): Promise<Loopback & { readonly connects: readonly http.IncomingMessage[] }> {
  const connects: http.IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    connects.push(request);
    if (answer !== 'tunnel') response.statusCode = answer;
    response.setHeader('content-type', 'application/json');
    response.end('{"id":7,"username":"through-proxy"}');
  });
  server.on('connect', (request, client) => {
    connects.push(request);
    client.on('error', () => undefined);
    if (answer !== 'tunnel') {
      client.end(`HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = net.connect(Number(new URL(`http://${request.url ?? ''}`).port), '127.0.0.1');
    target.on('error', () => client.destroy());
    target.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(target).pipe(client);
    });
  });
  return { ...(await listen(server, 'http')), connects };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 1;
}
