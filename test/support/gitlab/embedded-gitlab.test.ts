import { describe, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedGitLab, type EmbeddedOptions, startEmbeddedGitLab } from './embedded-gitlab.ts';
import { stateOfDemo } from './state/of-demo.ts';

const notes = '/projects/42/merge_requests/7/notes';
const sha = 'b7e23ec29af22b0b4e41da31e868d57226121c84';

async function start(options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedGitLab> {
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()), askedByHand: true, ...options });
  onTestFinished(() => gitlab.stop());
  return gitlab;
}

async function ask(
  gitlab: EmbeddedGitLab,
  method: string,
  path: string,
  body: object | null = null,
  token = 'demo-bot-token',
) {
  const response = await fetch(`${gitlab.apiUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    json: (text === '' ? null : JSON.parse(text)) as unknown,
  };
}

describe('tokens', () => {
  test('an unknown token is refused', async () => {
    expect((await ask(await start(), 'GET', '/user', null, 'other')).status).toBe(401);
  });

  test('a job token reads notes and writes none', async () => {
    const gitlab = await start();
    expect((await ask(gitlab, 'GET', notes, null, 'demo-job-token')).status).toBe(200);
    expect((await ask(gitlab, 'POST', notes, { body: 'x' }, 'demo-job-token')).status).toBe(401);
    expect(
      (await ask(gitlab, 'POST', `/projects/42/statuses/${sha}`, { state: 'success' }, 'demo-job-token'))
        .status,
    ).toBe(401);
  });
});

describe('notes', () => {
  test('a body loses the white space at its end and may have a million characters', async () => {
    const gitlab = await start();
    expect((await ask(gitlab, 'POST', notes, { body: 'text\n\n' })).json).toMatchObject({
      body: 'text',
      author: { username: 'herald-bot' },
    });
    expect((await ask(gitlab, 'POST', notes, { body: 'x'.repeat(1_000_001) })).status).toBe(400);
  });

  test('a list comes in pages with a link to the next', async () => {
    const gitlab = await start();
    for (let count = 0; count < 5; count += 1) await ask(gitlab, 'POST', notes, { body: `note ${count}` });
    const first = await ask(gitlab, 'GET', `${notes}?sort=asc&per_page=4`);
    expect(first.json).toHaveLength(4);
    expect(first.headers.get('x-next-page')).toBe('2');
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(next).toContain(`${gitlab.apiUrl}${notes}?`);
    const second = await ask(gitlab, 'GET', next.slice(gitlab.apiUrl.length));
    expect(second.json).toHaveLength(2);
    expect(second.headers.get('x-next-page')).toBe('');
  });

  test('a note of somebody else cannot be edited or deleted', async () => {
    const gitlab = await start();
    expect((await ask(gitlab, 'PUT', `${notes}/100`, { body: 'mine' })).status).toBe(403);
    expect((await ask(gitlab, 'DELETE', `${notes}/100`)).status).toBe(403);
  });
});

describe('commit statuses', () => {
  const status = (gitlab: EmbeddedGitLab, body: object) =>
    ask(gitlab, 'POST', `/projects/42/statuses/${sha}`, body);

  test('the same open state twice is a transition that cannot be made', async () => {
    const gitlab = await start();
    const running = { name: 'herald/report', state: 'running', pipeline_id: 5002 };
    expect((await status(gitlab, running)).status).toBe(201);
    const again = await status(gitlab, running);
    expect(again.status).toBe(400);
    expect(JSON.stringify(again.json)).toContain('Cannot transition status via :run from :running');
  });

  test('a finished status is followed by a new one', async () => {
    const gitlab = await start();
    for (const state of ['failed', 'success'])
      expect((await status(gitlab, { name: 'herald/report', state, pipeline_id: 5002 })).status).toBe(201);
    expect(gitlab.state.pipelines.find(({ id }) => id === 5002)?.statuses.map(({ state }) => state)).toEqual([
      'failed',
      'success',
    ]);
  });

  test('a pipeline of another commit is not found', async () => {
    expect((await status(await start(), { state: 'success', pipeline_id: 5003 })).status).toBe(404);
  });

  test('a commit without a pipeline gets an external one, which Herald must never cause', async () => {
    const gitlab = await start();
    await ask(gitlab, 'POST', '/projects/42/statuses/0000000', { state: 'success' });
    expect(gitlab.state.pipelines.at(-1)?.source).toBe('external');
  });

  test('the name of a job is taken', async () => {
    expect((await status(await start(), { name: 'lint', state: 'success', pipeline_id: 5002 })).status).toBe(
      400,
    );
  });
});

describe('trouble on purpose', () => {
  test('a request can be answered in its stead, or lost after it took effect', async () => {
    const gitlab = await start({
      beforeRequest: ({ method }) => (method === 'POST' ? 'reset-after' : { status: 503, body: 'busy' }),
    });
    await expect(ask(gitlab, 'POST', notes, { body: 'landed' })).rejects.toThrow();
    expect(gitlab.state.mergeRequests[0]?.notes.map(({ body }) => body)).toContain('landed');
    expect(gitlab.requests.map(({ status: answered }) => answered)).toEqual([201]);
  });

  test('what is not there is not found, and recorded', async () => {
    const gitlab = await start();
    expect((await ask(gitlab, 'GET', '/projects/42/nothing')).status).toBe(404);
    expect(gitlab.requests.at(-1)).toMatchObject({
      method: 'GET',
      path: '/projects/42/nothing',
      tokenKind: 'personal',
    });
  });

  test('an instance below a path works', async () => {
    const gitlab = await start({ relativeRoot: '/gitlab' });
    expect(gitlab.apiUrl).toMatch(/\/gitlab\/api\/v4$/);
    expect((await ask(gitlab, 'GET', '/user')).json).toMatchObject({ username: 'herald-bot' });
  });
});

describe('a file of the repository', () => {
  test('is given as it stands at a ref, HEAD being the default branch', async () => {
    const gitlab = await start();
    gitlab.state.files.push({ project_id: 42, ref: 'main', path: '.herald.yml', content: 'key: a\n' });
    const at = (ref: string) => `/projects/42/repository/files/.herald.yml/raw?ref=${ref}`;
    const answer = await fetch(`${gitlab.apiUrl}${at('HEAD')}`, {
      headers: { 'private-token': 'demo-bot-token' },
    });
    expect(await answer.text()).toBe('key: a\n');
    expect((await ask(gitlab, 'GET', at('vouchers'))).status).toBe(404);
    expect((await ask(gitlab, 'GET', '/projects/shop%2Fshop')).json).toMatchObject({
      id: 42,
      web_url: `${gitlab.url}/shop/shop`,
    });
  });
});

describe('merge requests', () => {
  const one = '/projects/42/merge_requests/7';

  test('show their newest pipeline, and a list of all', async () => {
    const gitlab = await start();
    expect((await ask(gitlab, 'GET', one)).json).toMatchObject({
      head_pipeline: { id: 5003, sha: expect.any(String) as string },
    });
    expect((await ask(gitlab, 'GET', `${one}/pipelines`)).json).toMatchObject([{ id: 5003 }, { id: 5002 }]);
  });

  test('show the pipelines of their fork', async () => {
    const gitlab = await start();
    const [mr] = gitlab.state.mergeRequests;
    const pipeline = gitlab.state.pipelines.at(-1);
    if (mr === undefined || pipeline === undefined) throw new Error('the demo has both');
    gitlab.state.mergeRequests.push({ ...mr, iid: 8, source_project_id: 77 });
    gitlab.state.pipelines.push({ ...pipeline, id: 6001, project_id: 77, ref: 'refs/merge-requests/8/head' });
    expect((await ask(gitlab, 'GET', '/projects/42/merge_requests/8')).json).toMatchObject({
      head_pipeline: { id: 6001, project_id: 77 },
    });
  });

  test('are listed by state and change, without their pipelines', async () => {
    const gitlab = await start();
    const list = '/projects/42/merge_requests?state=opened&updated_after=';
    const [found] = (await ask(gitlab, 'GET', `${list}2026-01-01T00:00:00Z`)).json as Record<
      string,
      unknown
    >[];
    expect(found).toMatchObject({ iid: 7 });
    expect(found).not.toHaveProperty('head_pipeline');
    expect((await ask(gitlab, 'GET', `${list}2999-01-01T00:00:00Z`)).json).toEqual([]);
  });
});
