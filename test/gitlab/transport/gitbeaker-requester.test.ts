import { Commits, MergeRequestDiscussions, MergeRequestNotes } from '@gitbeaker/rest';
import { describe, expect, test } from 'vitest';
import { preparedRequest, requestsOnly } from '../../../src/gitlab/transport/gitbeaker-requester.ts';
import { rejection } from '../connect-for-test.ts';

describe('gitbeaker’s requests', () => {
  test('are given with path, query and JSON body, and not sent', async () => {
    const commits = new Commits(requestsOnly);
    expect(await preparedRequest(commits.show('group/project', 'a b', { stats: true }))).toEqual({
      method: 'GET',
      path: '/projects/group%2Fproject/repository/commits/a%20b',
      query: 'stats=true',
      body: null,
    });
    const { body, ...line } = await preparedRequest(commits.createComment(42, 'main', 'a note', { line: 3 }));
    expect(line).toEqual({
      method: 'POST',
      path: '/projects/42/repository/commits/main/comments',
      query: '',
    });
    expect(body?.contentType).toBe('application/json');
    expect(JSON.parse(new TextDecoder().decode(body?.bytes))).toEqual({ note: 'a note', line: 3 });
  });

  test('have the path of a resource inside another', async () => {
    const notes = new MergeRequestNotes(requestsOnly);
    const { path } = await preparedRequest(notes.show('group/project', 17, 301));
    expect(path).toBe('/projects/group%2Fproject/merge_requests/17/notes/301');
  });

  test('to delete have no body', async () => {
    const { method, body } = await preparedRequest(new MergeRequestNotes(requestsOnly).remove(42, 17, 301));
    expect([method, body]).toEqual(['DELETE', null]);
  });

  test('encode a query as forms do', async () => {
    const commits = new Commits(requestsOnly);
    const { query } = await preparedRequest(commits.all(42, { refName: 'a b*/ü', trailers: false }));
    expect(query).toBe('ref_name=a+b*%2F%C3%BC&trailers=false');
  });

  test('that would be a form are refused', async () => {
    const position = { baseSha: 'a', startSha: 'b', headSha: 'c', positionType: 'text' } as const;
    const paths = { newPath: 'src/a.ts', oldPath: 'src/a.ts', newLine: '3' };
    const asked = new MergeRequestDiscussions(requestsOnly).create(42, 17, 'text', {
      position: { ...position, ...paths },
    });
    expect((await rejection(preparedRequest(asked))).message).toContain('form');
  });

  test('are told from what is no request', async () => {
    for (const value of [null, 'text', {}, []])
      expect((await rejection(preparedRequest(Promise.resolve(value)))).message).toContain('requestsOnly');
  });
});
