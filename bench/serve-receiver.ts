/**
 * A receiver whose handler does nothing, for `bench/serve.mjs`: what is measured is the way in and the spool. With
 * `BARE` it is a server that reads and answers and does nothing else, to tell the machine from the receiver.
 */
import { createServer } from 'node:http';
import { receiverSecretsFrom } from '../src/cli/receiver-secrets.ts';
import { addressList } from '../src/serve/address-list.ts';
import { realTime } from '../src/serve/real-time.ts';
import { runReceiver } from '../src/serve/run-receiver.ts';

const { SPOOL: spool = '', SECRET: secret = '', BARE: bare = '' } = process.env;

async function startBare(): Promise<number> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => {
      outgoing.end('{}');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function start(): Promise<number> {
  const anywhere = addressList([], '--allow-from');
  const nothing = (): void => undefined;
  const { port } = await runReceiver({
    host: '127.0.0.1',
    port: 0,
    spool,
    limits: { maxEvents: 20_000, maxBytes: 1e9 },
    concurrency: 10,
    allowFrom: anywhere,
    trustedProxy: anywhere,
    metricsFrom: addressList(['127.0.0.1'], '--metrics-from'),
    replay: false,
    alertSecretsOf: () => ({ tokens: [], clientSecrets: [] }),
    showsSecret: false,
    secretsOf: receiverSecretsFrom({ HERALD_WEBHOOK_SECRET: secret }),
    isServed: () => true,
    ...realTime,
    handlerWith: () => () => Promise.resolve({ outcome: 'handled', detail: '' }),
    ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
    accessLog: nothing,
    warn: nothing,
  });
  return port;
}

process.stdout.write(`${await (bare === '' ? start() : startBare())}\n`);
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
