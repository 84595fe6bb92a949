/**
 * A receiver that gets small events and handles each by doing nothing, without sockets: what is looked at is what it
 * keeps of them. After each step it prints how much memory is in use once the garbage is collected.
 * `flat-memory.slow.test.ts` bundles and starts it.
 */
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { createQueue } from '../../src/receiver/queue.ts';
import { accessLineOf } from '../../src/serve/access-line.ts';
import { addressList } from '../../src/serve/address-list.ts';
import { createMetrics } from '../../src/serve/metrics.ts';
import { realTime } from '../../src/serve/real-time.ts';
import { type ReceiveWorld, receive } from '../../src/serve/receive.ts';
import { openSpool } from '../../src/serve/spool.ts';
import { createWorkLoop } from '../../src/serve/work-loop.ts';

const { SPOOL: folder = '', STEPS: steps = '' } = process.env;
const atOnce = 100;
const projects = 500;

const spool = await openSpool(folder, { maxEvents: 20_000, maxBytes: 1e9 });
const queue = createQueue();
const metrics = createMetrics(() =>
  Promise.resolve({
    waiting: queue.waiting,
    running: queue.running,
    oldestAge: 0,
    bytes: spool.bytes,
    dead: 0,
  }),
);
let handled = 0;
let wake: () => void = () => undefined;
const loop = createWorkLoop({
  queue,
  spool,
  handle: () => Promise.resolve({ outcome: 'handled', detail: '' }),
  concurrency: 10,
  ...realTime,
  ended(_one, _result, milliseconds) {
    handled += 1;
    metrics.handled('merge_request', 'handled', milliseconds);
    wake();
  },
  broken(error) {
    throw error;
  },
});

const anywhere = addressList([], '--allow-from');
const secret = hookSecretOf('a master secret of more than 32 characters', { kind: 'project', id: 1 });
const world: ReceiveWorld = {
  allowFrom: anywhere,
  trustedProxy: anywhere,
  secretsOf: () => [secret],
  isServed: () => true,
  now: realTime.now,
  isStopping: () => false,
  keep: (delivery, body) => spool.keep(delivery, body, realTime.now()),
};

async function deliver(number: number): Promise<void> {
  const project = (number % projects) + 1;
  const payload = {
    object_kind: 'merge_request',
    user: { id: 11 },
    project: { id: project, path_with_namespace: `shop/till-${project}` },
    object_attributes: {
      id: number,
      iid: (number % 1_000) + 1,
      action: 'update',
      target_project_id: project,
    },
    changes: {},
  };
  const body = Buffer.from(JSON.stringify(payload));
  const headers: Readonly<Record<string, string>> = {
    'content-type': 'application/json',
    'x-gitlab-token': secret.token,
    'idempotency-key': `0f8fad5b-d9cb-469f-a165-${String(number).padStart(12, '0')}`,
  };
  const received = await receive(
    {
      remote: '127.0.0.1',
      query: new URLSearchParams(),
      header: (name) => headers[name] ?? '',
      body: () => Promise.resolve(body),
    },
    world,
  );
  metrics.answered('merge_request', project, accessLineOf(received, 1).outcome);
  if (received.outcome !== 'queued') throw new Error(`event ${number} was ${received.outcome}`);
  loop.add(received.queued);
}

async function untilHandled(count: number): Promise<void> {
  while (handled < count)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
}

let delivered = 0;
for (const step of steps.split(',').map(Number)) {
  for (; delivered < step; delivered += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, index) => deliver(delivered + index)));
    await untilHandled(delivered + atOnce);
  }
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`${JSON.stringify({ step, heapUsed, external })}\n`);
}
process.exit(0);
