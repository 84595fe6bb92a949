import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TrackerUnreachableError } from '../../src/errors.ts';
import type { TrackedRelease } from '../../src/model/tracked-release.ts';
import { type Tracked, trackRelease } from '../../src/usecases/track-release.ts';
import { rejection } from '../gitlab/connect-for-test.ts';
import { runs } from '../property-runs.ts';
import { aRelease, aTracker, type Connected } from '../sentry/a-tracker.ts';
import type { Fault, SentryOptions } from '../support/sentry/embedded-sentry.ts';

function track(wanted: TrackedRelease, world: Connected, dryRun = false): Promise<Tracked> {
  return trackRelease(wanted, { ...world, dryRun });
}

describe.each(['sentry', 'glitchtip'] as const)('with %s', (kind) => {
  test('a release, its commits and its deploy are told once', async () => {
    const world = await aTracker({ kind });
    const { done } = await track(aRelease(), world);
    expect(done).toEqual([
      'report the release web@1.4.0 with 2 commits for web',
      'report the deploy of web@1.4.0 to production',
    ]);
    const release = world.sentry.releases.get('web@1.4.0');
    expect(release?.commits.map(({ id }) => id)).toEqual(['c2'.repeat(20), 'c1'.repeat(20)]);
    expect(release?.deploys).toHaveLength(1);
    const before = world.sentry.writes().length;
    expect(await track(aRelease(), world)).toEqual({ done: [] });
    expect(world.sentry.writes()).toHaveLength(before);
  });

  test('a deploy to another environment, and another one to the same, is another deploy', async () => {
    const world = await aTracker({ kind });
    const { deploy } = aRelease();
    if (deploy === null) throw new Error('no deploy');
    const other = { ...deploy, name: 'job 18', url: `${deploy.url ?? ''}8` };
    for (const one of [deploy, { ...deploy, environment: 'staging' }, other, deploy, other])
      await track(aRelease({ deploy: one }), world);
    expect(world.sentry.releases.get('web@1.4.0')?.deploys.map((one) => one['environment'])).toEqual([
      'production',
      'staging',
      'production',
    ]);
  });
});

test('a deploy without an address of its own is known again by the moment in which it ended', async () => {
  const world = await aTracker({ kind: 'glitchtip' });
  const deploy = { environment: 'production', name: 'x', url: null, startedAt: null, finishedAt: null };
  const ended = (minute: number): string => new Date(Date.UTC(2026, 2, 4, 9, minute)).toISOString();
  for (const finishedAt of [ended(1), ended(1), ended(2)])
    await track(aRelease({ deploy: { ...deploy, finishedAt } }), world);
  expect(world.sentry.releases.get('web@1.4.0')?.deploys).toHaveLength(2);
});

test('a release that the first error made gets its date, its commits and no second one', async () => {
  const world = await aTracker();
  world.sentry.releases.set('web@1.4.0', {
    version: 'web@1.4.0',
    projects: ['web'],
    ref: null,
    url: null,
    dateReleased: null,
    commits: [],
    refs: null,
    deploys: [],
  });
  await track(aRelease(), world);
  expect(world.sentry.releases.get('web@1.4.0')).toMatchObject({
    dateReleased: '2026-03-04T10:00:00.000Z',
    ref: 'c2'.repeat(20),
    commits: [{}, {}],
  });
  expect(world.sentry.writes()[0]).toBe('PUT /releases/web%401.4.0/');
});

test('a moved tag replaces the commits, and a further project is added', async () => {
  const world = await aTracker();
  await track(aRelease(), world);
  const [first] = aRelease().commits;
  if (first === undefined) throw new Error('no commit');
  await track(aRelease({ commits: [{ ...first, sha: 'c3'.repeat(20) }] }), world);
  await track(aRelease({ projects: ['web', 'api'], commits: [{ ...first, sha: 'c3'.repeat(20) }] }), world);
  expect(world.sentry.releases.get('web@1.4.0')).toMatchObject({
    projects: ['web', 'api'],
    commits: [{ id: 'c3'.repeat(20) }],
  });
});

test('a tracker that knows no deploys gets the release, and the log says so', async () => {
  const world = await aTracker({ kind: 'without-deploys' });
  expect((await track(aRelease(), world)).done).toHaveLength(1);
  expect(world.log.lines.join('\n')).toContain('no deploys');
});

test('a dry run reads, and sends nothing', async () => {
  const world = await aTracker();
  expect((await track(aRelease(), world, true)).done).toHaveLength(2);
  expect(world.sentry.writes()).toEqual([]);
  expect(world.sentry.requests.length).toBeGreaterThan(0);
});

test('a tracker that stays broken is an error in the end', async () => {
  const fault: SentryOptions['fault'] = ({ method }) => (method === 'GET' ? null : { status: 500 });
  const world = await aTracker({ fault });
  expect(await rejection(track(aRelease(), world))).toBeInstanceOf(TrackerUnreachableError);
  expect(world.sentry.writes()).toHaveLength(4);
});

test('whatever breaks on the way: one release and one deploy, and the second call sends nothing', async () => {
  const faults = fc.constantFrom<Fault>(
    'break-before',
    'break-after',
    { status: 500 },
    { status: 503 },
    { status: 429, headers: { 'Retry-After': '1' } },
    { status: 409 },
  );
  const plan = fc.array(fc.option(faults, { freq: 2 }), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(plan, fc.constantFrom('sentry', 'glitchtip'), async (planned, kind) => {
      const world = await aTracker({ kind, fault: (_request, count) => planned[count - 1] ?? null });
      for (let call = 0; call < 12; call += 1) {
        const failed = await track(aRelease(), world).then(
          () => false,
          (error: unknown) => error instanceof TrackerUnreachableError,
        );
        if (!failed) break;
      }
      const release = world.sentry.releases.get('web@1.4.0');
      expect(release?.deploys).toHaveLength(1);
      expect(release?.commits).toHaveLength(2);
      const before = world.sentry.writes().length;
      await track(aRelease(), world);
      expect(world.sentry.writes()).toHaveLength(before);
      await world.sentry.stop();
    }),
    { numRuns: runs(100) },
  );
});
