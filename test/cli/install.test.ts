import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { GitLab } from '../../src/gitlab/ports/port.ts';
import { aHost } from './a-host.ts';

const variables = { HERALD_TOKEN: 'token-of-an-owner', GITLAB_URL: 'https://gitlab.example.com' };
const gitlab = { requestCount: () => 0 } as unknown as GitLab;

describe('herald setup --install', () => {
  test.each([
    ['--watch', 'shop/web'],
    ['--group', 'shop'],
    ['--bot-project', 'shop/bot'],
    ['--bot'],
    ['--remove'],
    ['--rotate'],
    ['--rotate-token'],
    ['--test'],
    ['--instructions'],
  ])('does nothing else: not with %s', async (...other) => {
    const { host } = aHost({ variables });
    await expect(run(['setup', '--install', 'my-group', ...other], host)).rejects.toThrow(
      '--install does nothing else',
    );
  });

  test('the script alone has nothing to install, and says where to run it from', async () => {
    const { host } = aHost({
      variables,
      connectGitLab: () => Promise.resolve({ gitlab, audit: { write: () => Promise.resolve() } }),
    });
    await expect(run(['setup', '--install', 'my-group'], host)).rejects.toMatchObject({
      message: 'this copy of Herald has no templates to install: it is the script alone',
      hint: expect.stringContaining('release archive') as string,
    });
  });

  test('a GitLab without TLS is refused', async () => {
    const { host } = aHost({ variables: { ...variables, GITLAB_URL: 'http://gitlab.example.com' } });
    await expect(run(['setup', '--install', 'my-group'], host)).rejects.toThrow('does not use TLS');
  });
});
