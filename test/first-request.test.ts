import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sendFirstRequest } from '../src/first-request.ts';
import { useRealNetwork } from './gitlab/loopback.ts';
import { makeSelfSigned } from './gitlab/self-signed.ts';

useRealNetwork();

/** Counts connections and never answers. */
async function aSilentServer(): Promise<{ readonly port: number; readonly connections: () => number }> {
  let count = 0;
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    count += 1;
    sockets.push(socket.on('error', () => undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, connections: () => count };
}

function aCaFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'herald-first-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'ca.pem');
  writeFileSync(file, makeSelfSigned('first').cert);
  return file;
}

// What follows is the loading of the rest, in which nothing connects.
test.each<[how: string, scheme: string, more: () => Record<string, string>]>([
  ['without TLS', 'http', () => ({})],
  ['with TLS', 'https', () => ({})],
  [
    "with the certificates of the instance's authority",
    'https',
    () => ({ CI_SERVER_TLS_CA_FILE: aCaFile() }),
  ],
])('the connection is open before the rest is loaded, %s', async (_how, scheme, more) => {
  const { port, connections } = await aSilentServer();
  const server = `${scheme}://127.0.0.1:${port}`;
  const end = new AbortController();
  const first = await sendFirstRequest(
    ['bot', `--server=${server}`],
    { GITLAB_CI: 'true', CI_SERVER_URL: server, HERALD_TOKEN: 'glpat-0123456789', ...more() },
    end.signal,
  );
  expect(first?.target.apiUrl).toBe(`${server}/api/v4`);
  expect(connections()).toBe(1);
  end.abort();
  expect(await first?.user.answer).toBeNull();
});
