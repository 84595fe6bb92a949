import { describe, expect, test } from 'vitest';
import { asksForSentry } from '../../src/config/sentry-options.ts';
import { type GivenSentry, sentryProjectsOf, sentryTargetFrom } from '../../src/context/sentry-target.ts';
import { UsageError } from '../../src/errors.ts';

const given: GivenSentry = {
  sentryServer: 'https://sentry.example.com',
  sentryOrg: 'acme',
  sentryProjects: ['web'],
  sentryTokenVariable: 'SENTRY_AUTH_TOKEN',
};
const token = 'sntrys_0123456789abcdef';

test('server, organisation and token are those that are named', () => {
  expect(sentryTargetFrom(given, { SENTRY_AUTH_TOKEN: ` ${token}\n` })).toEqual({
    server: 'https://sentry.example.com',
    org: 'acme',
    token,
  });
});

test('without a server, an organisation and projects, nothing asks for an error tracker', () => {
  const none = { ...given, sentryServer: null, sentryOrg: null, sentryProjects: [] };
  expect(asksForSentry(none)).toBe(false);
  for (const one of ['sentryServer', 'sentryOrg', 'sentryProjects'] as const)
    expect(asksForSentry({ ...none, [one]: given[one] })).toBe(true);
});

test.each([
  { missing: { sentryServer: null }, words: '--sentry-server' },
  { missing: { sentryOrg: null }, words: '--sentry-org' },
  { missing: { sentryProjects: [] }, words: '--sentry-projects' },
])('a missing $words is named', ({ missing, words }) => {
  const find = (): unknown => sentryTargetFrom({ ...given, ...missing }, { SENTRY_AUTH_TOKEN: token });
  expect(find).toThrow(UsageError);
  expect(find).toThrow(words);
});

test.each([
  { changes: { sentryServer: 'sentry.example.com' }, words: '--sentry-server' },
  { changes: { sentryServer: 'ftp://sentry.example.com' }, words: '--sentry-server' },
  { changes: { sentryServer: 'https://user:secret@sentry.example.com' }, words: '--sentry-server' },
  { changes: { sentryServer: 'https://sentry.example.com/?a=b' }, words: '--sentry-server' },
  { changes: { sentryOrg: 'acme/../evil' }, words: '"acme/../evil"' },
  { changes: { sentryProjects: ['web', 'a b'] }, words: '"a b"' },
  { changes: { sentryProjects: ['a=b=c'] }, words: '"a=b=c"' },
])('$changes is refused, without its secrets', ({ changes, words }) => {
  const find = (): unknown => sentryTargetFrom({ ...given, ...changes }, { SENTRY_AUTH_TOKEN: token });
  expect(find).toThrow(words);
  expect(find).not.toThrow('secret@');
});

describe('the token of GitLab goes to no error tracker', () => {
  test.each([
    { name: 'HERALD_TOKEN', variables: { HERALD_TOKEN: 'a-token-of-gitlab' } },
    { name: 'CI_JOB_TOKEN', variables: { CI_JOB_TOKEN: 'a-token-of-gitlab' } },
    { name: 'CI_DEPLOY_PASSWORD', variables: { CI_DEPLOY_PASSWORD: 'a-password-of-gitlab' } },
    { name: 'GITLAB_TOKEN', variables: { GITLAB_TOKEN: 'a-token-of-gitlab' } },
    { name: 'MY_TOKEN', variables: { MY_TOKEN: 'the same secret', HERALD_TOKEN: 'the same secret' } },
    { name: 'MY_TOKEN', variables: { MY_TOKEN: 'glpat-0123456789abcdefghij' } },
    { name: 'MY_TOKEN', variables: { MY_TOKEN: 'glcbt-64_0123456789abcdefghij' } },
  ])('by the variable $name', ({ name, variables }) => {
    const find = (): unknown => sentryTargetFrom({ ...given, sentryTokenVariable: name }, variables);
    expect(find).toThrow('holds a token of GitLab');
    expect(find).not.toThrow(Object.values(variables)[0]);
  });
});

test.each([
  { name: 'SENTRY', value: token, words: 'does not look like the name of a secret' },
  { name: 'SENTRY_PUBLIC_KEY', value: token, words: 'does not look like the name of a secret' },
  { name: 'SENTRY_AUTH_TOKEN', value: '', words: 'is empty' },
  { name: 'SENTRY_AUTH_TOKEN', value: 'short', words: 'cannot be a token' },
  { name: 'SENTRY_AUTH_TOKEN', value: 'two words of it', words: 'cannot be a token' },
])('a variable $name of "$value" is refused: $words', ({ name, value, words }) => {
  const find = (): unknown => sentryTargetFrom({ ...given, sentryTokenVariable: name }, { [name]: value });
  expect(find).toThrow(words);
});

test('a project of the tracker is for all projects of GitLab, or for the one that it names', () => {
  const entries = ['all', 'acme/Web=web', 'acme/api=api', 'acme/web=worker', 'all'];
  expect(sentryProjectsOf(entries, 'acme/web')).toEqual(['all', 'web', 'worker']);
  expect(sentryProjectsOf(entries, 'acme/other')).toEqual(['all']);
  expect(sentryProjectsOf(['acme/web=web'], 'acme/webber')).toEqual([]);
});
