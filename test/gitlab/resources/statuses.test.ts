import nock from 'nock';
import { describe, expect, test } from 'vitest';
import type { CommitStatus } from '../../../src/model/write.ts';
import { connect, connectAsJob, origin, rejection } from '../connect-for-test.ts';

const address = '/api/v4/projects/42/statuses/4f2b9c1d';
const status: CommitStatus = {
  projectId: 42,
  sha: '4f2b9c1d',
  pipelineId: 1001,
  name: 'herald/report',
  state: 'success',
  description: '',
  targetUrl: null,
};

/** The body that a status is posted with. */
async function bodyOf(changes: Partial<CommitStatus>): Promise<Record<string, unknown>> {
  const bodies: Record<string, unknown>[] = [];
  nock(origin)
    .post(address, (body: Record<string, unknown>) => bodies.push(body) > 0)
    .reply(201, {});
  await connect().gitlab.setStatus({ ...status, ...changes });
  return bodies[0] ?? {};
}

describe('a commit status', () => {
  test('is bound to its pipeline, never to a ref, and has an address only where there is one', async () => {
    expect(await bodyOf({})).toEqual({
      state: 'success',
      name: 'herald/report',
      description: '',
      pipeline_id: 1001,
    });
  });

  test('that GitLab has in this state already is unchanged', async () => {
    nock(origin)
      .post(address)
      .reply(400, { message: 'Cannot transition status via :run from :running (Reason(s): Status)' });
    expect(await connect().gitlab.setStatus(status)).toBe('unchanged');
  });

  test('with another fault is refused', async () => {
    nock(origin)
      .post(address)
      .reply(400, { message: { name: ['has already been taken'] } });
    const error = await rejection(connect().gitlab.setStatus(status));
    expect(error).toMatchObject({ code: 'refused', status: 400 });
    expect(error.message).toContain('name has already been taken');
  });

  test('is posted again while another update holds the lock, and after a gateway’s errors', async () => {
    nock(origin).post(address).reply(409, { message: 'Another update is in progress' });
    nock(origin).post(address).reply(502);
    nock(origin).post(address).reply(201, {});
    const { gitlab, clock, audit } = connect();
    expect(await gitlab.setStatus(status)).toBe('set');
    expect(clock.sleeps).toEqual([1000, 2000]);
    expect(audit.map(({ attempt, status: code }) => [attempt, code])).toEqual([
      [1, 409],
      [2, 502],
      [3, 201],
    ]);
  });

  test('whose lock is never given up fails as a conflict', async () => {
    nock(origin).post(address).times(6).reply(409, { message: 'Another update is in progress' });
    expect(await rejection(connect().gitlab.setStatus(status))).toMatchObject({ status: 409 });
  });

  test('cannot be set by a job token, which the hint says', async () => {
    nock(origin).post(address).reply(401, { message: '401 Unauthorized' });
    const error = await rejection(connectAsJob().gitlab.setStatus(status));
    expect(error).toHaveProperty('hint', expect.stringMatching(/HERALD_TOKEN/));
  });

  test('has texts of 255 characters at most, cut between characters', async () => {
    const { name, description } = await bodyOf({
      name: 'n'.repeat(300),
      description: `${'d'.repeat(253)}${'😀'.repeat(10)}`,
    });
    expect(name).toBe(`${'n'.repeat(254)}…`);
    expect(description).toBe(`${'d'.repeat(253)}…`);
    expect(await bodyOf({ description: 'd'.repeat(255) })).toMatchObject({ description: 'd'.repeat(255) });
  });

  test.each([
    { name: 'as it is when it fits', tail: 'a#b', expected: 'https://example.com/a#b' },
    {
      name: 'without its fragment when that is what is too long',
      tail: `a#${'b'.repeat(300)}`,
      expected: 'https://example.com/a',
    },
    {
      name: 'not at all when it is too long, since it would lead nowhere',
      tail: 'a'.repeat(300),
      expected: undefined,
    },
  ])('has its address $name', async ({ tail, expected }) => {
    expect((await bodyOf({ targetUrl: `https://example.com/${tail}` }))['target_url']).toBe(expected);
  });
});
