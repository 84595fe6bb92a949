import { expect, test } from 'vitest';
import { firstQuestionOf } from '../../src/cli/first-question.ts';

const server = 'https://gitlab.example.com';
const job = {
  GITLAB_CI: 'true',
  CI_SERVER_URL: server,
  CI_API_V4_URL: `${server}/api/v4`,
  HERALD_TOKEN: 'glpat-0123456789',
};
const line = ['bot', `--server=${server}`, '--projects=', '--deny=a/**', '--dry-run=false'];

test('a bot in a job of the named server asks there first', () => {
  const target = {
    apiUrl: `${server}/api/v4`,
    token: { kind: 'bot', value: 'glpat-0123456789', variable: 'HERALD_TOKEN' },
  };
  expect(firstQuestionOf(line, job)).toEqual(target);
});

test.each([
  [['bot', '--server', server]],
  [['bot', '--projects=a/**', '--server', server, '--dry-run=false']],
])('%j names it in two arguments', (argv) => {
  expect(firstQuestionOf(argv, job)?.apiUrl).toBe(`${server}/api/v4`);
});

test.each<[why: string, argv: readonly string[], variables: Record<string, string | undefined>]>([
  ['another command', ['setup', `--server=${server}`], job],
  ['no server on the command line', ['bot', '--projects=a/**'], { ...job, HERALD_SERVER: server }],
  ['two servers', [...line, '--server=https://other.example.com'], job],
  ['two servers in two arguments each', ['bot', '--server', server, '--server', server], job],
  ['two servers, one in two arguments', ['bot', `--server=${server}`, '--server', server], job],
  ['a server that is the value of another flag', ['bot', '--config', '--server', server], job],
  ['nothing after the flag', ['bot', '--server'], job],
  ['another flag after the flag', ['bot', '--server', `--config=${server}`], job],
  ['a server that is no address', ['bot', '--server=gitlab.example.com'], job],
  ['a server in another scheme', ['bot', '--server=file:///etc'], job],
  ['another server than the job names', ['bot', '--server=https://other.example.com'], job],
  ['a job whose variables contradict', line, { ...job, CI_API_V4_URL: 'https://other.example.com/api/v4' }],
  ['quotes', [...line, "--config='x'"], job],
  ['an argument without a flag', [...line, 'x'], job],
  ['a question for help', [...line, '--help'], job],
  ['a variable that runs code', line, { ...job, NODE_OPTIONS: '--require=./x.cjs' }],
  ['no token of a bot', line, { ...job, HERALD_TOKEN: undefined, CI_JOB_TOKEN: 'job-token' }],
  ['a token that cannot be one', line, { ...job, HERALD_TOKEN: '$HERALD_TOKEN' }],
  ['no job of GitLab', line, { HERALD_TOKEN: 'glpat-0123456789' }],
])('nothing is asked first with %s', (_why, argv, variables) => {
  expect(firstQuestionOf(argv, variables)).toBeNull();
});
