import { describe, expect, test } from 'vitest';
import { parseUnifiedDiff } from '../../../src/diff/parse-unified-diff.ts';
import type { Diff } from '../../../src/model/diff.ts';
import type { MissingPart } from '../../../src/model/missing-part.ts';
import { fetchDiff } from '../../../src/usecases/report/fetch-diff.ts';
import { createTroubles } from '../../../src/usecases/troubles.ts';
import { aMergeRequest } from '../../builders.ts';
import { aLog, connect } from '../../gitlab/connect-for-test.ts';
import type { EmbeddedOptions } from '../../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedDiff } from '../../support/gitlab/state/state.ts';
import { aBranch, botToken, serve } from '../target-branch.ts';

const patch = 'diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b\n';
const file = {
  old_path: 'a.ts',
  new_path: 'a.ts',
  new_file: false,
  renamed_file: false,
  deleted_file: false,
  diff: '@@ -1 +1 @@\n-a\n+b\n',
  collapsed: false,
  too_large: false,
};

interface Answered {
  readonly diff: Diff | null;
  readonly missing: readonly MissingPart[];
  readonly asked: readonly string[];
  readonly local: readonly (readonly string[])[];
}

async function ask(
  diff: EmbeddedDiff,
  { server, checkout = null }: { server?: Omit<EmbeddedOptions, 'state'>; checkout?: string | null } = {},
): Promise<Answered> {
  const state = aBranch(1, []);
  state.mergeRequests.push({
    project_id: 42,
    iid: 17,
    title: '',
    state: 'opened',
    source_project_id: 42,
    source_branch: 'vouchers',
    target_branch: 'main',
    sha: '',
    labels: [],
    labelEvents: [],
    notes: [],
    diff,
  });
  const gitlab = await serve(state, server);
  const local: (readonly string[])[] = [];
  const client = connect({
    apiUrl: gitlab.apiUrl,
    token: { kind: 'bot', value: botToken, variable: 'HERALD_TOKEN' },
    limits: { maxTries: 1 },
  });
  const git = {
    diff: (base: string, head: string) => {
      local.push([base, head]);
      return Promise.resolve(checkout);
    },
  };
  const troubles = createTroubles(client.log, client.gitlab);
  const found = await fetchDiff(aMergeRequest(), { gitlab: client.gitlab, git, log: client.log, troubles });
  const missing = troubles.missing();
  return {
    diff: found,
    missing,
    asked: gitlab.requests.map(({ path }) => path.split('/').at(-1) ?? ''),
    local,
  };
}

describe('the diff of a merge request', () => {
  test('is the raw one, for one request', async () => {
    const { diff, asked, local } = await ask({ raw: patch, files: [] });
    expect(diff).toEqual(parseUnifiedDiff(patch));
    expect(asked).toEqual(['raw_diffs']);
    expect(local).toEqual([]);
  });

  test('is listed file by file where GitLab cannot give the raw one', async () => {
    const moved = { ...file, old_path: 'b "old".ts', new_path: 'b.ts', renamed_file: true };
    const { diff, asked } = await ask({ raw: null, files: [file, moved] });
    expect(diff?.complete).toBe(true);
    expect(diff?.files.map(({ oldPath, newPath, change }) => [oldPath, newPath, change])).toEqual([
      ['a.ts', 'a.ts', 'modified'],
      ['b "old".ts', 'b.ts', 'renamed'],
    ]);
    expect(asked).toEqual(['raw_diffs', 'diffs']);
  });

  test('is incomplete when one file was too large to be listed', async () => {
    const { diff } = await ask({ raw: null, files: [file, { ...file, diff: '', too_large: true }] });
    expect(diff?.complete).toBe(false);
    expect(diff?.files.map(({ complete }) => complete)).toEqual([true, false]);
  });

  test.each([403, 503])(
    'comes from the checkout when GitLab answers %d to both addresses',
    async (status) => {
      const beforeRequest = () => ({ status, body: { message: String(status) } });
      const { diff, missing, asked, local } = await ask(
        { raw: patch, files: [] },
        { server: { beforeRequest }, checkout: patch },
      );
      expect(diff).toEqual(parseUnifiedDiff(patch));
      expect(asked).toEqual(['raw_diffs', 'diffs']);
      expect(missing).toEqual([]);
      expect(local).toEqual([[aMergeRequest().diffBaseSha, aMergeRequest().headSha]]);
    },
  );

  test.each([
    { name: 'is too much for GitLab', answer: { status: 500, body: {} } },
    { name: 'is something else', answer: { status: 200, body: { message: 'soon' } } },
  ])('is listed file by file where the raw one $name', async ({ answer }) => {
    const beforeRequest = ({ path }: { path: string }) => (path.endsWith('/raw_diffs') ? answer : undefined);
    const { diff, missing } = await ask({ raw: patch, files: [file] }, { server: { beforeRequest } });
    expect(diff?.files.map(({ newPath }) => newPath)).toEqual(['a.ts']);
    expect(missing).toEqual([]);
  });

  test('is null, and missing, when nobody knows it', async () => {
    const beforeRequest = () => ({ status: 403, body: {} });
    const { diff, missing } = await ask({ raw: patch, files: [] }, { server: { beforeRequest } });
    expect(diff).toBeNull();
    expect(missing).toEqual([{ part: 'diff', reason: 'refused' }]);
  });

  test('is not looked for in the checkout without both commits', async () => {
    const git = { diff: () => Promise.reject(new Error('asked')) };
    const mergeRequest = aMergeRequest({ diffBaseSha: null });
    expect(
      await fetchDiff(mergeRequest, {
        gitlab: null,
        git,
        log: aLog(),
        troubles: createTroubles(aLog(), null),
      }),
    ).toBeNull();
  });
});
