import { describe, expect, test } from 'vitest';
import type { Intervention } from '../../../src/demo/server.ts';
import { GitLabUnreachableError } from '../../../src/errors.ts';
import { defaultNotesSettings } from '../../../src/model/release-notes-settings.ts';
import { releaseNotes } from '../../../src/trail/releases/release-notes.ts';
import { fetchRelease } from '../../../src/usecases/releases/fetch-release.ts';
import { writeReleaseNotes } from '../../../src/usecases/releases/write-release-notes.ts';
import { aStage, cast, type Stage } from '../bot/stage.ts';
import { Workshop } from './workshop.ts';

const issues = 300;
const mergeRequests = 30;

/** What becomes of requests that write, until it is set to something else. */
interface Weather {
  of: (writes: number) => Intervention | undefined;
}

async function aLargeRelease(weather: Weather): Promise<Stage> {
  let writes = 0;
  const stage = await aStage(null, {
    beforeRequest: ({ method }) => {
      if (method === 'GET') return undefined;
      writes += 1;
      return weather.of(writes);
    },
  });
  const shop = new Workshop(stage);
  shop.tag('v1.3.0');
  for (let at = 0; at < mergeRequests; at += 1) {
    const own = Array.from({ length: issues / mergeRequests }, (_, index) => 1_000 + at * 10 + index);
    for (const iid of own) shop.issue(iid, `Issue ${iid}`);
    shop.merge({ description: `Closes ${own.map((iid) => `#${iid}`).join(', ')}` });
  }
  shop.release('v1.4.0');
  return stage;
}

async function mark(stage: Stage): Promise<string> {
  const { gitlab, clock, log } = stage.world();
  const project = await gitlab.fetchProject(42);
  const found = await fetchRelease({ project, tag: 'v1.4.0', from: null, trackers: [] }, { gitlab });
  if (found.kind === 'wrong') throw new Error(found.message);
  const { release } = found;
  const [written] = await writeReleaseNotes(
    { release, notes: releaseNotes(release, defaultNotesSettings, project) },
    {
      project,
      toRelease: false,
      create: false,
      markShipped: true,
      labels: ['shipped'],
      milestone: null,
      dryRun: false,
    },
    { gitlab, clock, log },
  );
  return `${written?.outcome ?? ''}: ${written?.detail ?? ''}`;
}

/** How many comments of the bot each issue and merge request of the release has, each number once. */
function notesOfEach({ state }: Stage): readonly number[] {
  const shipped = [...state.issues, ...state.mergeRequests].filter(({ iid }) => iid >= 100);
  expect(shipped).toHaveLength(issues + mergeRequests);
  const own = shipped.map(({ notes }) => notes.filter(({ author }) => author.id === cast.bot.id).length);
  return [...new Set(own)];
}

const fine: Weather['of'] = () => undefined;

describe('row 64: a release with 300 issues', () => {
  test('row 64: each is told once; the second run sends no write, and one request for each', async () => {
    const stage = await aLargeRelease({ of: fine });
    expect(await mark(stage)).toBe('done: 330 marked');
    expect(notesOfEach(stage)).toEqual([1]);
    expect(stage.deeds()).toHaveLength(2 * (issues + mergeRequests));
    const before = stage.gitlab.requests.length;
    expect(await mark(stage)).toBe('there: 330 already marked');
    expect(stage.deeds()).toEqual([]);
    expect(stage.gitlab.requests.length - before).toBeLessThan(issues + mergeRequests + 20);
  });

  test('row 64: a run that was stopped in the middle loses nothing and doubles nothing', async () => {
    const weather: Weather = { of: (writes) => (writes > 301 ? 'reset' : undefined) };
    const stage = await aLargeRelease(weather);
    await expect(mark(stage)).rejects.toBeInstanceOf(GitLabUnreachableError);
    expect(notesOfEach(stage)).toEqual([1, 0]);
    weather.of = fine;
    await mark(stage);
    expect(notesOfEach(stage)).toEqual([1]);
    const labelled = [...stage.state.issues, ...stage.state.mergeRequests].filter(({ labels }) =>
      labels.includes('shipped'),
    );
    expect(labelled).toHaveLength(issues + mergeRequests);
  });

  test('row 64: where GitLab counts the notes by the minute, it waits as long as GitLab asks', async () => {
    const busy: Intervention = { status: 429, body: 'Retry later\n', headers: { 'retry-after': '60' } };
    const stage = await aLargeRelease({ of: (writes) => (writes % 50 === 0 ? busy : undefined) });
    expect(await mark(stage)).toBe('done: 330 marked');
    expect(notesOfEach(stage)).toEqual([1]);
    expect(stage.clock.sleeps.filter((sleep) => sleep >= 60_000).length).toBeGreaterThan(5);
  });

  test('row 64: what GitLab refuses for one does not stop the others', async () => {
    const stage = await aLargeRelease({
      of: (writes) => (writes === 7 ? { status: 403, body: { message: '403 Forbidden' } } : undefined),
    });
    expect(await mark(stage)).toMatch(/^done: 329 marked, 1 was refused, the first because: /);
  });
});
