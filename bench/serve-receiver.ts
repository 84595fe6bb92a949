/** A receiver whose handler does nothing, for `bench/serve.mjs`: what is measured is the way in and the spool. */
import { hookSecretOf } from '../src/receiver/hook-secret.ts';
import { addressList } from '../src/serve/address-list.ts';
import { runReceiver } from '../src/serve/run-receiver.ts';

const { SPOOL: spool = '', SECRET: secret = '' } = process.env;
const anywhere = addressList([], '--allow-from');
const nothing = (): void => undefined;

const receiver = await runReceiver({
  host: '127.0.0.1',
  port: 0,
  spool,
  limits: { maxEvents: 20_000, maxBytes: 1e9 },
  concurrency: 10,
  allowFrom: anywhere,
  trustedProxy: anywhere,
  metricsFrom: addressList(['127.0.0.1'], '--metrics-from'),
  replay: false,
  secretsOf: (owner) => (owner === null ? [] : [hookSecretOf(secret, owner)]),
  isServed: () => true,
  now: () => new Date(),
  handlerWith: () => () => Promise.resolve({ outcome: 'handled', detail: '' }),
  ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
  accessLog: nothing,
  warn: nothing,
});
process.stdout.write(`${receiver.port}\n`);
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
