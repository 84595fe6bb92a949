/**
 * A receiver whose events are handled in its own process, by the bot's own use case: a kill at any moment hits the
 * receiver and a handler in the middle of their work. `many-kills.slow.test.ts` bundles and starts it.
 */
import { connectGitLab } from '../../src/gitlab/rest.ts';
import { systemClock } from '../../src/io/clock.ts';
import { hookSecretOf } from '../../src/receiver/hook-secret.ts';
import { addressList } from '../../src/serve/address-list.ts';
import { realTime } from '../../src/serve/real-time.ts';
import { runReceiver } from '../../src/serve/run-receiver.ts';
import { handlePayload } from '../../src/usecases/bot/handle-payload.ts';

const { SPOOL: spool = '', API_URL: apiUrl = '', SECRET: secret = '' } = process.env;
const nothing = (): void => undefined;
const log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  section: <T>(_title: string, work: () => Promise<T>): Promise<T> => work(),
};
const anywhere = addressList([], '--allow-from');

function world(): Parameters<typeof handlePayload>[1] {
  const gitlab = connectGitLab({
    apiUrl,
    token: { kind: 'bot', value: 'bot-token', variable: 'HERALD_TOKEN' },
    log,
    clock: systemClock,
    audit: nothing,
    caFile: null,
    variables: {},
    limits: { maxRequestsPerMinute: 1_000_000 },
  });
  return {
    gitlab,
    clock: systemClock,
    log,
    dryRun: false,
    config: '.herald.yml',
    scope: { ownProject: 42, projects: [], deny: [] },
    report: () => Promise.resolve({ outcome: 'refused', url: null, detail: '' }),
    isUnreported: () => Promise.resolve(false),
  };
}

const receiver = await runReceiver({
  host: '127.0.0.1',
  port: 0,
  spool,
  limits: { maxEvents: 10_000, maxBytes: 1e9 },
  concurrency: 4,
  allowFrom: anywhere,
  trustedProxy: anywhere,
  metricsFrom: addressList(['127.0.0.1'], '--metrics-from'),
  replay: false,
  alertSecretsOf: () => ({ tokens: [], clientSecrets: [] }),
  showsSecret: false,
  secretsOf: (owner) => (owner === null ? [] : [hookSecretOf(secret, owner)]),
  isServed: () => true,
  ...realTime,
  handlerWith: () => async (_one, body) => {
    await handlePayload(body.toString(), world());
    return { outcome: 'handled', detail: '' };
  },
  ready: () => Promise.resolve({ isReady: true, reason: 'ready' }),
  accessLog: nothing,
  warn: nothing,
});
process.stdout.write(`${receiver.port}\n`);
