import { describe, expect, test } from 'vitest';
import { bot, maintainer } from '../../setup/bot-project-state.ts';
import { aBotUser, asBot, botToken } from './bot-user.ts';
import { anInstallation, complaints, type Installation } from './installation.ts';

async function lookedAtBy(roles: readonly [number, number]): Promise<Installation> {
  return anInstallation({}, aBotUser(...roles));
}

describe('herald doctor with the token of a bot that is a developer', () => {
  test('what only maintainers see is unknown by itself, with a remedy, and all else is judged', async () => {
    const { checks, doctor } = await lookedAtBy([30, 30]);
    const found = await checks([], asBot);
    const unknown = found.filter(({ state }) => state === 'unknown');
    expect(unknown.map(({ about }) => about)).toEqual(['trigger tokens', 'variable HERALD_TOKEN', 'webhook']);
    for (const { words, remedy } of unknown) {
      expect(words).toContain('403');
      expect(remedy).toContain('maintainer');
    }
    const judged = found.filter(({ state }) => state === 'ok').map(({ about }) => about);
    for (const about of [
      'token user',
      'token scopes',
      'GitLab version',
      'schedule',
      'branch main',
      'queue',
      '.herald.yml',
    ])
      expect(judged).toContain(about);
    expect((await doctor([], asBot)).exitCode).toBe(0);
  });

  test('what it sees to be wrong is told, and kept in an issue', async () => {
    const { doctor, state } = await lookedAtBy([30, 30]);
    state.ci.schedules.splice(0);
    const { exitCode, stdout } = await doctor(['--notify'], asBot);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ shop\/herald-bot: schedule: missing/m);
    expect(state.issues).toMatchObject([{ project_id: bot.id, state: 'opened', confidential: true }]);
  });

  test('which is maintainer of the watched project only, its webhook is judged but for the trigger token', async () => {
    const { checks, state } = await lookedAtBy([30, 40]);
    expect(complaints(await checks([], asBot)).map((line) => line.split(':', 1)[0])).toEqual([
      'unknown trigger tokens',
      'unknown variable HERALD_TOKEN',
    ]);
    for (const hook of state.ci.hooks) hook.urlVariables = new Map();
    expect(complaints(await checks([], asBot)).join('\n')).toMatch(
      /problem webhook: webhook \d+ does not work: the token in its address is missing/,
    );
  });

  test('a webhook without its description is judged all the same', async () => {
    const { checks, state } = await lookedAtBy([30, 40]);
    for (const hook of state.ci.hooks) hook.fields = { ...hook.fields, description: null };
    expect(complaints(await checks([], asBot)).join('\n')).not.toContain('problem');
  });
});

test.each([
  [0, 'no member'],
  [20, 'Reporter'],
])('a schedule whose owner came down to level %i does not run', async (level, role) => {
  const { checks, state } = await lookedAtBy([40, 40]);
  expect(complaints(await checks([], asBot)).join()).not.toContain('schedule');
  const at = state.ci.members.findIndex((one) => one.project_id === bot.id && one.user_id === maintainer.id);
  if (level === 0) state.ci.members.splice(at, 1);
  else Object.assign(state.ci.members[at] ?? {}, { access_level: level });
  expect(complaints(await checks([], asBot)).join('\n')).toContain(
    `problem schedule: its owner is ${role} here`,
  );
});

describe('herald doctor where something is out of sight', () => {
  test('the bot’s project: the watched ones are judged as far as they can be', async () => {
    const { checks, doctor, state } = await lookedAtBy([0, 40]);
    const project = state.projects.find(({ id }) => id === bot.id);
    if (project !== undefined) project.path_with_namespace = 'shop/hidden';
    const found = await checks([], asBot);
    expect(complaints(found)).toEqual([
      expect.stringMatching(/^problem the bot's project: .*404/),
      expect.stringMatching(/^unknown webhook: without the bot's project, doctor cannot know/),
    ]);
    expect(found.map(({ about }) => about)).toContain('.herald.yml');
    expect((await doctor([], asBot)).exitCode).toBe(1);
  });

  test('a group that cannot be seen is a problem of its own, and no end', async () => {
    const { groupDoctor, state } = await lookedAtBy([30, 30]);
    const { exitCode, stdout } = await groupDoctor('nowhere', ['--notify'], asBot);
    expect(stdout).toMatch(/^✗ nowhere: group: group nowhere not found, or the token cannot see it/m);
    expect(stdout).toMatch(/^✓ shop\/herald-bot: schedule/m);
    expect(exitCode).toBe(1);
    expect(state.issues).toHaveLength(1);
  });

  test('the user of a token whose scopes are too narrow', async () => {
    const body = {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges',
      scope: 'api',
    };
    const { checks } = await anInstallation({}, aBotUser(30, 30), {
      beforeRequest: ({ path, token }) =>
        path === '/user' && token?.value === botToken ? { status: 403, body } : undefined,
    });
    const found = complaints(await checks([], asBot)).join('\n');
    expect(found).toMatch(/unknown token user: .*insufficient_scope/);
    expect(found).toMatch(/unknown role of the bot: GitLab does not say whose token it is/);
  });
});
