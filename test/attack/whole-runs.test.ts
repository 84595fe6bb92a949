import { describe, expect, test } from 'vitest';
import type { EmbeddedRequest } from '../../src/demo/http.ts';
import type { Spoiling } from '../../src/demo/server.ts';
import { describeHandled } from '../../src/usecases/bot/describe-handled.ts';
import { sweep } from '../../src/usecases/bot/sweep.ts';
import { deploymentEvent, issueEvent, mergeRequestEvent, releaseEvent } from '../usecases/bot/events.ts';
import { aStage, noReports, type Stage } from '../usecases/bot/stage.ts';
import { Workshop } from '../usecases/releases/workshop.ts';
import { activeInMarkdown, activeInTitle, sentIn } from './activity.ts';
import { saidEverywhere } from './hostile-answers.ts';
import { randomTexts } from './random-texts.ts';

type Before = (request: EmbeddedRequest) => Spoiling | undefined;

interface Run {
  readonly stage: Stage;
  /** What people read of it, in a log or a terminal. */
  readonly lines: readonly string[];
}

const shas = { good: 'c0'.repeat(20), own: 'c1'.repeat(20) };

async function linesOf(stage: Stage, payload: Parameters<Stage['handle']>[0]): Promise<readonly string[]> {
  return describeHandled(await stage.handle(payload)).map(({ text }) => text);
}

function merged(stage: Stage): void {
  const at = stage.clock.now().toISOString();
  const found = stage.state.mergeRequests.find(({ iid }) => iid === 7);
  Object.assign(found ?? {}, { state: 'merged', merge_commit_sha: shas.own, ended_at: at, updated_at: at });
}

const job = {
  ...{ id: 7_010, name: 'unit', stage: 'test', status: 'failed', allow_failure: false },
  ...{ failure_reason: 'script_failure', duration: 1, queued_duration: 1, coverage: null },
  artifacts: new Map<string, string>(),
  reports: [],
  trace:
    '$ npm test\nAssertionError: expected 3 to equal 4\n    at sum (/builds/shop/till/src/till.ts:12:5)\n',
};

function pipelines(stage: Stage): void {
  const at = stage.clock.now().toISOString();
  const times = { created_at: at, started_at: at, finished_at: at };
  const common = {
    project_id: 42,
    ref: 'main',
    source: 'push',
    created_at: at,
    test_report: null,
    statuses: [],
  };
  stage.state.pipelines.push(
    { ...common, id: 700, sha: shas.good, status: 'success', jobs: [] },
    { ...common, id: 701, sha: shas.own, status: 'failed', jobs: [{ ...job, ...times }] },
  );
  for (const [id, parents] of [
    [shas.good, []],
    [shas.own, [shas.good]],
  ] as const)
    stage.state.commits.push({
      ...{ project_id: 42, id, parent_ids: parents, title: 'Round prices', author_name: 'Mia' },
      ...{ created_at: at, files: ['src/till.ts'] },
    });
}

const scenarios: Readonly<Record<string, (before: Before) => Promise<Run>>> = {
  async 'a release'(beforeRequest) {
    const actions = '{ write-release-notes: true }, { mark-shipped: { labels: [shipped] } }';
    const rule = `{ name: ship, on: [release.created], do: [${actions}] }`;
    const stage = await aStage(`bot: { rules: [${rule}] }`, { beforeRequest });
    const shop = new Workshop(stage);
    shop.tag('v1.3.0');
    shop.merge({ title: 'feat: vouchers', description: 'Closes #3 and #4', labels: ['feature'] });
    shop.push('direct');
    // What people wrote in it stays as it is.
    shop.release('v1.4.0');
    return { stage, lines: await linesOf(stage, releaseEvent('v1.4.0')) };
  },

  async 'deployments and a failing branch'(beforeRequest) {
    const presets = 'deployments: true, incidents: true, failing-default-branch: true, stale: true';
    const stage = await aStage(`bot: { presets: { ${presets} } }`, { beforeRequest });
    merged(stage);
    pipelines(stage);
    const finished_at = stage.clock.now().toISOString();
    const environment = { name: 'production', tier: 'production', external_url: null };
    const common = { project_id: 42, ref: 'main', sha: shas.own, environment };
    stage.state.deployments.push(
      { ...common, id: 9, status: 'success', mergeRequests: [7], deployable: { id: 90, finished_at } },
      { ...common, id: 10, status: 'failed', mergeRequests: [], deployable: { id: 91, finished_at } },
    );
    const lines = [
      ...(await linesOf(stage, deploymentEvent(9, 'success'))),
      ...(await linesOf(stage, deploymentEvent(10, 'failed'))),
    ];
    const swept = await sweep(stage.world(noReports));
    return {
      stage,
      lines: [
        ...lines,
        ...swept.flatMap(({ handled }) => handled.flatMap(describeHandled)).map(({ text }) => text),
      ],
    };
  },

  async 'merge requests and issues'(beforeRequest) {
    const texts = '{title} {author-name} {labels} {source-branch}';
    const rule = `{ name: r, on: [merge_request.opened, issue.opened], do: [{ comment: '${texts}' }, { open-issue: { title: '${texts}', text: '${texts}' } }] }`;
    const presets =
      '{ welcome: true, conventional-titles: true, description: true, changelog: true, reviewers: true }';
    const stage = await aStage(`bot: { presets: ${presets}, rules: [${rule}] }`, { beforeRequest });
    return {
      stage,
      lines: [
        ...(await linesOf(stage, mergeRequestEvent('open'))),
        ...(await linesOf(stage, issueEvent('open', 3))),
      ],
    };
  },

  async commands(beforeRequest) {
    const stage = await aStage('bot: {}', { beforeRequest });
    const said = [
      'why',
      'status',
      'digest 30d',
      'flaky unit',
      'milestone 2.0',
      'backport 1.x',
      'play deploy',
    ];
    const lines: string[] = [];
    for (const words of said)
      lines.push(...(await linesOf(stage, stage.say('mia', `/herald ${words}`).payload)));
    return { stage, lines };
  },
};

/** What of what was written would do something. */
function activeIn({ stage, lines }: Run): readonly string[] {
  const written = stage.gitlab.requests.flatMap(({ method, path, body }) => {
    if (method === 'GET') return [];
    const place = `${method} ${path.replace(/[0-9a-f]{40}/g, ':sha').replace(/\d+/g, ':n')}`;
    return Object.entries(body).flatMap(([name, value]) => {
      if (typeof value !== 'string') return [];
      const isText = ['body', 'description', 'content', 'note', 'commit_message'].includes(name);
      const active = isText
        ? activeInMarkdown(value)
        : name === 'title'
          ? activeInTitle(value)
          : sentIn(value);
      return active.map((one) => `${place} ${name}: ${one}`);
    });
  });
  return [...written, ...lines.flatMap((line) => sentIn(line).map((one) => `log: ${one}`))];
}

/** Kinds of requests that change something, in their order. */
function deedsOf({ stage }: Run): readonly string[] {
  return stage.gitlab.requests.flatMap(({ method, path }) =>
    method === 'GET' ? [] : [`${method} ${path.replace(/[0-9a-f]{40}/g, ':sha').replace(/\d+/g, ':n')}`],
  );
}

const seed = Number(process.env['ATTACK_SEED'] ?? 20_260_301);
/** A whole run for each; `npm run attack` has more of them. */
const rounds = Math.max(2, Math.ceil(Number(process.env['ATTACK_STRINGS'] ?? 0) / 10_000));

describe.each(Object.keys(scenarios))('hostile texts in all answers of GitLab: %s', (name) => {
  const scenario = scenarios[name] ?? (() => Promise.reject(new Error(name)));

  test('do nothing', async () => {
    const plain = await scenario(() => undefined);
    expect(deedsOf(plain).length).toBeGreaterThan(1);
    const own = new Set(activeIn(plain));
    const next = randomTexts(seed);
    for (let round = 0; round < rounds; round += 1) {
      const text = Array.from({ length: 12 }, next).join(' ');
      const active = activeIn(await scenario(saidEverywhere(text))).filter((one) => !own.has(one));
      expect(active.slice(0, 5), `seed ${seed}, round ${round}: ${JSON.stringify(text)}`).toEqual([]);
    }
  });
});
