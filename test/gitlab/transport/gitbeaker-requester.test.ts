import { Commits, MergeRequestDiscussions } from '@gitbeaker/rest';
import { describe, expect, test } from 'vitest';
import type { ApiRequest } from '../../../src/gitlab/transport/follow-redirects.ts';
import { resourceOptions } from '../../../src/gitlab/transport/gitbeaker-requester.ts';

function recorder(): { readonly sent: ApiRequest[]; readonly options: ReturnType<typeof resourceOptions> } {
  const sent: ApiRequest[] = [];
  const body = new TextEncoder().encode('{"id":1}');
  const options = resourceOptions((request) => {
    sent.push(request);
    return Promise.resolve({ status: 200, headers: {}, body });
  }, 1000);
  return { sent, options };
}

describe('gitbeaker’s requests', () => {
  test('reach our call with path, query and JSON body', async () => {
    const { sent, options } = recorder();
    await new Commits(options).show('group/project', 'main', { stats: true });
    await new Commits(options).createComment(42, 'main', 'a note');
    expect(sent.map(({ method, path, query }) => [method, path, query])).toEqual([
      ['GET', '/projects/group%2Fproject/repository/commits/main', 'stats=true'],
      ['POST', '/projects/42/repository/commits/main/comments', ''],
    ]);
    const [get, post] = sent;
    expect(get?.body).toBeNull();
    expect(post?.body?.contentType).toBe('application/json');
    expect(new TextDecoder().decode(post?.body?.bytes)).toBe('{"note":"a note"}');
  });

  test('with a form are sent as one, with its boundary', async () => {
    const { sent, options } = recorder();
    const position = {
      baseSha: 'a',
      startSha: 'b',
      headSha: 'c',
      positionType: 'text',
      newPath: 'src/a.ts',
      oldPath: 'src/a.ts',
      newLine: '3',
    } as const;
    await new MergeRequestDiscussions(options).create(42, 17, 'text', { position });
    const [{ body } = { body: null }] = sent;
    const [, boundary = ''] = /^multipart\/form-data; boundary=(.+)$/.exec(body?.contentType ?? '') ?? [];
    const text = new TextDecoder().decode(body?.bytes);
    expect(text.split(`--${boundary}`).length).toBe(10);
    expect(text).toContain('name="body"\r\n\r\ntext\r\n');
    expect(text).toContain('name="position[new_line]"\r\n\r\n3\r\n');
    expect(text).toContain('name="position[new_path]"\r\n\r\nsrc/a.ts\r\n');
  });
});
