import { describe, expect, test } from 'vitest';
import type { SweepWorld } from '../../../src/usecases/bot/bot-world.ts';
import type { EmbeddedHook } from '../../support/gitlab/state/ci.ts';
import type { EmbeddedPipeline } from '../../support/gitlab/state/state.ts';
import { aStage, cast, issue, mr, type Stage, secretIssue, type Who } from './stage.ts';

const minute = 60_000;
const secret = 'glptt-canary0123456789';

/** The bot in a project of its own, which only mia may see; its path must not come out. */
const botProject = { id: 60, path: 'ops/secret-robots' };
const elsewhere: Partial<SweepWorld> = {
  scope: { ownProject: botProject.id, projects: ['shop/*'], deny: [] },
};

function moveBot({ state }: Stage): void {
  state.projects.push({ id: 60, path_with_namespace: botProject.path, default_branch: 'main' });
  state.ci.members.push(
    { project_id: 60, user_id: cast.mia.id, access_level: 20 },
    { project_id: 60, user_id: cast.gus.id, access_level: 10 },
    { project_id: 60, user_id: cast.bot.id, access_level: 30 },
  );
}

function ran(
  stage: Stage,
  project: number,
  runs: readonly (readonly [source: string, status: string, minutesAgo: number])[],
): void {
  for (const [source, status, minutesAgo] of runs) {
    stage.state.nextId += 1;
    const pipeline: EmbeddedPipeline = {
      id: 9000 + stage.state.nextId,
      project_id: project,
      ref: 'main',
      sha: 'b0'.repeat(20),
      status,
      source,
      created_at: new Date(stage.clock.now().getTime() - minutesAgo * minute).toISOString(),
      jobs: [],
      statuses: [],
      test_report: null,
    };
    stage.state.pipelines.push(pipeline);
  }
}

function hook(
  stage: Stage,
  target: number | string,
  alert: EmbeddedHook['alert_status'] = 'executable',
): void {
  stage.state.ci.hooks.push({
    id: 70 + stage.state.ci.hooks.length,
    project_id: 42,
    url: `${stage.gitlab.url}/api/v4/projects/${encodeURIComponent(target)}/ref/main/trigger/pipeline?token={herald_token}`,
    fields: {},
    urlVariables: new Map([['herald_token', secret]]),
    alert_status: alert,
  });
}

function tokenExpires(stage: Stage, expiresAt: string | null): void {
  const [token] = stage.state.tokens;
  stage.state.tokens.splice(0, 1, {
    value: token?.value ?? '',
    kind: 'personal',
    userId: cast.bot.id,
    facts: { scopes: ['api'], expires_at: expiresAt },
  });
}

function day(stage: Stage, days: number): string {
  return new Date(stage.clock.now().getTime() + days * 24 * 60 * minute).toISOString().slice(0, 10);
}

async function ask(stage: Stage, who: Who, changes: Partial<SweepWorld> = {}, on = mr): Promise<string> {
  const { note, payload } = stage.say(who, '/herald status', on);
  await stage.handle(payload, changes);
  const [answer = ''] = stage.answers(note, on);
  return answer;
}

describe('status', () => {
  test.each([
    { name: 'somebody without a role on a merge request', who: 'sam', on: mr },
    { name: 'a guest on an issue', who: 'gus', on: issue },
    { name: 'an owner on a confidential issue', who: 'otto', on: secretIssue },
  ] as const)('is told to $name, and changes nothing', async ({ who, on }) => {
    const stage = await aStage();
    const answer = await ask(stage, who, {}, on);
    expect(answer).toMatch(/herald:reply v=1 note=\d+ calls=[0-9a-f]{12}d/);
    expect(answer).toMatch(/Configuration: none: only commands act/);
    expect(stage.deeds()).toEqual([]);
  });

  test('a blocked account is told nothing', async () => {
    const answer = await ask(await aStage(), 'gone');
    expect(answer).toMatch(/not active/);
    expect(answer).not.toMatch(/Queue|Token/);
  });

  test('the configuration is told by its commit, with how many rules are in force', async () => {
    const stage = await aStage(
      'bot: { rules: [{ name: hello, on: merge_request.opened, do: [{ comment: hi }] }] }',
    );
    expect(await ask(stage, 'dev')).toMatch(/Configuration: 1 rule in force/);
    for (const file of stage.state.files) file.last_commit_id = 'c0ffee12'.repeat(5);
    expect(await ask(stage, 'dev')).toMatch(/Configuration: of commit `c0ffee12`, 1 rule in force/);
  });

  test('events, sweeps and the queue are those of the pipelines that triggers and schedules started', async () => {
    const stage = await aStage();
    ran(stage, 42, [
      ['push', 'running', 300],
      ['schedule', 'success', 14],
      ['trigger', 'success', 5],
      ['trigger', 'running', 4],
      ['trigger', 'waiting_for_resource', 3],
      ['trigger', 'created', 3],
    ]);
    const answer = await ask(stage, 'sam');
    expect(answer).toMatch(/Last event: 3 minutes ago \(created\)/);
    expect(answer).toMatch(/Last sweep: 14 minutes ago \(success\)/);
    expect(answer).toMatch(/Queue: 1 running, 2 waiting\./);
  });

  test('a bot that nothing ever started says so', async () => {
    const answer = await ask(await aStage(), 'dev');
    expect(answer).toMatch(/Last event: none among the latest 0 pipelines/);
    expect(answer).toMatch(/Last sweep: none among the latest 0 pipelines/);
    expect(answer).toMatch(/Queue: 0 running, 0 waiting/);
  });

  test('a queue longer than what is looked at is said to be', async () => {
    const stage = await aStage();
    ran(
      stage,
      42,
      Array.from({ length: 101 }, () => ['trigger', 'pending', 1] as const),
    );
    expect(await ask(stage, 'dev')).toMatch(/0 running, 100 waiting, and perhaps more/);
  });

  test.each([
    { name: 'a reporter of the bot project sees its pipelines', who: 'mia', sees: true },
    { name: 'a guest there does not', who: 'gus', sees: false },
    { name: 'an owner of this project who has no role there does not', who: 'otto', sees: false },
    { name: 'somebody without any role does not', who: 'sam', sees: false },
  ] as const)('with the bot elsewhere $name', async ({ who, sees }) => {
    const stage = await aStage();
    moveBot(stage);
    ran(stage, 60, [['trigger', 'running', 2]]);
    ran(stage, 42, [['trigger', 'pending', 1]]);
    const answer = await ask(stage, who, elsewhere);
    expect(answer.includes('Queue: 1 running, 0 waiting')).toBe(sees);
    expect(answer.includes('shown only to people who can see')).toBe(!sees);
    expect(answer).not.toContain('secret-robots');
  });

  test.each([
    { name: 'by its id', target: 60 },
    { name: 'by its path', target: 'ops/secret-robots' },
  ])(
    'the webhook of the project is known by what it starts, $name, and its address is not told',
    async ({ target }) => {
      const stage = await aStage();
      moveBot(stage);
      hook(stage, 61, 'disabled');
      hook(stage, target);
      const answer = await ask(stage, 'dev', elsewhere);
      expect(answer).toMatch(/Webhook: switched on\./);
      expect(answer).not.toContain(secret);
      expect(answer).not.toContain('trigger/pipeline');
    },
  );

  test.each([
    { alert: 'temporarily_disabled', words: /Webhook: switched off by GitLab for a while/ },
    { alert: 'disabled', words: /Webhook: switched off by GitLab until a test succeeds/ },
  ] as const)('a webhook that GitLab has switched off is told: $alert', async ({ alert, words }) => {
    const stage = await aStage();
    hook(stage, 42, alert);
    expect(await ask(stage, 'dev')).toMatch(words);
  });

  test('a project without a webhook to the bot may be served by one of its group', async () => {
    expect(await ask(await aStage(), 'dev')).toMatch(
      /Webhook: this project has no webhook to the bot; one of its group/,
    );
  });

  test('a token below Maintainer cannot see webhooks: that is said, and who can tell', async () => {
    const stage = await aStage();
    hook(stage, 42, 'disabled');
    const member = stage.state.ci.members.find(({ user_id: id }) => id === cast.bot.id);
    if (member !== undefined) member.access_level = 30;
    expect(await ask(stage, 'otto')).toMatch(/Webhook: cannot be seen.*Maintainer.*herald doctor/);
  });

  test.each([
    { name: 'in many days', days: 200, words: /✅ Token: expires in (199|200) days/ },
    { name: 'soon: with a warning', days: 9, words: /⚠️ Token: expires in [89] days/ },
    { name: 'long ago', days: -3, words: /❌ Token: expired on \d{4}-/ },
  ])('the token expires $name', async ({ days, words }) => {
    const stage = await aStage();
    tokenExpires(stage, day(stage, days));
    expect(await ask(stage, 'dev')).toMatch(words);
  });

  test('a token that never expires, and one of which GitLab tells nothing', async () => {
    const stage = await aStage();
    expect(await ask(stage, 'dev')).toMatch(/Token: GitLab does not say/);
    tokenExpires(stage, null);
    expect(await ask(stage, 'dev')).toMatch(/Token: never expires/);
  });

  test("costs five requests at most beyond the comment's own", async () => {
    const stage = await aStage();
    moveBot(stage);
    await ask(stage, 'mia', elsewhere);
    const own = stage.requests().filter((line) => /hooks|projects\/60|access_tokens/.test(line));
    expect(own).toHaveLength(5);
  });
});
