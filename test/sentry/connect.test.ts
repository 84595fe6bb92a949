import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HeraldError, TrackerRefusedError, TrackerUnreachableError } from '../../src/errors.ts';
import { rejection } from '../gitlab/connect-for-test.ts';
import { sentryToken } from '../support/sentry/embedded-sentry.ts';
import { aRelease, aTracker } from './a-tracker.ts';

const now = new Date('2026-03-04T10:00:00.000Z');

test('a release arrives with the fields that Sentry documents, and nothing that is not known', async () => {
  const { sentry, tracker } = await aTracker();
  await tracker.createRelease(aRelease(), now);
  expect(sentry.requests[0]?.body).toEqual({
    version: 'web@1.4.0',
    projects: ['web'],
    ref: 'c2'.repeat(20),
    url: 'https://gitlab.example.com/shop/till/-/tags/v1.4.0',
    dateReleased: '2026-03-04T10:00:00.000Z',
    commits: [
      {
        id: 'c2'.repeat(20),
        repository: 'shop/till',
        message: 'Change c2',
        author_name: 'Mia',
        timestamp: '2026-03-04T00:00:00.000Z',
      },
      {
        id: 'c1'.repeat(20),
        repository: 'shop/till',
        message: 'Change c1',
        author_name: 'Mia',
        timestamp: '2026-03-03T00:00:00.000Z',
      },
    ],
  });
});

test('two ends of a release arrive as refs', async () => {
  const { sentry, tracker } = await aTracker();
  const refs = { commit: 'c2'.repeat(20), previousCommit: 'c1'.repeat(20) };
  await tracker.createRelease(aRelease({ commits: [], refs }), now);
  expect(sentry.releases.get('web@1.4.0')?.refs).toEqual([{ repository: 'shop/till', ...refs }]);
});

test('the last commit is that of the newest other release of the same projects', async () => {
  const { tracker } = await aTracker();
  const [commit] = aRelease().commits;
  if (commit === undefined) throw new Error('no commit');
  const named = (version: string, project: string, sha: string) =>
    aRelease({ version, projects: [project], commits: [{ ...commit, sha }] });
  const told = [
    named('1', 'web', 'aa'),
    named('2', 'web', 'bb'),
    named('3', 'api', 'cc'),
    named('4', 'web', 'dd'),
  ];
  for (const release of told) await tracker.createRelease(release, now);
  expect(await tracker.fetchLastCommit(['web', 'worker'], '4')).toBe('bb');
  expect(await tracker.fetchLastCommit(['api'], '5')).toBe('cc');
  expect(await tracker.fetchLastCommit(['worker'], '5')).toBeNull();
});

test('a deploy arrives with the fields that Sentry documents', async () => {
  const { sentry, tracker } = await aTracker();
  const { deploy, ...release } = aRelease();
  await tracker.createRelease({ ...release, deploy }, now);
  if (deploy !== null) await tracker.createDeploy(release.version, deploy, now);
  expect(sentry.requests[1]?.body).toEqual({
    environment: 'production',
    name: 'job 17',
    url: 'https://gitlab.example.com/shop/till/-/jobs/17',
    dateStarted: '2026-03-04T09:00:00.000Z',
    dateFinished: '2026-03-04T10:00:00.000Z',
  });
  expect(await tracker.fetchDeploys(release.version)).toEqual([
    { environment: 'production', name: 'job 17', url: deploy?.url, finishedAt: '2026-03-04T10:00:00.000Z' },
  ]);
});

test.each<{ name: string; headers: Readonly<Record<string, string>>; waitMs: number }>([
  { name: 'Retry-After in seconds', headers: { 'Retry-After': '7' }, waitMs: 7_000 },
  {
    name: 'the header of Sentry with the end of the limit',
    headers: { 'X-Sentry-Rate-Limit-Reset': String(Date.parse('2026-03-04T10:00:09.000Z') / 1000) },
    waitMs: 9_000,
  },
])('a limit of the rate is waited for: $name', async ({ headers, waitMs }) => {
  const { sentry, tracker, clock } = await aTracker({
    fault: (_request, count) => (count === 1 ? { status: 429, body: {}, headers } : null),
  });
  await tracker.createRelease(aRelease(), now);
  expect(clock.sleeps).toEqual([waitMs]);
  expect(sentry.writes()).toEqual(['POST /releases/', 'POST /releases/']);
});

test('commits that somebody else sets at this moment are waited for', async () => {
  const conflict = { status: 409, body: { detail: 'Release commits are currently being processed' } };
  const { sentry, tracker } = await aTracker({ fault: (_request, count) => (count === 1 ? conflict : null) });
  await tracker.createRelease(aRelease(), now);
  expect(sentry.releases.get('web@1.4.0')?.commits).toHaveLength(2);
});

test('a write that may have been done is not sent again: the caller looks first', async () => {
  for (const fault of ['break-after', { status: 503 }, { status: 500 }] as const) {
    const { sentry, tracker } = await aTracker({ fault: () => fault });
    const error = await rejection(tracker.createRelease(aRelease(), now));
    expect(error).toMatchObject({ uncertain: true, exitCode: 5 });
    expect(sentry.requests).toHaveLength(1);
  }
});

test('what is read is tried again, and given up with the number of tries', async () => {
  const { sentry, tracker } = await aTracker({ fault: () => ({ status: 502 }) });
  const error = await rejection(tracker.fetchRelease('1'));
  expect(error).toMatchObject({ uncertain: false });
  expect(error.message).toContain(`(${sentry.requests.length} tries)`);
  expect(sentry.requests).toHaveLength(5);
});

describe('the token', () => {
  test('goes to the server alone, and to no address that it redirects to', async () => {
    const heard: (string | undefined)[] = [];
    const other = createServer((request, answer) => {
      heard.push(request.headers.authorization);
      answer.end('{}');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const target = `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/0/?token=${sentryToken}`;
    for (const status of [301, 302, 307, 308]) {
      const { tracker } = await aTracker({ fault: () => ({ status, headers: { location: target } }) });
      for (const ask of [() => tracker.fetchRelease('1'), () => tracker.createRelease(aRelease(), now)]) {
        const error = await rejection(ask());
        expect(error).toBeInstanceOf(TrackerRefusedError);
        expect(error.message).toContain('redirects');
        expect(error.message).not.toContain(sentryToken);
      }
    }
    expect(heard).toEqual([]);
  });

  test('is in no message, log line or audit entry, even where the server repeats it', async () => {
    for (const status of [400, 401, 403, 404, 500]) {
      const { tracker, log, audit } = await aTracker({
        fault: () => ({
          status,
          body: { detail: `Bearer ${sentryToken} ${encodeURIComponent(sentryToken)}` },
        }),
      });
      const error = await rejection(tracker.createRelease(aRelease(), now));
      const hint = error instanceof HeraldError ? error.hint : null;
      const all = JSON.stringify([error.message, hint, log.lines, audit]);
      expect(all).not.toContain(sentryToken);
      expect(audit).toHaveLength(1);
    }
  });
});

test.each([
  [401, 'make a new one'],
  [403, 'project:releases'],
  [404, '--sentry-org'],
  [400, '--sentry-projects'],
])('a refusal with %i says what to do', async (status, remedy) => {
  const { tracker } = await aTracker({ fault: () => ({ status, body: { detail: 'no' } }) });
  expect(await rejection(tracker.createRelease(aRelease(), now))).toMatchObject({
    hint: expect.stringContaining(remedy) as string,
    exitCode: 4,
  });
});

test.each([{ body: [] }, { body: { version: 7 } }, { body: undefined }])(
  'an answer of something else than an error tracker is no release',
  async ({ body }) => {
    const { tracker } = await aTracker({ fault: () => ({ status: 200, body }) });
    const error = await rejection(tracker.fetchRelease('1'));
    expect(error).toBeInstanceOf(TrackerUnreachableError);
    expect(error.message).toContain('something else');
  },
);

test('the address may have a path, a slash at its end, or that of the API', async () => {
  const { sentry } = await aTracker();
  for (const end of ['', '/', '//', '/api/0', '/api/0/']) {
    const { tracker } = await aTracker({}, { server: `${sentry.url}${end}` });
    await tracker.fetchRelease('a b%2e');
  }
  expect(new Set(sentry.requests.map(({ path }) => path))).toEqual(
    new Set(['/api/0/organizations/acme/releases/a%20b%252e/']),
  );
});
