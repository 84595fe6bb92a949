import { describe, expect, test } from 'vitest';
import { contextFromCiVariables } from '../../src/context/from-ci-variables.ts';
import { forbiddenVariableIn, runtimeVariables } from '../../src/context/runtime-variables.ts';
import { ownServerAddressFrom, serverAddressFrom } from '../../src/context/server-address.ts';
import { checkOrigins, transportWarning } from '../../src/context/token-origin.ts';
import { UsageError } from '../../src/errors.ts';
import { ciEnvironments } from './ci-environments.ts';

const { detached } = ciEnvironments;
const own = 'https://gitlab.example.com';
const job = { GITLAB_CI: 'true', CI_SERVER_URL: own, CI_API_V4_URL: `${own}/api/v4` };

/** Where else a variable of a trigger or of a dotenv report could lead the token. */
const foreign = [
  'https://evil.example',
  'http://gitlab.example.com',
  'https://gitlab.example.com:8443',
  'https://gitlab.example.com.evil.example',
  'https://gitlab.example.com@evil.example',
  'https://evil.example/https://gitlab.example.com',
  'https://sub.gitlab.example.com',
  'ftp://gitlab.example.com',
  'nonsense',
];

const same = [
  'https://gitlab.example.com/',
  'https://GitLab.example.com:443',
  'https://gitlab.example.com/gitlab',
];

describe('the origin of the API and that of the server', () => {
  test.each(foreign)('have to agree where the command line names none: %s', (address) => {
    for (const changed of [{ CI_API_V4_URL: `${address}/api/v4` }, { CI_SERVER_URL: address }])
      expect(() => serverAddressFrom(null, { ...job, ...changed })).toThrow(UsageError);
  });

  test.each(foreign)('have to agree with the command line, both of them: %s', (address) => {
    const api = `${address}/api/v4`;
    for (const changed of [
      { CI_API_V4_URL: api },
      { CI_SERVER_URL: address },
      { CI_SERVER_URL: address, CI_API_V4_URL: api },
    ])
      expect(() => ownServerAddressFrom(own, { ...job, ...changed })).toThrow(UsageError);
  });

  test.each(same)('are the same however they are written: %s', (address) => {
    expect(ownServerAddressFrom(own, { ...job, CI_SERVER_URL: address })).toBe(`${own}/api/v4`);
    expect(() => {
      checkOrigins(null, { CI_SERVER_URL: address, CI_API_V4_URL: `${own}/api/v4` });
    }).not.toThrow();
  });

  test('one sentence says which variable disagrees with what, and the hint what to do', () => {
    const evil = { ...job, CI_API_V4_URL: 'http://evil.example/api/v4' };
    expect(() => ownServerAddressFrom(own, evil)).toThrow(
      'CI_API_V4_URL leads to http://evil.example, and --server to https://gitlab.example.com: Herald sends no token until both name the same GitLab',
    );
  });

  test.each([job, { CI_SERVER_URL: '' }, { TRIGGER_PAYLOAD: '' }, { GITLAB_CI: '' }])(
    'a job that strangers can start needs the server on its command line: %j',
    (variables) => {
      expect(() => ownServerAddressFrom(null, variables)).toThrow(/--server is missing/);
    },
  );

  test('outside of a job everything is as before', () => {
    expect(ownServerAddressFrom(null, { GITLAB_URL: own })).toBe(`${own}/api/v4`);
  });

  test.each(foreign)('a report has to agree, too: %s', (address) => {
    expect(() => contextFromCiVariables({ ...detached, CI_API_V4_URL: `${address}/api/v4` })).toThrow(
      UsageError,
    );
    const both = { ...detached, CI_SERVER_URL: address, CI_API_V4_URL: `${address}/api/v4` };
    expect(() => contextFromCiVariables(both, own)).toThrow(UsageError);
  });
});

test.each([
  ['http://gitlab.example.com/api/v4', true],
  ['http://10.0.0.1/api/v4', true],
  ['http://localhost.evil.example/api/v4', true],
  ['https://gitlab.example.com/api/v4', false],
  ['http://127.0.0.1:3000/api/v4', false],
  ['http://[::1]/api/v4', false],
])('%s: a warning about the open connection: %s', (address, warns) => {
  expect(transportWarning(address) !== null).toBe(warns);
});

test('the bot does not start with what runs code before it, in a job', () => {
  for (const name of ['NODE_OPTIONS', 'NODE_DEBUG', 'NODE_TLS_REJECT_UNAUTHORIZED', 'LD_PRELOAD']) {
    expect(forbiddenVariableIn({ ...job, [name]: '1' })).toBe(name);
    expect(forbiddenVariableIn({ [name]: '1' })).toBeNull();
    expect(runtimeVariables).toContain(name);
  }
  expect(forbiddenVariableIn({ ...job, NODE_OPTIONS: '' })).toBeNull();
});
