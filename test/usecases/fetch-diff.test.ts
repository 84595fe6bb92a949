import { describe, expect, test } from 'vitest';
import { GitLabRefusedError } from '../../src/errors.ts';
import type { Diffs, FileDiff } from '../../src/gitlab/port.ts';
import { fetchDiff } from '../../src/usecases/fetch-diff.ts';
import { createTroubles } from '../../src/usecases/troubles.ts';
import { aMergeRequest, baseSha, headSha } from '../builders.ts';

const silent = () => undefined;
const patch = (path: string) =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-x\n+y\n`;
const listed: FileDiff = {
  oldPath: 'listed.ts',
  newPath: 'listed.ts',
  newFile: false,
  deletedFile: false,
  renamedFile: false,
  diff: '@@ -1 +1 @@\n-x\n+y\n',
  leftOut: false,
};

function aWorld({
  raw,
  git,
}: {
  /** A patch, null where there is no such address, `refused`, or `no token`. */ readonly raw: string | null;
  readonly git: string | null;
}) {
  const asked: string[] = [];
  const gitlab: Diffs = {
    fetchRawDiff() {
      asked.push('raw_diffs');
      if (raw === 'refused')
        return Promise.reject(new GitLabRefusedError('no', { status: 403, request: 'GET /raw_diffs' }));
      return Promise.resolve(raw === null ? null : new Uint8Array(Buffer.from(raw)));
    },
    async *fetchDiffPages() {
      asked.push('diffs');
      await Promise.resolve();
      yield [listed];
    },
  };
  return {
    asked,
    gitlab: raw === 'no token' ? null : gitlab,
    git: {
      diff(from: string, to: string) {
        asked.push(`git ${from.slice(0, 4)}…${to.slice(0, 4)}`);
        return Promise.resolve(git);
      },
    },
  };
}

describe('the diff of a merge request', () => {
  test.each([
    {
      name: 'is one request where GitLab has it as a patch',
      raw: patch('raw.ts'),
      git: null,
      path: 'raw.ts',
      asked: ['raw_diffs'],
    },
    {
      name: 'is the list of files in versions without it',
      raw: null,
      git: null,
      path: 'listed.ts',
      asked: ['raw_diffs', 'diffs'],
    },
    {
      name: "is git's where GitLab refuses",
      raw: 'refused',
      git: patch('git.ts'),
      path: 'git.ts',
      asked: ['raw_diffs', `git ${baseSha.slice(0, 4)}…${headSha.slice(0, 4)}`],
    },
    {
      name: "is git's without a token",
      raw: 'no token',
      git: patch('git.ts'),
      path: 'git.ts',
      asked: [`git ${baseSha.slice(0, 4)}…${headSha.slice(0, 4)}`],
    },
    {
      name: 'is not known when nobody has it',
      raw: 'no token',
      git: null,
      path: undefined,
      asked: [`git ${baseSha.slice(0, 4)}…${headSha.slice(0, 4)}`],
    },
  ])('$name', async ({ raw, git, path, asked }) => {
    const world = aWorld({ raw, git });
    const log = {
      debug: silent,
      info: silent,
      warn: silent,
      error: silent,
      section: <T>(_title: string, work: () => Promise<T>) => work(),
    };
    const diff = await fetchDiff(aMergeRequest(), world, createTroubles(log));
    expect(diff?.files[0]?.newPath).toBe(path);
    expect(world.asked).toEqual(asked);
  });
});
