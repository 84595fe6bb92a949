import { describe, expect, onTestFinished, test } from 'vitest';
import { type SentryOptions, sentryToken, startEmbeddedSentry } from '../support/sentry/embedded-sentry.ts';
import { aStage } from '../usecases/bot/stage.ts';
import { herald } from './herald.ts';

interface Found {
  readonly about: string;
  readonly state: string;
  readonly words: string;
  readonly remedy: string | null;
}

interface Asked {
  readonly flags?: readonly string[];
  readonly server?: string;
  readonly org?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly options?: SentryOptions;
}

/** What doctor says of the error tracker, and what it asked there. */
async function ask({ flags = [], server, org = 'acme', variables = {}, options = {} }: Asked) {
  const [{ gitlab }, sentry] = await Promise.all([aStage(), startEmbeddedSentry(options)]);
  onTestFinished(() => sentry.stop());
  const named = ['--sentry-server', server ?? sentry.url, '--sentry-org', org, '--sentry-projects', 'web'];
  const { stdout, stderr, exitCode } = await herald(
    [
      'doctor',
      '--server',
      gitlab.url,
      '--watch',
      'shop/till',
      '--json',
      '--max-wait',
      '1',
      ...named,
      ...flags,
    ],
    { HERALD_TOKEN: 'bot-token', SENTRY_AUTH_TOKEN: sentryToken, ...variables },
  );
  expect(`${stdout}${stderr}`).not.toContain(sentryToken);
  const lines = stdout.trim().split('\n');
  const all = lines.map((line) => JSON.parse(line) as Found).filter(({ about }) => about === 'error tracker');
  const found = all.map(({ state, words }) => `${state} ${words.replace(sentry.url, 'TRACKER')}`);
  return { found, all, sentry, exitCode };
}

describe('herald doctor looks at the error tracker', () => {
  test.each(['sentry', 'glitchtip'] as const)(
    '%s: address, token and projects fit, and nothing is sent',
    async (kind) => {
      const { found, sentry } = await ask({
        options: { kind },
        flags: ['--sentry-projects', 'shop/till=api'],
      });
      expect(found).toEqual(['ok TRACKER takes the token, and has web, api']);
      expect(sentry.writes()).toEqual([]);
    },
  );

  test('a project that is not there', async () => {
    const { found, all, exitCode } = await ask({ flags: ['--sentry-projects', 'shop/till=wbe'] });
    expect(found).toEqual(['ok TRACKER takes the token, and has web', 'problem it has no project wbe']);
    expect(all[1]?.remedy).toContain('--sentry-projects');
    expect(exitCode).toBe(1);
  });

  test('a project that the token may not see', async () => {
    const fault: SentryOptions['fault'] = ({ path }) =>
      path.includes('/projects/') ? { status: 403, body: { detail: 'no' } } : null;
    const { found } = await ask({ options: { fault } });
    expect(found).toEqual([
      'ok TRACKER takes the token',
      'unknown whether it has web is unknown: the token may not see that',
    ]);
  });

  test.each<[string, Asked, RegExp]>([
    [
      'a token that does not work',
      { variables: { SENTRY_AUTH_TOKEN: 'sntrys_0000000000' } },
      /^problem The error tracker refuses GET \/releases\//,
    ],
    [
      'no token',
      { variables: { SENTRY_AUTH_TOKEN: '' } },
      /^problem the variable SENTRY_AUTH_TOKEN is empty/,
    ],
    ['a token of GitLab', { variables: { SENTRY_AUTH_TOKEN: 'bot-token' } }, /holds a token of GitLab/],
    ['another organisation', { org: 'acne' }, /refuses GET \/releases\//],
    ['an address that is none', { server: 'sentry' }, /--sentry-server is not a web address/],
    ['nobody there', { server: 'http://127.0.0.1:9' }, /gives no answer/],
  ])('%s is a problem with a remedy', async (_what, asked, words) => {
    const { found, all, exitCode } = await ask(asked);
    expect(found).toEqual([expect.stringMatching(words)]);
    expect([all[0]?.state, all[0]?.remedy === null, exitCode]).toEqual(['problem', false, 1]);
  });

  test('nothing is asked where nobody named one', async () => {
    const { gitlab } = await aStage();
    const { stdout } = await herald(['doctor', '--server', gitlab.url, '--watch', 'shop/till'], {
      HERALD_TOKEN: 'bot-token',
      SENTRY_AUTH_TOKEN: sentryToken,
    });
    expect(stdout).not.toContain('error tracker');
  });
});
