import { expect, test } from 'vitest';
import { credentialsFrom } from '../../src/context/credentials.ts';
import { serverAddressFrom } from '../../src/context/server-address.ts';
import { UsageError } from '../../src/errors.ts';

const job = { CI_API_V4_URL: 'https://job.example.com/api/v4', CI_SERVER_URL: 'https://job.example.com' };
const shell = { GITLAB_URL: 'https://shell.example.com/' };

test.each<[string, string | null, Readonly<Record<string, string>>, string]>([
  [
    'the server that is named',
    'https://named.example.com',
    { ...job, ...shell },
    'https://named.example.com/api/v4',
  ],
  ['without the slashes at its end', 'https://named.example.com//', {}, 'https://named.example.com/api/v4'],
  ['below a relative root', 'https://x.example.com/gitlab/', {}, 'https://x.example.com/gitlab/api/v4'],
  ['the job’s, before that of the shell', null, { ...job, ...shell }, 'https://job.example.com/api/v4'],
  [
    'the job’s by its server',
    null,
    { CI_SERVER_URL: job.CI_SERVER_URL, ...shell },
    'https://job.example.com/api/v4',
  ],
  ['GITLAB_URL where there is no job', null, shell, 'https://shell.example.com/api/v4'],
  [
    'GITLAB_URL where the job’s are empty',
    null,
    { CI_API_V4_URL: '', CI_SERVER_URL: ' ', ...shell },
    'https://shell.example.com/api/v4',
  ],
])('the address of the API is that of %s', (_name, server, variables, address) => {
  expect(serverAddressFrom(server, variables)).toBe(address);
});

test.each([{}, { GITLAB_URL: '' }, { CI_SERVER_URL: '  ' }])('without any address: %j', (variables) => {
  expect(() => serverAddressFrom(null, variables)).toThrow(UsageError);
});

test.each<[string, Readonly<Record<string, string>>, string | null]>([
  ['GITLAB_TOKEN beside GITLAB_URL', { GITLAB_TOKEN: 'glpat-shell-00000000' }, 'GITLAB_TOKEN'],
  [
    'Herald’s own before it',
    { HERALD_TOKEN: 'glpat-herald-0000000', GITLAB_TOKEN: 'glpat-shell-00000000' },
    'HERALD_TOKEN',
  ],
  [
    'it before the job’s, which may not write',
    { GITLAB_TOKEN: 'glpat-shell-00000000', CI_JOB_TOKEN: 'glcbt-64_job0000000000' },
    'GITLAB_TOKEN',
  ],
])('the token is %s', (_name, variables, variable) => {
  expect(credentialsFrom({ ...shell, ...variables })).toMatchObject({ variable });
});
