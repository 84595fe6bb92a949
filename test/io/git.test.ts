import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitIn } from '../../src/io/git.ts';
import { temporaryFolder } from './temporary-folder.ts';

function aRepository() {
  const folder = temporaryFolder();
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '-q');
  const commit = (text: string): string => {
    writeFileSync(join(folder, 'a.txt'), text);
    git('add', '.');
    git('commit', '-qm', 'x');
    return git('rev-parse', 'HEAD');
  };
  return { folder, git, commits: [commit('one\n'), commit('two\n')] as const };
}

describe('git in the checkout', () => {
  test('gives the patch between two commits', async () => {
    const { folder, commits } = aRepository();
    expect(await gitIn(folder).diff(commits[0], 'HEAD')).toContain('-one\n+two');
  });

  test('runs no program that the checkout configures', async () => {
    const { folder, git, commits } = aRepository();
    const canary = join(folder, 'canary');
    git('config', 'diff.external', `touch ${canary}`);
    await gitIn(folder).diff(commits[0], commits[1]);
    expect(existsSync(canary)).toBe(false);
  });

  test.each(['--output=x', 'main; rm -rf .', '', '../..'])('takes "%s" for no commit', async (name) => {
    const { folder, commits } = aRepository();
    expect(await gitIn(folder).diff(commits[0], name)).toBeNull();
  });

  test('gives nothing for commits that a shallow checkout lacks, and where there is no repository', async () => {
    const { folder } = aRepository();
    expect(await gitIn(folder).diff('f'.repeat(40), 'HEAD')).toBeNull();
    expect(await gitIn(join(folder, 'nowhere')).diff('f'.repeat(40), 'HEAD')).toBeNull();
  });
});
