import { describe, expect, test } from 'vitest';
import { aBotProject, bot, canaries, maintainer } from './bot-project.ts';
import { runHerald } from './run-herald.ts';

const one = ['--bot-project', bot.path, '--watch', 'shop/checkout'];

async function installed(): Promise<{
  readonly place: Awaited<ReturnType<typeof aBotProject>>;
  doctor(...args: readonly string[]): ReturnType<typeof runHerald>;
}> {
  const place = await aBotProject(['shop/checkout']);
  place.state.tokens[0] = {
    value: canaries.maintainer,
    kind: 'personal',
    userId: maintainer.id,
    facts: { scopes: ['api'], expires_at: null },
  };
  place.state.ci.resourceGroups.push({ project_id: bot.id, key: 'herald-bot', process_mode: 'unordered' });
  const made = await place.setup(one, { HERALD_BOT_TOKEN: canaries.bot });
  expect(made.exitCode, made.stderr).toBe(0);
  return {
    place,
    doctor: (...args) =>
      runHerald(['doctor', '--server', place.gitlab.url, ...one, ...args], {
        cwd: place.directory,
        env: { HERALD_TOKEN: canaries.maintainer },
      }),
  };
}

describe('herald doctor', () => {
  test('finds nothing wrong after herald setup, and writes nothing', async () => {
    const { place, doctor } = await installed();
    place.writes();
    const { exitCode, stdout, stderr } = await doctor();
    expect(stdout).not.toMatch(/^[✗?]/m);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/\n\n\d+ checks: [^\n]+\n$/);
    expect(place.writes()).toEqual([]);
  });

  test.each<[string, (place: Awaited<ReturnType<typeof aBotProject>>) => void, RegExp]>([
    [
      'a webhook that is paused',
      ({ state }) => Object.assign(state.ci.hooks[0] ?? {}, { alert_status: 'temporarily_disabled' }),
      /paused webhook/,
    ],
    ['a webhook that is gone', ({ state }) => state.ci.hooks.splice(0), /missing: webhook/],
    ['a schedule that is gone', ({ state }) => state.ci.schedules.splice(0), /missing: schedule/],
    [
      'a token that may only read',
      ({ state }) =>
        Object.assign(state.tokens[0] ?? {}, { facts: { scopes: ['read_api'], expires_at: null } }),
      /token scopes: read_api/,
    ],
    [
      'a token that expires tomorrow',
      ({ state }) =>
        Object.assign(state.tokens[0] ?? {}, {
          facts: {
            scopes: ['api'],
            expires_at: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
          },
        }),
      /token expiry: it expires on/,
    ],
    [
      'a configuration that is wrong',
      ({ state }) =>
        state.files.push({
          project_id: 100,
          ref: 'main',
          path: '.herald.yml',
          content: 'bot: { rulez: [] }',
        }),
      /rulez/,
    ],
    [
      'a project that is archived',
      ({ state }) => Object.assign(state.projects[1] ?? {}, { archived: true }),
      /archived/,
    ],
  ])('tells of %s, with a remedy', async (_name, breakIt, words) => {
    const { place, doctor } = await installed();
    breakIt(place);
    const { exitCode, stdout, stderr } = await doctor();
    expect(stdout + stderr).toMatch(words);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/✗ .*\n {4}\S/);
  });

  test('exits with 4 for a token that GitLab refuses, with 5 for a GitLab that does not answer', async () => {
    const { place } = await installed();
    const run = (server: string, token: string): ReturnType<typeof runHerald> =>
      runHerald(['doctor', '--server', server, ...one, '--max-wait', '2'], {
        cwd: place.directory,
        env: { HERALD_TOKEN: token },
      });
    expect((await run(place.gitlab.url, 'wrong-token-0123456789')).exitCode).toBe(4);
    expect((await run('http://127.0.0.1:9', canaries.maintainer)).exitCode).toBe(5);
  });

  test('--notify opens one issue, keeps it up to date, and closes it when all is well', async () => {
    const { place, doctor } = await installed();
    const { state } = place;
    Object.assign(state.ci.hooks[0] ?? {}, { alert_status: 'disabled' });
    await doctor('--notify');
    await doctor('--notify');
    expect(state.issues).toMatchObject([{ project_id: bot.id, state: 'opened', confidential: true }]);
    const bodies = (): readonly string[] =>
      state.issues.flatMap(({ notes }) => notes.map(({ body }) => body));
    expect(bodies().filter((body) => body.includes('switched webhook'))).toHaveLength(1);
    Object.assign(state.ci.hooks[0] ?? {}, { alert_status: 'executable' });
    await doctor('--notify');
    expect(state.issues).toMatchObject([{ state: 'closed' }]);
  });

  test('--json gives an object per line, without a token in it', async () => {
    const { doctor } = await installed();
    const { stdout } = await doctor('--json');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { state: string });
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.every(({ state }) => ['ok', 'warning', 'problem', 'unknown'].includes(state))).toBe(true);
    expect(stdout).not.toContain('CANARY');
  });
});

describe('herald search', () => {
  async function aShop(): Promise<(...args: readonly string[]) => ReturnType<typeof runHerald>> {
    const { gitlab, state, directory } = await aBotProject(['shop/till', 'shop/stock', 'shop/old']);
    Object.assign(state.projects[3] ?? {}, { archived: true });
    state.ci.groups.push({ id: 7, full_path: 'shop' });
    const issue = { project_id: 100, state: 'opened' as const, labels: [], notes: [] };
    state.issues.push(
      { ...issue, iid: 23, title: 'The till | is slow\u001b[31m' },
      { ...issue, iid: 24, title: 'The drawer sticks', description: 'as slow as ever' },
    );
    return (...args) =>
      runHerald(['search', ...args, '--server', gitlab.url], {
        cwd: directory,
        env: { HERALD_TOKEN: canaries.maintainer },
      });
  }

  test('names what cannot be searched, with the nearest that can', async () => {
    const search = await aShop();
    const { exitCode, stderr } = await search('isues', 'slow');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean "issues"');
  });

  test('a number is that of an issue; words are looked for in the titles and descriptions of all issues, whoever wrote them', async () => {
    const search = await aShop();
    expect(
      (await search('issues', '23', '--project', 'shop/till', '--json')).stdout.trim().split('\n'),
    ).toHaveLength(1);
    const { stdout } = await search('issues', 'slow', '--project', 'shop/till', '--json');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { iid: number }).iid)
        .sort(),
    ).toEqual([23, 24]);
  });

  test('issues without a project, outside of a job, say which option to give', async () => {
    const search = await aShop();
    const { exitCode, stderr } = await search('issues', 'slow');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--project');
  });

  test('prints a table whose titles can do nothing to the terminal, or an object per line', async () => {
    const search = await aShop();
    const table = (await search('issues', '23', '--project', 'shop/till')).stdout;
    expect(table).not.toContain('\u001b');
    const { stdout } = await search('issues', '23', '--project', 'shop/till', '--json');
    const found = JSON.parse(stdout) as { readonly label: string };
    expect(found).toMatchObject({ value: 'shop/till#23', iid: 23, state: 'opened' });
    expect(found.label).toMatch(/^\(#23\) The till/);
  });

  test('repeats what GitLab said, with exit code 4', async () => {
    const search = await aShop();
    const { exitCode, stderr } = await search('issues', 'slow', '--project', 'shop/missing');
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/404/);
  });

  test('finds the projects of a group, leaves archived ones out and says how many', async () => {
    const search = await aShop();
    const { stdout, stderr } = await search('projects', '--group', 'shop', '--json');
    expect(stdout).toContain('shop/till');
    expect(stdout).not.toContain('shop/old');
    expect(stderr).toContain('1 archived');
  });
});
