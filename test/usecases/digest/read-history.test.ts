import { describe, expect, test } from 'vitest';
import type { Span } from '../../../src/model/digest.ts';
import type { HistoryMergeRequest, ProjectHistory } from '../../../src/model/project-history.ts';
import { readHistory } from '../../../src/usecases/digest/read-history.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import {
  addDays,
  day,
  emptyProject,
  end,
  later,
  projectId,
  startHistoryStage,
  withoutGraphql,
} from './history-stage.ts';

/** Periods of a week. */
const weeks: readonly [Span, Span] = [
  { from: end - 14 * day, until: end - 7 * day },
  { from: end - 7 * day, until: end },
];
const hour = 3_600_000;

/** A project with little more than two weeks of history. */
function twoWeeks(): EmbeddedState {
  const state = emptyProject();
  addDays(state, end - 20 * day, 20, { seed: 11, mergeRequests: 40, pipelinesEach: 1, jobs: 4 });
  return state;
}

/** The same with little in it. */
function fewThings(): EmbeddedState {
  const state = emptyProject();
  addDays(state, end - 16 * day, 16, { seed: 12, mergeRequests: 8, pipelinesEach: 1, jobs: 2 });
  return state;
}

/** What does not depend on the sample of merge requests, nor on when it was read. */
function withoutSample({ read: _read, ...history }: ProjectHistory): unknown {
  const plain = (mr: HistoryMergeRequest): unknown => ({ ...mr, details: null });
  return { ...history, mergeRequests: history.mergeRequests.map(plain) };
}

describe('what it costs', () => {
  test('a limit ends it with what was read, and says what is missing', async () => {
    const state = twoWeeks();
    // Where a reading may end early, it goes through the lists of REST, which begin with the newest.
    const stage = await startHistoryStage(state);
    const whole = await (await startHistoryStage(state, withoutGraphql)).read({ spans: weeks });
    for (const maxRequests of [0, 1, 4, 9, 14]) {
      const { history, requests } = await stage.read({ spans: weeks, maxRequests });
      expect(stage.asked().length).toBe(requests);
      expect(requests).toBeLessThanOrEqual(maxRequests);
      const gaps = Object.values(history.read).filter(({ gap }) => gap === 'no more requests were allowed');
      expect(gaps.length).toBeGreaterThan(0);
      // What is there is right: no job that a whole reading does not have.
      const known = new Set(whole.history.jobs.map((job) => JSON.stringify(job)));
      expect(history.jobs.filter((job) => !known.has(JSON.stringify(job)))).toEqual([]);
      const { usable, from } = history.read.jobs;
      if (usable) expect(history.jobs.every(({ createdAt }) => createdAt >= (from ?? 0))).toBe(true);
      else expect(history.jobs).toEqual([]);
    }
  });
});

const ways = [
  { way: 'from GraphQL and REST', options: {} },
  { way: 'from REST alone', options: withoutGraphql },
];

describe('what it gives', () => {
  test.each(ways)('is what GitLab has, $way', async ({ options }) => {
    const state = twoWeeks();
    const { history } = await (await startHistoryStage(state, options)).read({ spans: weeks });
    const from = weeks[0].from;
    const at = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null);
    // Times of GraphQL have whole seconds; the failed jobs come from REST in both ways.
    const unit = (status: string): number => (options === withoutGraphql || status === 'failed' ? 1 : 1_000);
    const whole = (value: number | null, step: number): number | null =>
      value === null ? null : Math.floor(value / step) * step;
    const jobs = state.pipelines.flatMap((pipeline) => pipeline.jobs.map((job) => ({ job, pipeline })));
    expect(history.jobs).toEqual(
      jobs
        .filter(({ job }) => Date.parse(job.created_at) >= from)
        .sort((a, b) => a.job.id - b.job.id)
        .map(({ job, pipeline }) => ({
          id: job.id,
          pipelineId: pipeline.id,
          name: job.name,
          stage: job.stage,
          status: job.status,
          allowFailure: job.allow_failure,
          failureReason: job.failure_reason,
          createdAt: whole(at(job.created_at), unit(job.status)),
          startedAt: whole(at(job.started_at), unit(job.status)),
          finishedAt: whole(at(job.finished_at), unit(job.status)),
          durationSeconds: unit(job.status) === 1 ? job.duration : whole(job.duration ?? null, 1),
          queuedSeconds: job.queued_duration,
          coverage: job.coverage,
          cause: null,
        })),
    );
    const ids = new Set(history.jobs.map(({ pipelineId }) => pipelineId));
    expect(history.pipelines.map(({ id, status, sha }) => ({ id, status, sha }))).toEqual(
      state.pipelines
        .filter(({ id, created_at }) => Date.parse(created_at) >= from || ids.has(id))
        .map(({ id, status, sha }) => ({ id, status, sha })),
    );
    expect(
      history.deployments.map(({ id, environment, tier, status }) => [id, environment, tier, status]),
    ).toEqual(
      state.deployments
        .filter(({ created_at: made, updated_at: end_ }) => Math.max(at(made) ?? 0, at(end_) ?? 0) >= from)
        .sort((a, b) => a.id - b.id)
        .map(({ id, environment, status }) => [id, environment.name, environment.tier, status]),
    );
    expect(history.commits.map(({ sha }) => sha).sort()).toEqual(
      reachable(state)
        .filter(({ created_at: made }) => Date.parse(made) >= from)
        .map(({ id }) => id)
        .sort(),
    );
    expect(history.openIssues).toBe(
      state.issues.filter(({ state: now, confidential }) => now === 'opened' && confidential !== true).length,
    );
    const confidential = new Set(state.issues.filter((issue) => issue.confidential).map(({ iid }) => iid));
    expect(confidential.size).toBeGreaterThan(0);
    expect(history.issues.some(({ iid }) => confidential.has(iid))).toBe(false);
    expect(history.branches.find(({ isDefault }) => isDefault)?.name).toBe('main');
    expect(
      Object.entries(history.read)
        .filter(([, { usable }]) => !usable)
        .map(([part]) => part),
    ).toEqual(['tests']);
  });

  test('has details that agree with the whole lists of GitLab, with and without a request for commits', async () => {
    const state = twoWeeks();
    const stage = await startHistoryStage(state, withoutGraphql);
    const { history } = await stage.read({ spans: weeks });
    const asked = stage.asked();
    const detailed = history.mergeRequests.filter(({ details }) => details !== null);
    const withRequest = detailed.filter(({ iid }) => asked.some((line) => line.includes(`/${iid}/commits`)));
    expect(withRequest.length).toBeGreaterThan(0);
    expect(withRequest.length).toBeLessThan(detailed.length);
    for (const { iid, details } of detailed) {
      const mr = state.mergeRequests.find((one) => one.iid === iid);
      expect(details?.commits).toBe(mr?.commits?.length);
      const kinds = (mr?.notes ?? []).map(({ body, system }) => (system ? body.split(' ', 1)[0] : 'comment'));
      expect(details?.events.length).toBe(kinds.length);
    }
  });

  test('has no secret in a title or name', async () => {
    const state = fewThings();
    const secret = 'glpat-0123456789abcdefghij';
    const [mr] = state.mergeRequests;
    const commit = state.commits.at(-1);
    const job = state.pipelines.at(-1)?.jobs[0];
    Object.assign(mr ?? {}, {
      title: `Use ${secret}`,
      labels: [secret],
      updated_at: new Date(end - hour).toISOString(),
      ended_at: new Date(end - hour).toISOString(),
    });
    Object.assign(commit ?? {}, { title: secret, created_at: new Date(end - hour).toISOString() });
    Object.assign(job ?? {}, { name: `unit ${secret}`, stage: secret });
    Object.assign(state.pipelines.at(-1) ?? {}, { ref: secret });
    const deployment = state.deployments.at(-1);
    Object.assign(deployment ?? {}, {
      ref: secret,
      environment: { name: `review/${secret}`, tier: 'other', external_url: null },
    });
    state.releases.push({
      ...{ project_id: projectId, tag_name: `v1-${secret}`, name: secret, description: '' },
      ...{ created_at: new Date(end - hour).toISOString(), released_at: new Date(end - hour).toISOString() },
      commit: { id: 'a'.repeat(40) },
    });
    const stage = await startHistoryStage(state);
    const mask = (text: string): string => text.replaceAll(secret, '[MASKED]');
    const project = {
      id: projectId,
      path: 'shop/till',
      url: `${stage.server.url}/shop/till`,
      defaultBranch: 'main',
      archived: false,
    };
    const wish = { project, spans: weeks, reportJob: null, kept: null, maxRequests: null, resumeMs: 0 };
    const { history, kept } = await readHistory({ ...stage.world(end), mask }, wish);
    expect(JSON.stringify(history)).toContain('Use [MASKED]');
    expect(JSON.stringify(history)).toContain('unit [MASKED]');
    expect(JSON.stringify(history)).toContain('review/[MASKED]');
    expect(JSON.stringify(history)).toContain('v1-[MASKED]');
    expect(JSON.stringify(history)).not.toContain(secret);
    expect(kept).not.toContain(secret);
  });

  test('an empty project has nothing, and says why', async () => {
    const stage = await startHistoryStage(emptyProject());
    const project = {
      id: projectId,
      path: 'shop/till',
      url: 'https://x.example/shop/till',
      defaultBranch: null,
      archived: false,
    };
    const { history, kept } = await stage.read({ project });
    expect(history.read.commits).toMatchObject({
      usable: false,
      gap: 'the project has no code yet, or the token does not have the right to see it',
    });
    expect(history.read.jobs).toMatchObject({ usable: true, gap: null });
    expect([history.jobs, history.mergeRequests, history.deployments]).toEqual([[], [], []]);
    expect((await stage.read({ project, kept })).remarks).toEqual([]);
  });
});

/** The commits that the default branch reaches. */
function reachable({ commits, branches }: EmbeddedState): EmbeddedState['commits'] {
  const open = [branches.find(({ name }) => name === 'main')?.sha ?? ''];
  const found = new Set<string>();
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    if (found.has(sha)) continue;
    found.add(sha);
    open.push(...(commits.find(({ id }) => id === sha)?.parent_ids ?? []));
  }
  return commits.filter(({ id }) => found.has(id));
}

describe('a reading that goes on from what is kept', () => {
  test.each(ways)(
    'gives what a whole one gives, also of what had not ended before, $way',
    async ({ options }) => {
      const state = twoWeeks();
      // A job that runs, one that waits for a person, far back, and an issue and a merge request that are open.
      const pipelines = state.pipelines.filter(({ created_at: at }) => Date.parse(at) < end - 5 * day);
      const [manual, running] = [pipelines.at(-1), state.pipelines.at(-1)];
      const waits = manual?.jobs[0];
      const runs = running?.jobs[1];
      Object.assign(waits ?? {}, { status: 'manual', started_at: null, finished_at: null });
      Object.assign(runs ?? {}, { status: 'running', finished_at: null, duration: null });
      const stage = await startHistoryStage(state, options);
      const first = await stage.read({ spans: weeks });

      addDays(state, end, 3, { seed: 4, mergeRequests: 8, pipelinesEach: 1, jobs: 4 });
      const moment = new Date(end + hour).toISOString();
      Object.assign(waits ?? {}, { status: 'success', started_at: moment, finished_at: moment });
      Object.assign(manual ?? {}, { updated_at: moment });
      Object.assign(runs ?? {}, { status: 'failed', finished_at: moment, duration: 9 });
      Object.assign(running ?? {}, { status: 'failed', updated_at: moment });
      const issue = state.issues.find(({ state: now, confidential }) => now === 'opened' && !confidential);
      Object.assign(issue ?? {}, { state: 'closed', updated_at: moment, ended_at: moment });
      const mr = state.mergeRequests.find(({ state: now, iid }) => now === 'opened' && iid < 50);
      Object.assign(mr ?? {}, { state: 'closed', updated_at: moment, ended_at: moment });

      const wish = { now: end + 3 * day, spans: later(weeks, 3 * day) };
      stage.asked();
      const next = await stage.read({ ...wish, kept: first.kept });
      const lines = stage.asked();
      const askedNext = lines.length;
      // The one that ran is near the end of the chain; only the one that waited is looked at by itself, and not even
      // that where pipelines come with their jobs.
      expect(lines.flatMap((line) => /\/pipelines\/(\d+)\/jobs/.exec(line)?.[1] ?? [])).toEqual(
        options === withoutGraphql ? [String(manual?.id)] : [],
      );
      const whole = await stage.read(wish);
      expect(askedNext).toBeLessThan(stage.asked().length);
      expect(withoutSample(next.history)).toEqual(withoutSample(whole.history));
      expect(next.history.jobs.find(({ id }) => id === waits?.id)?.status).toBe('success');
      expect(next.history.jobs.find(({ id }) => id === runs?.id)?.status).toBe('failed');
      expect(next.history.issues.find(({ iid }) => iid === issue?.iid)?.closedAt).toBe(end + hour);
      // And so does one after that, from what the second one kept.
      const third = await stage.read({ ...wish, kept: next.kept });
      expect(withoutSample(third.history)).toEqual(withoutSample(whole.history));
    },
  );

  test('forgets commits that a forced push took away', async () => {
    const state = fewThings();
    const stage = await startHistoryStage(state);
    const first = await stage.read({ spans: weeks });
    const main = state.branches.find(({ name }) => name === 'main');
    const before = state.commits.find(({ id }) => id === main?.sha)?.parent_ids[0] ?? '';
    const gone = main?.sha ?? '';
    if (main !== undefined) main.sha = before;
    const next = await stage.read({ spans: weeks, kept: first.kept });
    expect(first.history.commits.some(({ sha }) => sha === gone)).toBe(true);
    expect(next.history.commits.some(({ sha }) => sha === gone)).toBe(false);
    expect(next.history.commits.some(({ sha }) => sha === before)).toBe(true);
  });

  test('reads all again where the period reaches back farther', async () => {
    const stage = await startHistoryStage(fewThings());
    const first = await stage.read({ spans: weeks });
    const wish = { spans: [{ from: end - 18 * day, until: end - 7 * day }, weeks[1]] as const };
    const next = await stage.read({ ...wish, kept: first.kept });
    const whole = await stage.read(wish);
    expect(withoutSample(next.history)).toEqual(withoutSample(whole.history));
    expect(next.remarks).toEqual([
      'The kept history of shop/till begins later than this period needs: everything was read again.',
    ]);
  });

  const spoiled: readonly [string, (kept: string) => string][] = [
    ['cut off', (kept) => kept.slice(0, -400)],
    ['empty', () => ''],
    ['not a history', () => '[1, 2]'],
    ['of an older version', (kept) => kept.replace('"schema":2', '"schema":1')],
    ['of another project', (kept) => kept.replace(`"project":${projectId}`, '"project":7')],
    ['with another number', (kept) => kept.replace(/"readAt":\d/, '"readAt":2')],
    ['with another title', (kept) => kept.replace('Change 3', 'Change 4')],
    [
      'signed by somebody else',
      (kept) => kept.replace(/"proof":"[^"]+"/, '"proof":"AAAAAAAAAAAAAAAAAAAAAA"'),
    ],
    ['deep', () => '['.repeat(100_000)],
  ];

  test('reads all again where it cannot be trusted, or read', async () => {
    const stage = await startHistoryStage(fewThings());
    const first = await stage.read({ spans: weeks });
    for (const [what, spoil] of spoiled) {
      const next = await stage.read({ spans: weeks, kept: spoil(first.kept) });
      expect([what, next.history]).toEqual([what, first.history]);
      expect([what, ...next.remarks]).toEqual([
        what,
        expect.stringMatching(/^The kept history of shop\/till .+: everything was read again\.$/),
      ]);
    }
  });

  test('takes none from the future', async () => {
    const stage = await startHistoryStage(fewThings());
    const { kept } = await stage.read({ spans: weeks, now: end + day });
    const next = await stage.read({ spans: weeks, kept });
    expect(next.remarks).toEqual([
      'The kept history of shop/till is from the future: everything was read again.',
    ]);
  });
});

describe('a part that GitLab refuses', () => {
  test.each<[string, RegExp, readonly string[]]>([
    ['deployments', /\/deployments$/, ['deployments']],
    [
      'merge requests',
      /\/merge_requests$/,
      ['merge-requests', 'merge-request-details', 'open-merge-requests'],
    ],
    ['issues', /\/issues$/, ['issues', 'incidents']],
    ['jobs', /\/jobs$/, ['jobs']],
    ['commits', /\/repository\/commits$/, ['commits']],
    ['branches', /\/repository\/branches$/, ['branches']],
    ['tags', /\/repository\/tags$/, ['tags']],
    ['releases', /\/releases$/, ['releases']],
  ])('%s cost that part, and no other', async (_name, path, parts) => {
    const stage = await startHistoryStage(fewThings(), {
      beforeRequest: (request) =>
        path.test(request.path) ? { status: 403, body: { message: '403 Forbidden' } } : undefined,
    });
    const { history } = await stage.read({ spans: weeks });
    const missing = Object.entries(history.read).filter(([, { usable }]) => !usable);
    expect(missing.map(([part]) => part)).toEqual(
      [...parts, 'tests'].filter((part, at, all) => all.indexOf(part) === at),
    );
    for (const [part, { gap }] of missing.filter(([name]) => name !== 'tests'))
      expect(`${part}: ${gap ?? ''}`).toContain('GitLab refused it (403)');
  });

  test('pipelines leave those that jobs name, and tiers leave deployments without', async () => {
    const stage = await startHistoryStage(fewThings(), {
      ...withoutGraphql,
      beforeRequest: ({ path }) =>
        /\/(?:pipelines|environments)$/.test(path)
          ? { status: 404, body: { message: '404 Not found' } }
          : undefined,
    });
    const { history } = await stage.read({ spans: weeks });
    expect(history.pipelines.length).toBeGreaterThan(5);
    expect(history.read.pipelines).toMatchObject({
      usable: true,
      gap: expect.stringContaining('only pipelines with jobs are known') as string,
    });
    expect(history.deployments.every(({ tier }) => tier === null)).toBe(true);
    expect(history.read.deployments.gap).toContain('the tiers of environments are not known');
  });

  test('a token that is not valid ends it', async () => {
    const stage = await startHistoryStage(twoWeeks(), {
      beforeRequest: () => ({ status: 401, body: { message: '401 Unauthorized' } }),
    });
    await expect(stage.read({ spans: weeks })).rejects.toThrow('GitLab refused');
  });

  test('in the middle of a list leaves what came before it, and is not kept as whole', async () => {
    let pages = 0;
    const stage = await startHistoryStage(twoWeeks(), {
      ...withoutGraphql,
      beforeRequest: ({ path }) => {
        if (!path.endsWith('/jobs')) return undefined;
        pages += 1;
        return pages === 3 ? { status: 403, body: { message: '403 Forbidden' } } : undefined;
      },
    });
    const { history, kept } = await stage.read({ spans: weeks });
    expect(history.jobs.length).toBe(200);
    expect(history.read.jobs).toMatchObject({ usable: true, gap: expect.stringContaining('403') as string });
    expect(history.read.jobs.from).toBe(history.jobs[0]?.createdAt);
    const next = await stage.read({ spans: weeks, kept });
    expect(next.history.read.jobs.gap).toBeNull();
    expect(next.history.jobs.length).toBeGreaterThan(200);
  });
});
