import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { connect, origin, rejection } from '../connect-for-test.ts';

const file = { project: 42, path: 'ci/.herald.yml', ref: 'release/1.0' };
const address = '/api/v4/projects/42/repository/files/ci%2F.herald.yml/raw?ref=release%2F1.0';

describe('a project', () => {
  test('is found by its path, with its default branch', async () => {
    nock(origin).get('/api/v4/projects/shop%2Ftill').reply(200, {
      id: 42,
      path_with_namespace: 'shop/till',
      web_url: 'https://gitlab.example.com/shop/till',
      default_branch: 'trunk',
    });
    expect(await connect().gitlab.fetchProject('shop/till')).toEqual({
      id: 42,
      path: 'shop/till',
      url: 'https://gitlab.example.com/shop/till',
      defaultBranch: 'trunk',
      archived: false,
    });
  });

  test('with an empty repository has no default branch', async () => {
    nock(origin).get('/api/v4/projects/42').reply(200, {
      id: 42,
      path_with_namespace: 'shop/till',
      web_url: 'https://gitlab.example.com/shop/till',
    });
    expect(await connect().gitlab.fetchProject(42)).toMatchObject({ defaultBranch: null });
  });

  test('that the token may not see is refused', async () => {
    nock(origin).get('/api/v4/projects/42').reply(404, { message: '404 Project Not Found' });
    expect(await rejection(connect().gitlab.fetchProject(42))).toMatchObject({ status: 404 });
  });
});

describe('a file of the repository', () => {
  test('is given byte by byte, its path and ref encoded whole', async () => {
    nock(origin)
      .get(address)
      .reply(200, Buffer.from([0xef, 0xbb, 0xbf, 0x0a]), { 'content-type': 'text/plain' });
    const bytes = await connect().gitlab.fetchFile(file, 4);
    expect([...(bytes ?? [])]).toEqual([0xef, 0xbb, 0xbf, 0x0a]);
  });

  test('that is not there is null', async () => {
    nock(origin).get(address).reply(404, { message: '404 File Not Found' });
    expect(await connect().gitlab.fetchFile(file, 4)).toBeNull();
  });

  test('that is larger than wanted is not read', async () => {
    nock(origin).get(address).reply(200, 'x'.repeat(5));
    const error = await rejection(connect().gitlab.fetchFile(file, 4));
    expect(error.message).toContain('too large: more than 4 bytes');
  });

  test('that the token may not see is refused', async () => {
    nock(origin).get(address).reply(403, { message: '403 Forbidden' });
    expect(await rejection(connect().gitlab.fetchFile(file, 4))).toMatchObject({ status: 403 });
  });
});
