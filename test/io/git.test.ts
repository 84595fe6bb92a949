import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { gitIn } from '../../src/io/git.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-git-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
}

async function commit(folder: string, content: string): Promise<string> {
  await writeFile(join(folder, 'a.txt'), content);
  git(folder, 'add', '.');
  git(folder, 'commit', '-qm', 'one');
  return git(folder, 'rev-parse', 'HEAD');
}

async function aRepository(): Promise<{ folder: string; base: string; head: string }> {
  const folder = await aFolder();
  git(folder, 'init', '-q');
  const base = await commit(folder, 'one\n');
  return { folder, base, head: await commit(folder, 'two\n') };
}

describe('the diff of a checkout', () => {
  test('is the patch between two commits', async () => {
    const { folder, base, head } = await aRepository();
    expect(await gitIn(folder).diff(base, head)).toMatch(
      /^diff --git a\/a\.txt b\/a\.txt\n[^]*\n-one\n\+two\n$/,
    );
  });

  test('does not run the programs that the settings name, and keeps its form', async () => {
    const { folder, base, head } = await aRepository();
    const mark = join(folder, 'was-run');
    for (const setting of ['diff.external', 'core.fsmonitor', 'diff.x.textconv'])
      git(folder, 'config', setting, `touch ${mark}; false`);
    await writeFile(join(folder, '.gitattributes'), '*.txt diff=x\n');
    git(folder, 'config', 'color.ui', 'always');
    git(folder, 'config', 'diff.noprefix', 'true');
    expect(await gitIn(folder).diff(base, head)).toMatch(/^diff --git a\/a\.txt b\/a\.txt\n/);
    await expect(writeFile(mark, '', { flag: 'wx' })).resolves.toBeUndefined();
  });

  test('asks no server for what a partial clone lacks', async () => {
    const { folder, base, head } = await aRepository();
    const mark = join(folder, 'was-run');
    const blob = git(folder, 'rev-parse', `${base}:a.txt`);
    await rm(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
    for (const [name, value] of [
      ['core.repositoryformatversion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.url', 'ssh://git@gitlab.invalid/shop/shop.git'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.partialclonefilter', 'blob:none'],
      ['core.sshCommand', `touch ${mark}; false`],
    ] as const)
      git(folder, 'config', name, value);
    expect(await gitIn(folder).diff(base, head)).toBeNull();
    await expect(writeFile(mark, '', { flag: 'wx' })).resolves.toBeUndefined();
  });

  test('gets PATH and HOME of the job, and no other variable', async () => {
    const folder = await aFolder();
    await writeFile(join(folder, 'git'), '#!/bin/sh\n/usr/bin/env | /usr/bin/cut -d= -f1 | /usr/bin/sort\n', {
      mode: 0o755,
    });
    vi.stubEnv('PATH', folder);
    vi.stubEnv('HERALD_TOKEN', 'glpat-CANARY-0123456789');
    vi.stubEnv('CI_JOB_TOKEN', 'glcbt-CANARY-0123456789');
    vi.stubEnv('GIT_SSH_COMMAND', 'touch was-run');
    const names = (await gitIn(folder).diff('a'.repeat(40), 'b'.repeat(40)))?.trim().split('\n');
    expect(names?.filter((name) => !/^(?:GIT_(?!SSH)\w+|PWD|_|SHLVL|OLDPWD)$/.test(name))).toEqual([
      'HOME',
      'PATH',
    ]);
  });

  test.each([
    { name: 'an option', base: '--output=/tmp/x' },
    { name: 'a name', base: 'HEAD~1' },
    { name: 'a command', base: '$(touch x)' },
    { name: 'a commit that is not there', base: 'f'.repeat(40) },
  ])('of $name is none', async ({ base }) => {
    const { folder, head } = await aRepository();
    expect(await gitIn(folder).diff(base, head)).toBeNull();
  });

  test('outside of a repository is none', async () => {
    expect(await gitIn(join(await aFolder(), 'gone')).diff('a'.repeat(40), 'b'.repeat(40))).toBeNull();
  });
});
