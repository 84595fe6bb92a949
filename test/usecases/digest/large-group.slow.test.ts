import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { addProject, type DigestState, finish, startDigest } from '../../../src/digest/compute.ts';
import { connectGitLab } from '../../../src/gitlab/rest.ts';
import { defaultBudget } from '../../../src/gitlab/transport/open-line.ts';
import { filesUnder } from '../../../src/io/files.ts';
import { createHistoryStore, type HistoryStore } from '../../../src/usecases/digest/history-store.ts';
import { measureSettingsOf } from '../../../src/usecases/digest/measure-settings.ts';
import { type HistoriesWish, readHistories } from '../../../src/usecases/digest/read-histories.ts';
import { aClock, aLog, type TestLog } from '../../gitlab/connect-for-test.ts';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { addMadeUpHistory } from '../../support/gitlab/state/made-up-history.ts';
import type { EmbeddedPipeline, EmbeddedState } from '../../support/gitlab/state/state.ts';
import { day, emptyProject, end, spans, token } from './history-stage.ts';

const projects = 200;
const pipelinesEach = 500;
const firstId = 1_000;

/** One project with its pipelines, jobs and merge requests; the others have the same with ids of their own. */
function aGroup(): EmbeddedState {
  const state = emptyProject();
  state.projects.length = 0;
  state.ci.groups.push({ id: 9, full_path: 'shop' });
  const model = emptyProject();
  addMadeUpHistory(model, {
    seed: 1,
    projectId: 42,
    from: end - 60 * day,
    until: end,
    mergeRequests: 10,
    pipelinesEach: 4,
    scheduled: pipelinesEach,
    jobs: 1,
    issues: 3,
  });
  const pipelines = model.pipelines.slice(-pipelinesEach);
  for (let index = 0; index < projects; index += 1) {
    const id = firstId + index;
    state.projects.push({ id, path_with_namespace: `shop/p${index}`, default_branch: 'main' });
    const moved = <Row extends { readonly project_id: number }>(rows: readonly Row[]): Row[] =>
      rows.map((row) => ({ ...row, project_id: id }));
    state.pipelines.push(
      ...moved(pipelines).map((pipeline): EmbeddedPipeline => {
        const shift = (one: number): number => one + (index + 1) * 1_000_000;
        const jobs = pipeline.jobs.map((job) => ({ ...job, id: shift(job.id) }));
        return { ...pipeline, id: shift(pipeline.id), jobs };
      }),
    );
    state.mergeRequests.push(...moved(model.mergeRequests));
    state.commits.push(...moved(model.commits));
    state.branches.push(...moved(model.branches));
    state.issues.push(...moved(model.issues));
  }
  return state;
}

/** What is reachable from a value: objects, and the numbers in arrays of numbers. */
function held(root: unknown): { readonly objects: number; readonly numbers: number } {
  const seen = new Set<unknown>();
  let numbers = 0;
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); waiting.length > 0 || value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Float64Array) numbers += value.length;
    else if (value instanceof Map) waiting.push(...value.keys(), ...value.values());
    else if (value instanceof Set) waiting.push(...value);
    else waiting.push(...(Object.values(value) as unknown[]));
  }
  return { objects: seen.size, numbers };
}

function aDigest(): DigestState {
  return startDigest({
    createdAt: end,
    scope: { kind: 'group', name: 'shop', url: null },
    period: { ...spans[1], label: '', timeZone: 'UTC' },
    previous: { ...spans[0], label: '', timeZone: 'UTC' },
    settings: measureSettingsOf({
      deployments: 'environments',
      environments: [],
      incidentLabels: [],
      hotfixLabels: [],
      staleDays: 90,
      timeZone: 'UTC',
      people: false,
    }),
  });
}

interface Reading {
  readonly wish: HistoriesWish;
  readonly log: TestLog;
  readonly naps: readonly number[];
  readonly digest: DigestState;
  /** Histories that were begun and not handed over, at most. */
  readonly mostAtOnce: () => number;
  /** What the digest held after so many projects. */
  readonly heldAfter: ReadonlyMap<number, ReturnType<typeof held>>;
  run(): ReturnType<typeof readHistories>;
}

/** A reading with the usual limit of requests a minute; it is stopped after so many projects. */
function aReading(server: EmbeddedGitLab, folder: string, stopAfter = Number.POSITIVE_INFINITY): Reading {
  const clock = aClock(new Date(end).toISOString());
  const log = aLog();
  const gitlab = connectGitLab({
    apiUrl: server.apiUrl,
    token: { kind: 'bot', value: token, variable: 'HERALD_TOKEN' },
    log,
    clock,
    audit: () => undefined,
    caFile: null,
    variables: {},
  });
  const kept = createHistoryStore({ gitlab, output: filesUnder(folder), log }, null);
  const digest = aDigest();
  const heldAfter = new Map<number, ReturnType<typeof held>>();
  let [begun, over, most] = [0, 0, 0];
  const store: HistoryStore = {
    load: (id) => {
      begun += 1;
      most = Math.max(most, begun - over);
      return kept.load(id);
    },
    save: (id, text) => kept.save(id, text),
  };
  const wish: HistoriesWish = {
    scope: { kind: 'group', group: 'shop' },
    spans,
    reportJob: null,
    maxRequests: null,
    store,
    onHistory: (history) => {
      if (over >= stopAfter) throw new Error('stopped');
      over += 1;
      addProject(digest, history);
      if (over === projects / 2 || over === projects) heldAfter.set(over, held(digest));
    },
  };
  const world = { gitlab, clock, log, mask: (text: string): string => text };
  const run = (): ReturnType<typeof readHistories> => readHistories(world, wish);
  return { wish, log, naps: clock.sleeps, digest, mostAtOnce: () => most, heldAfter, run };
}

test('200 projects and 100,000 pipelines: a few at once, within the limit of requests, gone on with after a stop', async () => {
  const state = aGroup();
  expect(state.pipelines).toHaveLength(projects * pipelinesEach);
  const server = await startEmbeddedGitLab({ state });
  onTestFinished(() => server.stop());
  const folder = await mkdtemp(join(tmpdir(), 'herald-group-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));

  const stopped = aReading(server, folder, 80);
  await expect(stopped.run()).rejects.toThrow('stopped');
  const files = await readdir(join(folder, 'herald-history'));
  expect(files.length).toBeGreaterThanOrEqual(80);
  const asked = server.requests.length;

  const whole = aReading(server, folder);
  const read = await whole.run();
  expect(read).toMatchObject({ projects, remarks: [] });
  const again = server.requests.slice(asked);
  const touched = new Set(again.flatMap(({ path }) => /^\/projects\/(\d+)\//.exec(path)?.[1] ?? []));
  expect(touched.size).toBe(projects - files.length);
  expect(again.length).toBe(read.requests);

  // Two or three projects are in memory at any time, whatever their number.
  expect(whole.mostAtOnce()).toBeLessThanOrEqual(3);
  // What stays of each is the same little: half of the projects hold half of what all hold.
  const [half, all] = [whole.heldAfter.get(projects / 2), whole.heldAfter.get(projects)];
  if (half === undefined || all === undefined) throw new Error('the digest was not measured');
  expect((all.objects - half.objects) / (projects / 2)).toBeLessThan(200);
  expect((all.numbers - half.numbers) / (projects / 2)).toBeLessThan(4 * pipelinesEach);

  // 600 requests in the first minute and 600 in each other one: the rest of the time is waiting.
  const naps = stopped.naps.reduce((sum, nap) => sum + nap, 0);
  const free = defaultBudget.maxRequestsPerMinute;
  expect(asked).toBeGreaterThan(free);
  expect(naps).toBeGreaterThanOrEqual(((asked - free) / free) * 60_000 * 0.9);
  const progress = whole.log.lines.filter((line) => /read \d+ of 200 projects in \d+ requests/.test(line));
  expect(progress.length).toBeGreaterThan(2);

  const figures = new Map(finish(whole.digest, null).figures.map(({ id, current }) => [id, current.value]));
  const inPeriod = state.pipelines.filter(({ created_at: at }) => Date.parse(at) >= spans[1].from).length;
  expect(figures.get('pipelines')).toBe(inPeriod);
});
