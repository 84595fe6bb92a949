import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { exitCodes, GitLabAnswerError } from '../../../src/errors.ts';
import { haltTimers } from '../../halted-timers.ts';
import {
  aNoteAnswer,
  canary,
  connect,
  connectAsJob,
  mergeRequest,
  notesAddress,
  origin,
  rejection,
} from '../connect-for-test.ts';

const user = { id: 7, username: 'herald-bot' };
const text = { 'content-type': 'text/plain' };

const encoded = Buffer.from(canary).toString('base64');
const encodedWithMore = Buffer.from(`Bearer ${canary} and more`).toString('base64');
/** The token in every form in which it could be echoed. */
const forms = [canary, encodeURIComponent(canary), encoded, encodedWithMore];
/** What must not be left of them. */
const traces = ['CANARY', '0123456789', encoded.slice(4, -8), encodedWithMore.slice(16, 40)];

describe('what is asked again', () => {
  test('waits as long as a rate limit says, in seconds', async () => {
    nock(origin)
      .get('/api/v4/user')
      .reply(429, 'Retry later\n', { ...text, 'retry-after': '30' });
    nock(origin).get('/api/v4/user').reply(200, user);
    const { gitlab, clock, log } = connect();
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
    expect(clock.sleeps).toEqual([30_000]);
    expect(log.lines).toEqual(['GET /user: status 429; retrying in 30.0 s {"attempt":1}']);
    expect(gitlab.requestCount()).toBe(2);
  });

  test('waits of its own accord where a rate limit says nothing', async () => {
    nock(origin).get('/api/v4/user').twice().reply(429, 'Retry later\n', text);
    nock(origin).get('/api/v4/user').reply(200, user);
    const { gitlab, clock } = connect();
    await gitlab.fetchCurrentUser();
    expect(clock.sleeps).toEqual([5000, 10_000]);
  });

  test('is given up at once when the wait is longer than all may take, and says how long', async () => {
    nock(origin)
      .get('/api/v4/user')
      .reply(429, 'Retry later\n', { ...text, 'retry-after': '3600' });
    const { gitlab, clock } = connect();
    const error = await rejection(gitlab.fetchCurrentUser());
    expect(error).toMatchObject({ code: 'unreachable', exitCode: exitCodes.unreachable, status: 429 });
    expect(error.message).toBe(
      'GitLab limits the rate of GET /user: 429 Too Many Requests: Retry later; it asks to wait 3600 s',
    );
    expect(clock.sleeps).toEqual([]);
  });

  test('is given up after the last try, with GitLab’s last words', async () => {
    nock(origin).get('/api/v4/user').times(6).reply(503, '<html><title>Deploy in progress</title></html>');
    const { gitlab, clock } = connect();
    const error = await rejection(gitlab.fetchCurrentUser());
    expect(error).toMatchObject({ status: 503, request: 'GET /user' });
    expect(error.message).toBe(
      'GitLab kept failing at GET /user: 503 Service Unavailable: an HTML page "Deploy in progress" (6 tries)',
    );
    expect(clock.sleeps).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });

  test.each([400, 403, 404, 409, 422, 500])('is not what was answered with %i', async (status) => {
    nock(origin).put(`${notesAddress}/301`).reply(status, { message: 'no' });
    const { gitlab } = connect();
    expect(await rejection(gitlab.updateNote(mergeRequest, 301, 'x'))).toMatchObject({ status });
    expect(gitlab.requestCount()).toBe(1);
  });

  test('is the current user, once a run, unless the answer was an error', async () => {
    nock(origin).get('/api/v4/user').reply(401, { message: '401 Unauthorized' });
    nock(origin).get('/api/v4/user').reply(200, user);
    const { gitlab } = connect();
    await rejection(gitlab.fetchCurrentUser());
    expect(await Promise.all([gitlab.fetchCurrentUser(), gitlab.fetchCurrentUser()])).toEqual([user, user]);
    expect(gitlab.requestCount()).toBe(2);
  });
});

function down(path: string, times: number): void {
  nock(origin).get(`/api/v4${path}`).times(times).reply(503, 'down', text);
}

describe('after a question that was given up', () => {
  test('the next one is tried once, until GitLab answers', async () => {
    down('/user', 6);
    down('/user', 1);
    const { gitlab, clock } = connect();
    await rejection(gitlab.fetchCurrentUser());
    expect(gitlab.requestCount()).toBe(6);
    const naps = clock.sleeps.length;
    await rejection(gitlab.fetchCurrentUser());
    expect(gitlab.requestCount()).toBe(7);
    expect(clock.sleeps.length).toBe(naps);
  });

  test.each([200, 404])(
    'the answer %i of another gives the ones after it all tries again',
    async (status) => {
      down('/user', 6);
      nock(origin).get(`${notesAddress}/301`).reply(status, aNoteAnswer());
      down('/user', 1);
      nock(origin).get('/api/v4/user').reply(200, user);
      const { gitlab } = connect();
      await rejection(gitlab.fetchCurrentUser());
      await gitlab.fetchNote(mergeRequest, 301);
      expect(await gitlab.fetchCurrentUser()).toEqual(user);
    },
  );
});

describe('a request that others can do without', () => {
  const ask = (gitlab: ReturnType<typeof connect>['gitlab']): ReturnType<typeof gitlab.fetchNotesAndIssue> =>
    gitlab.fetchNotesAndIssue({ ...mergeRequest, projectPath: 'shop/till' }, { label: 'a', key: 'b' });

  test.each([429, 500, 502, 503])('is tried once where it is answered with %i', async (status) => {
    nock(origin)
      .get('/api/graphql')
      .query(true)
      .reply(status, 'down', { ...text, 'retry-after': '30' });
    const { gitlab, clock } = connect();
    expect(await ask(gitlab)).toBeNull();
    expect(gitlab.requestCount()).toBe(1);
    expect(clock.sleeps).toEqual([]);
  });

  test('is not read again where its answer is cut off', async () => {
    nock(origin).get('/api/graphql').query(true).reply(200, '{"data":{"curr');
    const { gitlab } = connect();
    expect(await ask(gitlab)).toBeNull();
    expect(gitlab.requestCount()).toBe(1);
  });

  test('leaves the next question all its tries', async () => {
    nock(origin).get('/api/graphql').query(true).reply(503, 'down', text);
    down('/user', 5);
    nock(origin).get('/api/v4/user').reply(200, user);
    const { gitlab } = connect();
    await ask(gitlab);
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
  });

  test('is over after ten seconds, however its answer drips', async () => {
    const time = haltTimers();
    const drops = new PassThrough();
    nock(origin)
      .get('/api/graphql')
      .query(true)
      .reply(200, () => drops);
    let isOver = false;
    const answer = ask(connect().gitlab).finally(() => {
      isOver = true;
    });
    const goesOn = (): boolean => !isOver;
    let seconds = 0;
    for (; goesOn() && seconds < 60; seconds += 4) {
      drops.write(' ');
      for (let turns = 0; turns < 50; turns += 1) await new Promise(setImmediate);
      time.pass(4000);
      for (let turns = 0; turns < 50; turns += 1) await new Promise(setImmediate);
    }
    drops.end();
    expect(await answer).toBeNull();
    expect(seconds).toBe(12);
  });

  test('changes nothing for a GitLab that was given up', async () => {
    down('/user', 6);
    nock(origin).get('/api/graphql').query(true).reply(503, 'down', text);
    down('/user', 1);
    const { gitlab } = connect();
    await rejection(gitlab.fetchCurrentUser());
    await ask(gitlab);
    await rejection(gitlab.fetchCurrentUser());
    expect(gitlab.requestCount()).toBe(8);
  });
});

describe('an answer that was cut off inside a good length', () => {
  const cut = '[{"id":301,"bo';

  test('is read again', async () => {
    nock(origin).get(notesAddress).query(true).twice().reply(200, cut);
    nock(origin).get(notesAddress).query(true).reply(200, [aNoteAnswer()]);
    const { gitlab } = connect();
    const { notes } = await gitlab.fetchNotePage(mergeRequest, 1);
    expect(notes.map(({ id }) => id)).toEqual([301]);
    expect(gitlab.requestCount()).toBe(3);
  });

  test('of a write is not: the write was done', async () => {
    nock(origin).put(`${notesAddress}/301`).reply(200, '{"id":301,"bo');
    const { gitlab } = connect();
    expect(await rejection(gitlab.updateNote(mergeRequest, 301, 'x'))).toBeInstanceOf(GitLabAnswerError);
    expect(gitlab.requestCount()).toBe(1);
  });

  test('of a create is looked for, and not made twice', async () => {
    nock(origin).post(notesAddress).reply(201, '{"id":301,"bo');
    nock(origin).get('/api/v4/user').reply(200, user);
    nock(origin)
      .get(notesAddress)
      .query(true)
      .reply(200, [aNoteAnswer({ body: 'x' })]);
    expect(await connect().gitlab.createNote(mergeRequest, 'x')).toMatchObject({ id: 301 });
  });
});

describe('an answer that is not what was asked for', () => {
  test.each([
    {
      name: 'a login page',
      body: '<!DOCTYPE html><html>…',
      type: 'text/html; charset=utf-8',
      says: 'it is an HTML page',
    },
    {
      name: 'a page that claims to be JSON',
      body: '<html>…',
      type: 'application/json',
      says: 'it is an HTML page',
    },
    {
      name: 'cut JSON',
      body: '{"id":7,"usern',
      type: 'application/json',
      says: 'it is not JSON, or was cut off (14 bytes)',
    },
    { name: 'text', body: 'OK', type: 'text/plain', says: 'it is not JSON' },
    { name: 'nothing', body: '', type: 'application/json', says: 'the whole answer does not fit' },
    { name: 'true', body: 'true', type: 'application/json', says: 'the whole answer does not fit' },
    { name: 'a list', body: '[]', type: 'application/json', says: 'the whole answer does not fit' },
    {
      name: 'another object',
      body: '{"id":"7"}',
      type: 'application/json',
      says: 'the field id does not fit',
    },
  ])('($name) is not understood, and said so', async ({ name, body, type, says }) => {
    const readings = name === 'cut JSON' ? 3 : 1;
    nock(origin).get('/api/v4/user').times(readings).reply(200, body, { 'content-type': type });
    const error = await rejection(connect().gitlab.fetchCurrentUser());
    expect(error).toBeInstanceOf(GitLabAnswerError);
    expect(error).toMatchObject({ exitCode: exitCodes.unreachable, status: 200, request: 'GET /user' });
    expect(error.message).toContain(`Herald does not understand GitLab's answer to GET /user: ${says}`);
  });

  test('is read though it starts with a byte order mark', async () => {
    nock(origin)
      .get('/api/v4/user')
      .reply(200, `\ufeff${JSON.stringify(user)}`);
    expect(await connect().gitlab.fetchCurrentUser()).toEqual(user);
  });
});

describe('the audit', () => {
  test('has one entry for each try, without bodies and queries', async () => {
    nock(origin).get(notesAddress).query(true).reply(502);
    nock(origin).get(notesAddress).query(true).reply(200, [aNoteAnswer()]);
    nock(origin).post(notesAddress).reply(201, aNoteAnswer());
    const { gitlab, audit } = connect();
    expect((await gitlab.fetchNotePage(mergeRequest, 1)).notes).toHaveLength(1);
    await gitlab.createNote(mergeRequest, 'the body');
    const path = '/projects/42/merge_requests/17/notes';
    expect(audit).toEqual([
      {
        time: '2026-03-04T10:00:00.000Z',
        method: 'GET',
        path: `${path}?per_page=100`,
        status: 502,
        milliseconds: 0,
        attempt: 1,
      },
      {
        time: '2026-03-04T10:00:01.000Z',
        method: 'GET',
        path: `${path}?per_page=100`,
        status: 200,
        milliseconds: 0,
        attempt: 2,
      },
      { time: '2026-03-04T10:00:01.000Z', method: 'POST', path, status: 201, milliseconds: 0, attempt: 1 },
    ]);
    expect(JSON.stringify(audit)).not.toContain('the body');
  });
});

describe('the token', () => {
  const echo = forms.map((form) => `saw ${form}.`).join(' ');

  function expectNoToken(...texts: readonly string[]): void {
    for (const seen of texts) for (const trace of traces) expect(seen).not.toContain(trace);
  }

  test.each([
    { name: 'a refusal', status: 403, body: { message: echo }, headers: {} },
    { name: 'a refusal in plain text', status: 400, body: echo, headers: text },
    { name: 'a failure', status: 503, body: echo, headers: text },
    { name: 'a rate limit', status: 429, body: echo, headers: { ...text, 'retry-after': '9999' } },
    {
      name: 'a page',
      status: 200,
      body: `<html><title>${echo}</title>`,
      headers: { 'content-type': 'text/html' },
    },
    {
      name: 'a redirect of a write',
      status: 302,
      body: '',
      headers: { location: `https://x.example/${canary}?t=${canary}` },
    },
  ])('is seen nowhere when $name echoes it', async ({ status, body, headers }) => {
    nock(origin)
      .put(`${notesAddress}/301`)
      .times(6)
      .reply(status, body, headers as nock.ReplyHeaders);
    const { gitlab, log, audit } = connect();
    const error = await rejection(gitlab.updateNote(mergeRequest, 301, 'x'));
    nock.cleanAll();
    expectNoToken(inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error));
    expectNoToken(log.lines.join('\n'), JSON.stringify(audit));
  });

  test('is seen nowhere when it stands in the path', async () => {
    nock(origin).get(/.*/).reply(404, { message: '404 Not found' });
    const { gitlab, audit } = connect();
    const error = await rejection(gitlab.fetchMergeRequest({ project: canary, iid: 1 }));
    expectNoToken(inspect(error, { depth: 10 }), JSON.stringify(audit));
  });

  test('of a job that is refused is told apart from a bot’s', async () => {
    nock(origin).post(notesAddress).reply(401, { message: '401 Unauthorized' });
    const error = await rejection(connectAsJob().gitlab.createNote(mergeRequest, 'x'));
    expect(error).toHaveProperty('hint', expect.stringMatching(/job token can only read.*HERALD_TOKEN/));
  });
});

test.each(['', 'gitlab.example.com', 'ftp://gitlab.example.com/api/v4', 'https://gitlab.example.com'])(
  'an address that is none of an API (%j) is a usage error',
  (apiUrl) => {
    expect(() => connect({ apiUrl })).toThrow(/CI_API_V4_URL is not the address of GitLab's API/);
  },
);
