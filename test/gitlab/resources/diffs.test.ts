import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { DiffPart } from '../../../src/gitlab/ports/port.ts';
import { connect, mergeRequest, origin, rejection } from '../connect-for-test.ts';

const raw = '/api/v4/projects/42/merge_requests/17/raw_diffs';
const diffs = '/api/v4/projects/42/merge_requests/17/diffs';

async function parts(): Promise<readonly DiffPart[]> {
  const all: DiffPart[] = [];
  for await (const page of connect().gitlab.fetchDiffPages(mergeRequest)) all.push(...page);
  return all;
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
    { name: 'without lines, as binary files are', fields: { diff: '' }, complete: true },
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
});
