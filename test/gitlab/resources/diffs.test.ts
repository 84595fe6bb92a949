import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { DiffPart } from '../../../src/gitlab/ports/port.ts';
import { connect, mergeRequest, origin, rejection } from '../connect-for-test.ts';

const raw = '/api/v4/projects/42/merge_requests/17/raw_diffs';
const diffs = '/api/v4/projects/42/merge_requests/17/diffs';

async function parts(): Promise<readonly DiffPart[]> {
  return (await connect().gitlab.fetchDiffList(mergeRequest)).parts;
}

describe('the raw diff', () => {
  test('is given as it is', async () => {
    nock(origin).get(raw).reply(200, 'diff --git a/x b/x\n', { 'content-type': 'text/plain' });
    const bytes = await connect().gitlab.fetchRawDiff(mergeRequest, 100);
    expect(new TextDecoder().decode(bytes ?? new Uint8Array())).toBe('diff --git a/x b/x\n');
  });

  test('is null where GitLab has no such address', async () => {
    nock(origin).get(raw).reply(404, { error: '404 Not Found' });
    expect(await connect().gitlab.fetchRawDiff(mergeRequest, 100)).toBeNull();
  });

  test('over the limit is not read', async () => {
    nock(origin).get(raw).reply(200, 'x'.repeat(101));
    expect((await rejection(connect().gitlab.fetchRawDiff(mergeRequest, 100))).message).toContain(
      'too large',
    );
  });
});

describe('the diff file by file', () => {
  const row = { old_path: 'a.ts', new_path: 'a.ts', diff: '@@ -1 +1 @@\n-a\n+b\n' };

  test.each([
    { name: 'changed', flags: {}, change: 'modified' },
    { name: 'new', flags: { new_file: true }, change: 'added' },
    { name: 'deleted', flags: { deleted_file: true }, change: 'deleted' },
    { name: 'renamed', flags: { renamed_file: true }, change: 'renamed' },
  ])('a $name file is $change', async ({ flags, change }) => {
    nock(origin)
      .get(diffs)
      .query(true)
      .reply(200, [{ ...row, ...flags }]);
    expect(await parts()).toEqual([
      { oldPath: 'a.ts', newPath: 'a.ts', change, patch: row.diff, complete: true },
    ]);
  });

  test.each([
    { name: 'too large', fields: { diff: '', too_large: true }, complete: false },
    { name: 'collapsed', fields: { diff: '', collapsed: true }, complete: false },
    { name: 'collapsed on the page, but given', fields: { collapsed: true }, complete: true },
    { name: 'without lines', fields: { diff: '', collapsed: false, too_large: false }, complete: true },
    { name: 'without lines, before GitLab 18.4 says why', fields: { diff: '' }, complete: false },
    { name: 'renamed, before 18.4', fields: { diff: '', renamed_file: true }, complete: true },
    {
      name: 'of another mode, before 18.4',
      fields: { diff: '', a_mode: '100644', b_mode: '100755' },
      complete: true,
    },
  ])('a file that is $name: complete is $complete', async ({ fields, complete }) => {
    nock(origin)
      .get(diffs)
      .query(true)
      .reply(200, [{ ...row, ...fields }]);
    expect((await parts()).map((part) => part.complete)).toEqual([complete]);
  });

  test('is walked page by page', async () => {
    nock(origin)
      .get(diffs)
      .query({ per_page: '100' })
      .reply(200, [row], { 'x-next-page': '2' })
      .get(diffs)
      .query({ per_page: '100', page: '2' })
      .reply(200, [row]);
    expect(await parts()).toHaveLength(2);
  });

  test.each([
    { files: 999, complete: true },
    { files: 1_000, complete: false },
  ])('of $files files is complete: $complete, since GitLab cuts longer ones', async ({ files, complete }) => {
    nock(origin)
      .get(diffs)
      .query(true)
      .reply(
        200,
        Array.from({ length: files }, () => row),
        { 'x-next-page': '' },
      );
    expect(await connect().gitlab.fetchDiffList(mergeRequest)).toMatchObject({ complete });
  });

  test.each([
    { overflow: false, complete: true },
    { overflow: true, complete: false },
  ])('is that of /changes before GitLab 15.7, overflow $overflow', async ({ overflow, complete }) => {
    nock(origin)
      .get(diffs)
      .query(true)
      .reply(404, { error: '404 Not Found' })
      .get(diffs.replace(/diffs$/, 'changes'))
      .query({ access_raw_diffs: 'true' })
      .reply(200, { iid: 17, changes: [row], overflow });
    const list = await connect().gitlab.fetchDiffList(mergeRequest);
    expect(list).toMatchObject({ parts: [{ newPath: 'a.ts', patch: row.diff, complete: true }], complete });
  });

  test('that GitLab refuses is refused, and nothing else is asked', async () => {
    nock(origin).get(diffs).query(true).reply(403, {});
    const error = await rejection(connect().gitlab.fetchDiffList(mergeRequest));
    expect(error).toMatchObject({ status: 403 });
  });
});
