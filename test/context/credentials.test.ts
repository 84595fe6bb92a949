import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialsFrom, secretsOf } from '../../src/context/credentials.ts';
import { createMasker } from '../../src/io/masker.ts';

const herald = 'glpat-herald-0000000000';
const gitlab = 'glpat-gitlab-0000000000';
const job = 'glcbt-64_job0000000000';

describe('credentialsFrom', () => {
  test.each([
    {
      name: "Herald's own variable wins",
      environment: { HERALD_TOKEN: herald, GITLAB_TOKEN: gitlab, CI_JOB_TOKEN: job },
      expected: { kind: 'bot', token: herald, variable: 'HERALD_TOKEN' },
    },
    {
      name: 'then the common one',
      environment: { GITLAB_TOKEN: gitlab, CI_JOB_TOKEN: job },
      expected: { kind: 'bot', token: gitlab, variable: 'GITLAB_TOKEN' },
    },
    {
      name: "then the job's, for reading",
      environment: { HERALD_TOKEN: '', CI_JOB_TOKEN: job },
      expected: { kind: 'job', token: job, variable: 'CI_JOB_TOKEN' },
    },
    { name: 'then none', environment: {}, expected: { kind: 'none' } },
    {
      name: 'a line end around a token is cut off',
      environment: { HERALD_TOKEN: `${herald}\n` },
      expected: { kind: 'bot', token: herald, variable: 'HERALD_TOKEN' },
    },
  ])('$name', ({ environment, expected }) => {
    expect(credentialsFrom(environment)).toEqual({ ...expected, warnings: [] });
  });

  test.each([
    '   ',
    '$HERALD_TOKEN',
    '${HERALD_TOKEN}',
    '%HERALD_TOKEN%',
    '$[[ inputs.token ]]',
    'two words',
    'glpat-…',
  ])('takes %j as not set, with a warning that does not show it', (value) => {
    const result = credentialsFrom({ HERALD_TOKEN: value, GITLAB_TOKEN: gitlab });
    expect(result).toMatchObject({ kind: 'bot', variable: 'GITLAB_TOKEN' });
    expect(result.warnings).toHaveLength(1);
    expect(result.warnings[0]).toMatch(/^HERALD_TOKEN is set but /);
    expect(result.warnings[0]).not.toContain(`"${value}"`);
  });

  test('keeps the warning when no token is left', () => {
    const result = credentialsFrom({ HERALD_TOKEN: '$HERALD_TOKEN' });
    expect({ kind: result.kind, warnings: result.warnings.length }).toEqual({ kind: 'none', warnings: 1 });
  });

  test.each([
    { environment: { HERALD_TOKEN: herald, CI_DEBUG_TRACE: 'true' }, warnings: 1 },
    { environment: { HERALD_TOKEN: herald, CI_DEBUG_TRACE: 'false' }, warnings: 0 },
    { environment: { CI_JOB_TOKEN: job, CI_DEBUG_TRACE: 'true' }, warnings: 0 },
  ])('warns when a debug trace would print the bot token: $environment', ({ environment, warnings }) => {
    expect(credentialsFrom(environment).warnings).toHaveLength(warnings);
  });

  test('never shows a token in a warning', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (value) => {
        const { warnings } = credentialsFrom({ HERALD_TOKEN: value, CI_DEBUG_TRACE: 'true' });
        expect(warnings.filter((warning) => warning.includes(value.trim() || value))).toEqual([]);
      }),
    );
  });
});

describe('the login in an address', () => {
  const hosts = ['HTTPS_PROXY', 'http_proxy', 'DATABASE_URL'];
  const address = 'http://build%40er:p%C3%A4ss-w%2Frd1@proxy.example.com:3128';
  const forms = ['p%C3%A4ss-w%2Frd1', 'päss-w/rd1'];

  test.each(hosts)('in %s is a secret, as written and decoded, alone and with its user', (name) => {
    const secrets = secretsOf({ [name]: address });
    for (const form of [...forms, 'build@er:päss-w/rd1']) expect(secrets).toContain(form);
  });

  test.each([
    ['raw', address],
    ['decoded', 'päss-w/rd1'],
    ['in a header for the proxy', `Basic ${Buffer.from('build@er:päss-w/rd1').toString('base64')}`],
    ['as JSON', JSON.stringify({ password: 'päss-w/rd1' })],
    ['encoded again', encodeURIComponent('päss-w/rd1').toLowerCase()],
  ])('is in no log: %s', (_name, text) => {
    const masked = createMasker(secretsOf({ HTTPS_PROXY: address }))(text);
    expect(masked).toContain('[MASKED]');
    for (const form of forms) expect(masked).not.toContain(form);
    expect(masked).not.toContain(Buffer.from('päss-w').toString('base64').slice(0, 8));
  });

  test('of a proxy is one without a scheme, too; other texts hold none', () => {
    expect(secretsOf({ HTTPS_PROXY: 'me:password1@proxy:3128' })).toContain('password1');
    expect(secretsOf({ NOTE: 'me:password1@proxy:3128', PROXY_HOST: 'https://proxy:3128' })).toEqual([]);
  });
});

describe('secretsOf', () => {
  test('lists tokens and what is named like a secret, longest first, each once', () => {
    expect(
      secretsOf({
        HERALD_TOKEN: herald,
        CI_JOB_TOKEN: 'short',
        CI_REGISTRY_PASSWORD: 'short',
        DB_PASSWORD: '$ecret-pass',
        client_secret: '12345678',
        DEPLOY_KEY: '1234567',
        SAME_TOKEN: herald,
        CI_PROJECT_PATH: 'group/project',
        KEYBOARD: 'a-long-value',
      }),
    ).toEqual([herald, '$ecret-pass', '12345678', 'short']);
  });

  test('knows further names of secrets, and names that only end like one', () => {
    expect(
      secretsOf({
        PASSWORD: 'value-of-1',
        CI_JOB_JWT: 'value-of-2',
        SLACK_WEBHOOK_URL: 'value-of-3',
        DOCKER_AUTH_CONFIG: 'value-of-4',
        GPG_PASSPHRASE: 'value-of-5',
        SONAR_PROJECT_KEY: 'shop_checkout',
        CACHE_FALLBACK_KEY: 'shop-cache',
        SSH_PUBLIC_KEY: 'ssh-ed25519 AAAA',
        MONKEY: 'a-long-value',
      }),
    ).toEqual(['value-of-1', 'value-of-2', 'value-of-3', 'value-of-4', 'value-of-5']);
  });

  test('lists each line of a value with several', () => {
    expect(secretsOf({ SIGNING_KEY: 'first line of it\nsecond line\r\n\n' })).toEqual([
      'first line of it\nsecond line',
      'first line of it',
      'second line',
    ]);
  });

  test('leaves out what is too short to be a token', () => {
    expect(secretsOf({ HERALD_TOKEN: 'x', GITLAB_TOKEN: undefined })).toEqual([]);
  });
});
