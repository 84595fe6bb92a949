import { expect, test } from 'vitest';
import { randomOf } from '../../src/demo/made-up-pipelines.ts';
import { connectGitLab } from '../../src/gitlab/rest.ts';
import { systemClock } from '../../src/io/clock.ts';
import type { MergeRequestAddress } from '../../src/model/context.ts';
import { parseMarker } from '../../src/publish/marker.ts';
import { publishNote } from '../../src/publish/publish-note.ts';
import { haltTimers } from '../halted-timers.ts';
import { startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { emptyState } from '../support/gitlab/state/state.ts';
import { aLog } from './notes-in-memory.ts';

/**
 * Races over HTTP, with requests that take as long as they like. Time passes only while no request is under way, so
 * a busy machine changes nothing. `HERALD_RACE_RUNS=1000` runs a thousand of each kind; the tests of every day run
 * some.
 */
const races = Number(process.env['HERALD_RACE_RUNS'] ?? 20);
/** So many race at a time, each on a merge request of its own: the server is busy. */
const atOnce = 40;
const lateMilliseconds = 1200;
const sha = 'a'.repeat(40);
const project = 42;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function aState(): ReturnType<typeof emptyState> {
  const state = emptyState();
  const user = { id: 900, username: 'herald-bot' };
  state.projects.push({ id: project, path_with_namespace: 'shop/till', default_branch: 'main' });
  state.users.push(user);
  state.ci.members.push({ project_id: project, user_id: user.id, access_level: 40 });
  state.tokens.push({ value: 'bot-token', kind: 'personal', userId: user.id });
  const times = { created_at: new Date().toISOString(), updated_at: new Date().toISOString() };
  for (let iid = 1; iid <= races; iid += 1)
    state.mergeRequests.push({
      ...times,
      project_id: project,
      iid,
      title: 'Race',
      author: user,
      labels: [],
      notes: [],
      target_branch: 'main',
      labelEvents: [],
      state: 'opened',
      source_project_id: project,
      source_branch: `race-${iid}`,
      sha,
    });
  return state;
}

type GitLab = ReturnType<typeof connectGitLab>;

/** Requests of all runs whose answer is not there yet. */
let underWay = 0;

async function counted<T>(ask: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await ask();
  } finally {
    underWay -= 1;
  }
}

type Wrap = <T>(isReading: boolean, ask: () => Promise<T>) => Promise<T>;

/** All that a report's note asks for. */
function wrapped(gitlab: GitLab, on: Wrap): GitLab {
  return {
    ...gitlab,
    fetchNotePage: (mergeRequest, page) => on(true, () => gitlab.fetchNotePage(mergeRequest, page)),
    fetchNote: (mergeRequest, id) => on(true, () => gitlab.fetchNote(mergeRequest, id)),
    createNote: (mergeRequest, body) => on(false, () => gitlab.createNote(mergeRequest, body)),
    updateNote: (mergeRequest, id, body) => on(false, () => gitlab.updateNote(mergeRequest, id, body)),
    deleteNote: (mergeRequest, id) => on(false, () => gitlab.deleteNote(mergeRequest, id)),
  };
}

/** Each run is a process of its own, with connections of its own. */
function connect(apiUrl: string): GitLab {
  const gitlab = connectGitLab({
    apiUrl,
    token: { kind: 'bot', value: 'bot-token', variable: 'HERALD_TOKEN' },
    log: aLog(),
    clock: systemClock,
    audit: () => undefined,
    caFile: null,
    variables: {},
  });
  return wrapped(gitlab, (_isReading, ask) => counted(ask));
}

/** Answers of readings come late now and then, up to two for each run. Every request takes some time both ways. */
function slow(gitlab: GitLab, random: () => number): GitLab {
  let late = 2;
  const there = (): Promise<void> => pause(random() * 60);
  const back = (isReading: boolean): Promise<void> => {
    const isLate = isReading && late > 0 && random() < 0.5;
    if (isLate) late -= 1;
    return pause(isLate ? lateMilliseconds : random() * 60);
  };
  return wrapped(gitlab, async (isReading, ask) => {
    await there();
    const answer = await ask();
    await back(isReading);
    return answer;
  });
}

interface Race {
  readonly mergeRequest: MergeRequestAddress & { readonly url: string };
  readonly random: () => number;
  readonly apiUrl: string;
  readonly locked: boolean;
}

/** One after another, in the order in which they came; as a resource group does. */
function aQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

/** Two to four pipelines report at about the same time; most races begin with a note that is there. */
async function run({ mergeRequest, random, apiUrl, locked }: Race): Promise<number> {
  const publish = async (pipelineId: number, client: GitLab, holds: boolean): Promise<void> => {
    const world = { gitlab: client, clock: systemClock, log: aLog() };
    const wanted = { place: mergeRequest, key: 'report', body: `about ${pipelineId}`, pipelineId, sha };
    const how = { dryRun: false, createMissing: true, locked: holds, findQuickActions: () => [] };
    await publishNote(world, wanted, how);
  };
  if (random() < 0.8) await publish(1, connect(apiUrl), true);
  const count = 2 + Math.floor(random() * 3);
  const queue = locked ? aQueue() : <T>(work: () => Promise<T>) => work();
  const pipelines = Array.from({ length: count }, (_, index) => 10 + index).sort(() => random() - 0.5);
  await Promise.all(
    pipelines.map(async (pipelineId) => {
      await pause(random() * 700);
      await queue(() => publish(pipelineId, slow(connect(apiUrl), random), locked));
    }),
  );
  return Math.max(...pipelines);
}

async function raceAll(locked: boolean): Promise<readonly string[]> {
  const time = haltTimers();
  const state = aState();
  const server = await startEmbeddedGitLab({ state });
  const wrong: string[] = [];
  const left = state.mergeRequests.map(({ iid }) => iid);
  const runner = async (): Promise<void> => {
    for (let iid = left.shift(); iid !== undefined; iid = left.shift()) {
      const mergeRequest = { project, iid, url: `${server.url}/shop/till/-/merge_requests/${iid}` };
      const newest = await run({ mergeRequest, random: randomOf(iid * 7919), apiUrl: server.apiUrl, locked });
      const notes = state.mergeRequests.find((one) => one.iid === iid)?.notes ?? [];
      const said = notes.map(({ body }) => parseMarker(body)?.pipelineId);
      if (said.length !== 1 || said[0] !== newest) wrong.push(`!${iid}: ${said.join(' ')}, not ${newest}`);
    }
  };
  try {
    const runners = (): Promise<unknown> =>
      Promise.all(Array.from({ length: Math.min(atOnce, races) }, runner));
    await time.during(runners, () => underWay === 0);
  } finally {
    await server.stop();
  }
  return wrong;
}

test('pipelines that report at once end with one note of the newest one, without a lock', async () => {
  expect(await raceAll(false)).toEqual([]);
});

test('and one at a time, each with the lock', async () => {
  expect(await raceAll(true)).toEqual([]);
});
