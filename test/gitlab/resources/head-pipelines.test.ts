import nock from 'nock';
import { describe, expect, test } from 'vitest';
import {
  aMergeRequestAnswer,
  aPipelineAnswer,
  connect,
  mergeRequest,
  origin,
  rejection,
} from '../connect-for-test.ts';

const address = '/api/v4/projects/42/merge_requests/17';

describe('a merge request with its head pipeline', () => {
  test('has the pipeline in the project it runs in, and its state', async () => {
    const head = aPipelineAnswer({ id: 7001, project_id: 77, status: 'success' });
    nock(origin)
      .get(address)
      .reply(
        200,
        aMergeRequestAnswer({ source_project_id: 77, state: 'merged', head_pipeline: { ...head, user: {} } }),
      );
    expect(await connect().gitlab.fetchMergeRequestWithHead(mergeRequest)).toMatchObject({
      state: 'merged',
      mergeRequest: { iid: 17, fork: true, sourceProjectId: 77 },
      headPipeline: { id: 7001, projectId: 77, status: 'success' },
    });
  });

  test.each([
    ['names none', {}],
    ['says null', { head_pipeline: null }],
  ])('has none where GitLab %s', async (_name, part) => {
    nock(origin).get(address).reply(200, aMergeRequestAnswer(part));
    expect((await connect().gitlab.fetchMergeRequestWithHead(mergeRequest)).headPipeline).toBeNull();
  });

  test('that is not there is refused', async () => {
    nock(origin).get(address).reply(404);
    expect(await rejection(connect().gitlab.fetchMergeRequestWithHead(mergeRequest))).toMatchObject({
      status: 404,
    });
  });
});

test('the pipelines of a merge request come newest first, in their projects', async () => {
  nock(origin)
    .get(`${address}/pipelines`)
    .query(true)
    .reply(200, [aPipelineAnswer({ id: 5 }), aPipelineAnswer({ id: 9, project_id: 77 })]);
  const pipelines = await connect().gitlab.fetchPipelinesOf(mergeRequest);
  expect(pipelines.map(({ id, projectId }) => [id, projectId])).toEqual([
    [9, 77],
    [5, 42],
  ]);
});

describe('the parents of a commit', () => {
  const commit = '/api/v4/projects/42/repository/commits/abc';

  test('come in their order', async () => {
    nock(origin)
      .get(commit)
      .reply(200, { id: 'abc', parent_ids: ['target', 'source'] });
    expect(await connect().gitlab.fetchParents(42, 'abc')).toEqual(['target', 'source']);
  });

  test('are null for a commit that the project does not have', async () => {
    nock(origin).get(commit).reply(404, { message: '404 Commit Not Found' });
    expect(await connect().gitlab.fetchParents(42, 'abc')).toBeNull();
  });
});

test('running pipelines are those that run and those that wait, newest first', async () => {
  const scoped = (scope: string) => (query: Readonly<Record<string, unknown>>) => query['scope'] === scope;
  nock(origin)
    .get('/api/v4/projects/42/pipelines')
    .query(scoped('running'))
    .reply(200, [aPipelineAnswer({ id: 5 })]);
  nock(origin)
    .get('/api/v4/projects/42/pipelines')
    .query(scoped('pending'))
    .reply(200, [aPipelineAnswer({ id: 9, status: 'pending' })]);
  expect((await connect().gitlab.fetchRunningPipelines(42)).map(({ id }) => id)).toEqual([9, 5]);
});

test('statuses have what they say and their pipeline, where GitLab names it', async () => {
  nock(origin)
    .get('/api/v4/projects/42/repository/commits/abc/statuses')
    .query(true)
    .reply(200, [
      {
        id: 8,
        name: 'herald/report',
        status: 'success',
        description: 'fine',
        target_url: 'u',
        pipeline_id: 9,
      },
      { id: 3, name: 'unit', status: 'waiting_for_callback' },
    ]);
  expect(await connect().gitlab.fetchStandingStatuses(42, 'abc')).toEqual([
    { id: 8, name: 'herald/report', state: 'success', description: 'fine', targetUrl: 'u', pipelineId: 9 },
    {
      id: 3,
      name: 'unit',
      state: 'waiting_for_callback',
      description: null,
      targetUrl: null,
      pipelineId: null,
    },
  ]);
});
