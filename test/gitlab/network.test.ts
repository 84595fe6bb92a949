import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type HaltedTimers, haltTimers } from '../halted-timers.ts';
import {
  aNoteAnswer,
  type Connected,
  canary,
  connect,
  connectAsJob,
  mergeRequest,
  rejection,
} from './connect-for-test.ts';
import { closedPort, serve, useRealNetwork } from './loopback.ts';

useRealNetwork();

const user = { id: 7, username: 'herald-bot' };
const job = { projectId: 42, jobId: 501 };
const limits = { responseTimeoutMs: 100 };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const reset: Answer = (request) => {
  request.on('data', () => undefined);
  request.on('end', () => request.socket.resetAndDestroy());
};
/** Never answers, and so much time passes. */
const hangFor =
  (milliseconds: number, time: HaltedTimers): Answer =>
  () => {
    time.pass(milliseconds);
  };
const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

/** A GitLab that gives these answers in this order; `requests` are what it got. */
async function gitLabThatAnswers(
  ...answers: readonly Answer[]
): Promise<Connected & { readonly requests: readonly string[] }> {
  const requests: string[] = [];
  const { origin } = await serve((request, response) => {
    const answer = answers[requests.length] ?? json({}, 500);
    requests.push(`${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`);
    answer(request, response);
  });
  return { ...connect({ apiUrl: `${origin}/api/v4`, limits }), requests };
}

describe('a create whose connection breaks', () => {
  const post = 'POST /api/v4/projects/42/merge_requests/17/notes';
  const list = 'GET /api/v4/projects/42/merge_requests/17/notes';
  const who = 'GET /api/v4/user';
  const landed = aNoteAnswer({ id: 302, body: 'All good' });

  test.each([
    { name: 'is reset', broken: () => reset },
    { name: 'hangs', broken: () => hangFor(100, haltTimers()) },
  ])('because it $name is not sent again when the note is there', async ({ broken }) => {
    const { gitlab, requests } = await gitLabThatAnswers(broken(), json(user), json([landed]));
    expect(await gitlab.createNote(mergeRequest, 'All good\n')).toMatchObject({ id: 302 });
    expect(requests).toEqual([post, who, list]);
  });

  test('is sent again when the note is not there', async () => {
    const { gitlab, requests } = await gitLabThatAnswers(reset, json(user), json([]), json(landed, 201));
    expect(await gitlab.createNote(mergeRequest, 'All good')).toMatchObject({ id: 302 });
    expect(requests).toEqual([post, who, list, post]);
  });

  test('before anything was sent is simply sent again', async () => {
    const port = await closedPort();
    const { gitlab, clock, audit } = connect({ apiUrl: `http://127.0.0.1:${port}/api/v4`, limits });
    const error = await rejection(gitlab.createNote(mergeRequest, 'All good'));
    expect(error).toMatchObject({ code: 'unreachable', status: null });
    expect(error.message).toMatch(/accepts no connections: ECONNREFUSED \(6 tries\)$/);
    expect(clock.sleeps.length).toBe(5);
    expect(audit.map(({ method, status }) => [method, status])).toEqual(Array(6).fill(['POST', null]));
  });
});

describe('a reading', () => {
  test('is asked again after a reset, a cut answer and a timeout', async () => {
    const cut: Answer = (request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":7', () => request.socket.destroy());
    };
    const { gitlab, requests, clock } = await gitLabThatAnswers(
      reset,
      cut,
      hangFor(100, haltTimers()),
      json(user),
    );
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
    expect(requests.length).toBe(4);
    expect(clock.sleeps).toEqual([1000, 2000, 4000]);
  });

  test('of a server that hangs ends, and says so', async () => {
    const hang = hangFor(100, haltTimers());
    const { gitlab } = await gitLabThatAnswers(hang, hang, hang, hang, hang, hang);
    const error = await rejection(gitlab.fetchCurrentUser());
    expect(error.message).toMatch(/no answer within the time allowed: 0.1 s \(6 tries\)$/);
  });
});

describe('a redirect', () => {
  interface Seen {
    readonly url: string;
    readonly headers: string;
  }

  async function storage(): Promise<{ readonly origin: string; readonly seen: readonly Seen[] }> {
    const seen: Seen[] = [];
    const { origin } = await serve((request, response) => {
      seen.push({ url: request.url ?? '', headers: JSON.stringify(request.headers) });
      response.end('the file');
    });
    return { origin, seen };
  }

  function redirect(location: string, status = 302): Answer {
    return (_request, response) => {
      response.writeHead(status, { location });
      response.end();
    };
  }

  test.each([
    { name: 'a bot token', connectTo: connect },
    { name: 'a job token', connectTo: connectAsJob },
  ])('to another origin is followed without $name', async ({ connectTo }) => {
    const { origin, seen } = await storage();
    const gitLab = await serve((_request, response) => {
      response.writeHead(302, { location: `${origin}/bucket/file?X-Amz-Signature=secret` }).end();
    });
    const { token } =
      connectTo === connect
        ? { token: { kind: 'bot', value: canary, variable: 'HERALD_TOKEN' } as const }
        : { token: { kind: 'job', value: canary, variable: 'CI_JOB_TOKEN' } as const };
    const { gitlab, audit } = connect({ apiUrl: `${gitLab.origin}/api/v4`, token });
    const file = await gitlab.fetchArtifactFile(job, 'a.txt', 100);
    expect(new TextDecoder().decode(file ?? undefined)).toBe('the file');
    expect(seen.map(({ url }) => url)).toEqual(['/bucket/file?X-Amz-Signature=secret']);
    expect(seen[0]?.headers).not.toContain('CANARY');
    expect(audit.map(({ path, status, attempt }) => [path, status, attempt])).toEqual([
      ['/projects/42/jobs/501/artifacts/a.txt', 302, 1],
      [`${origin}/bucket/file`, 200, 1],
    ]);
    expect(gitlab.requestCount()).toBe(2);
  });

  test('to a place that cannot be reached names that place, and not GitLab alone', async () => {
    const { origin, seen } = await storage();
    const gone = origin.replace(/:\d+$/, ':1');
    const gitLab = await serve(redirect(`${gone}/bucket/file?X-Amz-Signature=secret`));
    const { gitlab } = connect({ apiUrl: `${gitLab.origin}/api/v4`, limits });
    const error = await rejection(gitlab.fetchArtifactFile(job, 'a.txt', 100));
    expect(error.message).toContain(`ECONNREFUSED, at ${gone}, where GitLab redirects to`);
    expect(inspect(error)).not.toContain('secret');
    expect(seen).toEqual([]);
  });

  test('to the same origin keeps the token, as for a project that was renamed', async () => {
    const headers: (string | undefined)[] = [];
    const { gitlab, requests } = await gitLabThatAnswers(
      redirect('/api/v4/projects/43/x', 301),
      (request, response) => {
        headers.push(request.headers.authorization);
        json(aNoteAnswer())(request, response);
      },
    );
    expect(await gitlab.fetchNote(mergeRequest, 301)).toMatchObject({ id: 301 });
    expect(headers).toEqual([`Bearer ${canary}`]);
    expect(requests[1]).toBe('GET /api/v4/projects/43/x');
  });

  test('and back again gives the token to GitLab only', async () => {
    const seen: string[] = [];
    let home = '';
    const stranger = await serve((request, response) => {
      seen.push(JSON.stringify(request.headers));
      response.writeHead(302, { location: `${home}/api/v4/back` }).end();
    });
    const gitLab = await serve((request, response) => {
      if (request.url === '/api/v4/back') response.end(JSON.stringify(user));
      else response.writeHead(302, { location: stranger.origin }).end();
    });
    home = gitLab.origin;
    const { gitlab } = connect({ apiUrl: `${home}/api/v4` });
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
    expect(seen.join()).not.toContain('CANARY');
  });

  test.each([301, 302, 303])(
    'of a write (%i) is not followed, since it would become a reading',
    async (status) => {
      const { origin, seen } = await storage();
      const { gitlab, requests } = await gitLabThatAnswers(redirect(`${origin}/x?secret=1`, status));
      const error = await rejection(gitlab.updateNote(mergeRequest, 301, 'x'));
      expect(error).toMatchObject({ code: 'unreachable', status });
      expect(error.message).toContain(`redirects PUT /projects/42/merge_requests/17/notes/301:`);
      expect(error.message).toContain(`${origin}/x`);
      expect(inspect(error)).not.toContain('secret=1');
      expect([requests.length, seen.length]).toEqual([1, 0]);
    },
  );

  test('of a write that keeps its method is followed at the same origin only', async () => {
    const bodies: string[] = [];
    const { gitlab } = await gitLabThatAnswers(redirect('/api/v4/moved', 308), (request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      request.on('end', () => {
        json(aNoteAnswer())(request, response);
      });
    });
    await gitlab.updateNote(mergeRequest, 301, 'the body');
    expect(bodies.join('')).toBe('{"body":"the body"}');
    const { origin, seen } = await storage();
    const other = await gitLabThatAnswers(redirect(`${origin}/x`, 307));
    expect(await rejection(other.gitlab.updateNote(mergeRequest, 301, 'x'))).toMatchObject({ status: 307 });
    expect(seen).toEqual([]);
  });

  test('in a circle ends after five', async () => {
    const { gitlab, requests } = await gitLabThatAnswers(...Array<Answer>(10).fill(redirect('/api/v4/user')));
    expect(await rejection(gitlab.fetchCurrentUser())).toMatchObject({ code: 'unreachable', status: 302 });
    expect(requests.length).toBe(6);
  });

  test.each(['file:///etc/passwd', 'javascript:1', 'http://['])('to %s is not followed', async (location) => {
    const { gitlab, requests } = await gitLabThatAnswers(redirect(location));
    expect(await rejection(gitlab.fetchCurrentUser())).toMatchObject({ status: 302 });
    expect(requests.length).toBe(1);
  });
});

test('at most ten requests are in flight', async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const { origin } = await serve((request, response) => {
    if (request.url === '/later') {
      response.end();
      for (const answer of waiting.splice(0)) answer();
      return;
    }
    waiting.push(() => response.end('x'));
    most = Math.max(most, waiting.length);
    // A whole request later than the tenth: an eleventh would come meanwhile.
    if (waiting.length === 10) http.get(`${origin}/later`, (answer) => answer.resume());
  });
  const { gitlab } = connect({ apiUrl: `${origin}/api/v4` });
  await Promise.all(Array.from({ length: 40 }, () => gitlab.fetchArtifactFile(job, 'a', 10)));
  expect(most).toBe(10);
});
