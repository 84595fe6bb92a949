import { describe, expect, test } from 'vitest';
import type { ProjectHistory } from '../../../src/model/project-history.ts';
import type { HistoryStore } from '../../../src/usecases/digest/history-store.ts';
import { planReading, planReadings } from '../../../src/usecases/digest/plan-reading.ts';
import { type HistoriesWish, readHistories } from '../../../src/usecases/digest/read-histories.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import {
  addDays,
  day,
  emptyProject,
  end,
  type HistoryStage,
  spans as months,
  startHistoryStage,
  twoMonths,
} from './history-stage.ts';

const spans = [
  { from: end - 14 * day, until: end - 7 * day },
  { from: end - 7 * day, until: end },
] as const;
const scope = { kind: 'group', group: 'shop' } as const;

/** A group with five projects, one of them in a subgroup, and another that is archived. */
function aGroup(): EmbeddedState {
  const state = emptyProject();
  state.ci.groups.push({ id: 9, full_path: 'shop' });
  for (const [id, path] of [
    [43, 'shop/stock'],
    [44, 'shop/inner/desk'],
    [45, 'shop/shelf'],
    [46, 'shop/door'],
    [47, 'shop/old'],
    [48, 'other/till'],
  ] as const)
    state.projects.push({ id, path_with_namespace: path, default_branch: 'main', archived: id === 47 });
  for (const projectId of [42, 43, 44, 45, 46])
    addDays(state, end - 14 * day, 14, {
      projectId,
      seed: projectId,
      mergeRequests: 4,
      pipelinesEach: 1,
      jobs: 2,
      issues: 3,
    });
  return state;
}

/** A store in memory. */
function aStore(kept = new Map<number, string>()): HistoryStore & { readonly kept: Map<number, string> } {
  return {
    kept,
    load: (id) => Promise.resolve(kept.get(id) ?? null),
    save: (id, text) => {
      kept.set(id, text);
      return Promise.resolve();
    },
  };
}

function wishOf(
  store: HistoryStore,
  more: Partial<HistoriesWish> = {},
): HistoriesWish & { readonly got: ProjectHistory[] } {
  const got: ProjectHistory[] = [];
  return {
    scope,
    spans,
    reportJob: null,
    maxRequests: null,
    store,
    onHistory: (history) => got.push(history),
    got,
    ...more,
  };
}

const pathsOf = (histories: readonly ProjectHistory[]): readonly string[] =>
  histories.map(({ project }) => project.path).sort();
const all = ['shop/door', 'shop/inner/desk', 'shop/shelf', 'shop/stock', 'shop/till'];

/** The projects that something was asked of. */
function askedOf(stage: HistoryStage): readonly string[] {
  const ids = stage.asked().flatMap((line) => /\/projects\/(\d+)\//.exec(line)?.[1] ?? []);
  return [...new Set(ids)].sort();
}

describe('the projects of a group', () => {
  test('come each once, with those of subgroups and without archived ones', async () => {
    const stage = await startHistoryStage(aGroup());
    const wish = wishOf(aStore());
    const world = stage.world(end);
    const read = await readHistories(world, wish);
    expect(pathsOf(wish.got)).toEqual(all);
    expect(read).toMatchObject({ projects: 5, requests: stage.asked().length, remarks: [] });
    expect(world.log.lines.join()).toContain(`read 5 of 5 projects in ${read.requests} requests`);
  });

  test('are gone on with where a reading was stopped', async () => {
    const stage = await startHistoryStage(aGroup());
    const store = aStore();
    const stopped = wishOf(store, {
      onHistory: (history) => {
        if (store.kept.size >= 2) throw new Error(`stopped at ${history.project.path}`);
      },
    });
    await expect(readHistories(stage.world(end), stopped)).rejects.toThrow('stopped at');
    const before = [...store.kept.keys()].map(String).sort();
    expect(before.length).toBeGreaterThanOrEqual(2);
    expect(before.length).toBeLessThan(5);
    const whole = wishOf(aStore());
    await readHistories(stage.world(end + 60_000), whole);
    stage.asked();
    const again = wishOf(store);
    await readHistories(stage.world(end + 60_000), again);
    expect(askedOf(stage)).toEqual(['42', '43', '44', '45', '46'].filter((id) => !before.includes(id)));
    const byPath = (histories: readonly ProjectHistory[]): readonly ProjectHistory[] =>
      histories
        .toSorted((a, b) => a.project.id - b.project.id)
        .map((history) => ({ ...history, read: whole.got[0]?.read ?? history.read }));
    expect(byPath(again.got)).toEqual(byPath(whole.got));
  });

  test('are read again an hour later', async () => {
    const stage = await startHistoryStage(aGroup());
    const store = aStore();
    await readHistories(stage.world(end), wishOf(store));
    stage.asked();
    await readHistories(stage.world(end + 2 * 3_600_000), wishOf(store));
    expect(askedOf(stage)).toEqual(['42', '43', '44', '45', '46']);
  });

  test('within a limit come first to last, and the others say why they are missing', async () => {
    const stage = await startHistoryStage(aGroup());
    const wish = wishOf(aStore(), { maxRequests: 40 });
    const read = await readHistories(stage.world(end), wish);
    expect(stage.asked().length).toBe(read.requests);
    expect(read.requests).toBeLessThanOrEqual(40);
    expect(pathsOf(wish.got)).toEqual(all);
    const whole = wish.got.filter(({ read: parts }) => parts.jobs.gap === null);
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.length).toBeLessThan(5);
    expect(wish.got.at(-1)?.read.jobs).toMatchObject({ usable: false, gap: 'no more requests were allowed' });
  });

  test('that the token does not see cost themselves only', async () => {
    const stage = await startHistoryStage(aGroup(), {
      beforeRequest: ({ path }) =>
        path.startsWith('/projects/44/')
          ? { status: 404, body: { message: '404 Project Not Found' } }
          : undefined,
    });
    const wish = wishOf(aStore());
    await readHistories(stage.world(end), wish);
    const hidden = wish.got.find(({ project }) => project.id === 44);
    expect(Object.values(hidden?.read ?? {}).map(({ usable }) => usable)).toEqual(Array(13).fill(false));
    expect(wish.got.filter(({ jobs }) => jobs.length > 0)).toHaveLength(4);
  });
});

test('globs choose among the projects of the token', async () => {
  const stage = await startHistoryStage(aGroup());
  const wish = wishOf(aStore(), { scope: { kind: 'projects', globs: ['shop/s*', 'shop/inner/**'] } });
  await readHistories(stage.world(end), wish);
  expect(pathsOf(wish.got)).toEqual(['shop/inner/desk', 'shop/shelf', 'shop/stock']);
});

test('one project is always read again', async () => {
  const stage = await startHistoryStage(aGroup());
  const store = aStore();
  const wish = wishOf(store, { scope: { kind: 'project', project: 'shop/till' } });
  await readHistories(stage.world(end), wish);
  stage.asked();
  await readHistories(stage.world(end), wish);
  expect(stage.asked().length).toBeGreaterThan(8);
  expect(wish.got[1]?.jobs).toEqual(wish.got[0]?.jobs);
});

describe('the plan', () => {
  test('of a project is near what it takes, first and next', async () => {
    const state = twoMonths();
    const stage = await startHistoryStage(state);
    const project = {
      id: 42,
      path: 'shop/till',
      url: `${stage.server.url}/shop/till`,
      defaultBranch: 'main',
      archived: false,
    };
    const wish = { project, spans: months, reportJob: 'herald', kept: null, maxRequests: null, resumeMs: 0 };
    const plan = await planReading(stage.world(end), wish);
    expect(plan.asked).toBe(stage.asked().length);
    expect(plan.isAbout).toBe(true);
    const first = await stage.read(wish);
    expect(Math.abs(plan.requests - first.requests)).toBeLessThanOrEqual(first.requests * 0.15);
    addDays(state, end, 3, { seed: 8 });
    const next = await planReading(stage.world(end + 3 * day), { ...wish, kept: first.kept });
    const second = await stage.read({ ...wish, kept: first.kept, now: end + 3 * day });
    expect(Math.abs(next.requests - second.requests)).toBeLessThanOrEqual(4);
  });

  test('of a group looks at some projects, and is near what it takes', async () => {
    const stage = await startHistoryStage(aGroup());
    const wish = wishOf(aStore());
    const plan = await planReadings(stage.world(end), wish);
    expect(plan).toMatchObject({ projects: 5, asked: stage.asked().length });
    const read = await readHistories(stage.world(end), wish);
    expect(Math.abs(plan.requests - read.requests)).toBeLessThanOrEqual(read.requests * 0.25);
  });
});
