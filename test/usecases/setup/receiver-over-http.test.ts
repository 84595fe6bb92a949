import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { receiverSecretsFrom } from '../../../src/cli/receiver-secrets.ts';
import { addressList } from '../../../src/serve/address-list.ts';
import { createHttpServer } from '../../../src/serve/http-server.ts';
import { aReceiverStage, nextSecret, secret } from './receiver-stage.ts';

/** The real way in of a receiver, on loopback; it keeps nothing. */
async function listen(variables: Readonly<Record<string, string>>): Promise<string> {
  const all = addressList([], '--allow-from');
  const server = createHttpServer({
    allowFrom: all,
    trustedProxy: all,
    metricsFrom: all,
    alertSecretsOf: () => ({ tokens: [], clientSecrets: [] }),
    showsSecret: false,
    secretsOf: receiverSecretsFrom(variables),
    isServed: () => true,
    now: () => new Date(),
    isStopping: () => false,
    keep: (delivery) =>
      Promise.resolve({
        outcome: 'kept',
        queued: { ...delivery, name: '1', arrivedAt: 0, failures: 0, wasBegun: false, notBefore: 0 },
      }),
    ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
    metrics: () => Promise.resolve({ type: 'text/plain', body: '' }),
    answered: () => undefined,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

test.each([
  ['19.6.0', 'a signature'],
  ['18.11.0', 'the secret token'],
])('rows 83 and 107: what a GitLab %s sends with %s is believed over HTTP', async (version) => {
  const receiver = await listen({ HERALD_WEBHOOK_SECRET: nextSecret, HERALD_WEBHOOK_SECRET_OLD: secret });
  const stranger = await listen({ HERALD_WEBHOOK_SECRET: `${nextSecret}-other` });
  const { setup, state } = await aReceiverStage(['shop/checkout'], version);
  const sent: (readonly [string, RequestInit])[] = [];
  state.ci.receiver = ({ url, headers, body }) => {
    sent.push([url.replace(/^https:\/\/[^/]+/, ''), { method: 'POST', headers, body }]);
    return { status: 200, body: '' };
  };
  // Before and after a rotation.
  await setup({ test: true });
  await setup({ test: true, rotate: true }, nextSecret);
  for (const [path, request] of sent) {
    expect((await fetch(`${receiver}${path}`, request)).status).toBe(200);
    expect((await fetch(`${stranger}${path}`, request)).status).toBe(401);
    const ofOther = path.replace('project=100', 'project=101');
    expect((await fetch(`${receiver}${ofOther}`, request)).status).toBe(401);
  }
  expect(sent).toHaveLength(2);
});
