import { describe, expect, test } from 'vitest';
import { rotateToken } from '../../../src/usecases/setup/rotate-token.ts';
import { herald, type Outcome } from '../../cli/herald.ts';
import { bot, canaries, maintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedOptions } from '../../support/gitlab/embedded-gitlab.ts';
import type { EmbeddedAccessToken } from '../../support/gitlab/state/state.ts';
import { aSetupStage, type SetupStage } from './stage.ts';

type Before = NonNullable<EmbeddedOptions['beforeRequest']>;

interface Installed {
  readonly stage: SetupStage;
  readonly old: EmbeddedAccessToken;
  /** From now on requests meet this. */
  meet(trouble: Before): void;
  rotate(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** The same without a command line, on a clock that does not wait; what it throws. */
  rotateQuickly(): Promise<unknown>;
}

/** A bot with a service account and its token. */
async function installed(): Promise<Installed> {
  let trouble: Before = () => undefined;
  const stage = await aSetupStage([bot.path], { beforeRequest: (request) => trouble(request) });
  const { state, gitlab } = stage;
  state.ci.members.push({ project_id: bot.id, user_id: maintainer.id, access_level: 40 });
  await stage.run({ parts: ['token'], bot: true }, {});
  const [old] = state.accessTokens;
  if (old === undefined) throw new Error('there is no token');
  const args = ['setup', '--server', gitlab.url, '--allow-insecure', '--watch', bot.path, '--rotate-token'];
  return {
    stage,
    old,
    meet(wanted) {
      trouble = wanted;
    },
    rotateQuickly() {
      const { clock, log, connect } = stage;
      const token = { value: old.value, variable: 'HERALD_BOT_TOKEN', gitlab: connect(old.value) };
      const world = { gitlab: connect(canaries.maintainer), clock, log, token, isOwn: false };
      const rotation = { botProject: bot.id, tokenKey: 'HERALD_TOKEN', planOnly: false };
      const rotated = rotateToken(rotation, {
        ...world,
        connect: (value) => Promise.resolve(connect(value)),
      });
      return rotated.then(
        () => null,
        (error: unknown) => error,
      );
    },
    rotate: (more = [], env = {}) =>
      herald([...args, '--max-wait', '1', ...more], {
        HERALD_TOKEN: canaries.maintainer,
        HERALD_BOT_TOKEN: old.value,
        ...env,
      }),
  };
}

function rotations({ gitlab }: SetupStage): number {
  return gitlab.requests.filter(({ path }) => path.endsWith('/self/rotate')).length;
}

function workingOf({ state }: SetupStage): readonly EmbeddedAccessToken[] {
  return state.accessTokens.filter(({ revoked }) => !revoked);
}

describe('herald setup --rotate-token', () => {
  test('puts the new token into the variable, and prints neither', async () => {
    const { stage, old, rotate } = await installed();
    const { stdout, stderr, exitCode } = await rotate();
    expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('herald:')]);
    const [made, ...others] = workingOf(stage);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ previous: old.id, name: old.name, userId: old.userId });
    expect(stage.state.ci.variables).toMatchObject([
      { value: made?.value, masked: true, hidden: true, protected: true, environment_scope: '*' },
    ]);
    expect(stdout).toMatch(
      /token in the variable HERALD_TOKEN of shop\/herald-bot, .* was replaced by one that expires on/,
    );
    expect(stdout + stderr).not.toContain('glpat-');
    // Setup knows the new one for its own.
    expect((await stage.run({ parts: ['token'], bot: true }, {})).flatMap(({ changes }) => changes)).toEqual(
      [],
    );
  });

  test('with --plan rotates nothing and writes nothing', async () => {
    const { stage, old, rotate } = await installed();
    const writes = stage.gitlab.requests.filter(({ method }) => method !== 'GET').length;
    const { stdout, exitCode } = await rotate(['--plan']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('nothing was changed');
    expect(stage.gitlab.requests.filter(({ method }) => method !== 'GET')).toHaveLength(writes);
    expect(old.revoked).toBe(false);
  });

  test('never rotates another token than the one in the variable: not that of the person who runs it', async () => {
    const { stage, rotate } = await installed();
    const { stderr, exitCode } = await rotate([], { HERALD_BOT_TOKEN: '' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the token in HERALD_TOKEN is not the one in the variable HERALD_TOKEN');
    expect(rotations(stage)).toBe(0);
  });

  test.each<[string, (stage: SetupStage) => void]>([
    ['the variable is gone', ({ state }) => state.ci.variables.splice(0)],
    [
      'the run may not write the variable',
      ({ state }) => Object.assign(state.ci.members[0] ?? {}, { access_level: 30 }),
    ],
  ])('rotates nothing where %s', async (_name, change) => {
    const { stage, old, rotate } = await installed();
    change(stage);
    const { exitCode } = await rotate();
    expect(exitCode).not.toBe(0);
    expect([rotations(stage), old.revoked]).toEqual([0, false]);
  });

  test('tries whether the variable can be written before it rotates', async () => {
    const { stage, old, meet, rotate } = await installed();
    meet(({ method, path }) =>
      method === 'PUT' && path.includes('/variables/')
        ? { status: 400, body: { message: { value: ['is invalid'] } } }
        : undefined,
    );
    const { exitCode } = await rotate();
    expect(exitCode).toBe(4);
    expect([rotations(stage), old.revoked]).toEqual([0, false]);
  });

  test('takes the lifetime that GitLab gives where it does not allow the one that is asked for', async () => {
    const { stage, rotate } = await installed();
    const week = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
    stage.state.ci.latestExpiry = week;
    const { stdout, exitCode } = await rotate();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`expires on ${week}`);
    expect(workingOf(stage)).toMatchObject([{ expires_at: week }]);
  });

  test('writes the new token again and again when the variable cannot be written for a while', async () => {
    const { stage, meet, rotateQuickly } = await installed();
    let failures = 0;
    meet(({ method, path }) => {
      if (method !== 'PUT' || !path.includes('/variables/') || rotations(stage) === 0 || failures > 2)
        return undefined;
      failures += 1;
      return { status: 403, body: { message: '403 Forbidden' } };
    });
    expect([await rotateQuickly(), failures]).toEqual([null, 3]);
    expect(stage.state.ci.variables).toMatchObject([{ value: workingOf(stage)[0]?.value }]);
  });

  test('an answer that is lost is not asked for again, and the remedy is said', async () => {
    const { stage, meet, rotateQuickly } = await installed();
    meet(({ path }) => (path.endsWith('/self/rotate') ? 'reset-after' : undefined));
    expect(await rotateQuickly()).toMatchObject({
      exitCode: 4,
      message: 'the token was rotated, and the answer with the new one was lost',
      hint: expect.stringContaining('herald setup --bot') as unknown,
    });
    expect(rotations(stage)).toBe(1);
    // Nobody revoked the new one: the old one was not sent to be rotated again.
    expect(workingOf(stage)).toHaveLength(1);
  });

  test('an answer that cannot be read is one that is lost', async () => {
    const { stage, old, meet, rotateQuickly } = await installed();
    meet(({ path }) => {
      if (!path.endsWith('/self/rotate')) return undefined;
      old.revoked = true;
      return { status: 200, body: '{"id":' };
    });
    expect(await rotateQuickly()).toMatchObject({
      message: 'the token was rotated, and the answer with the new one was lost',
    });
    expect(rotations(stage)).toBe(1);
  });

  test('an answer that is lost before GitLab rotates says that the old token still works', async () => {
    const { stage, old, meet, rotateQuickly } = await installed();
    meet(({ path }) => (path.endsWith('/self/rotate') ? { status: 502, body: 'bad gateway' } : undefined));
    expect(await rotateQuickly()).toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('the token was not rotated, and still works') as unknown,
    });
    expect([rotations(stage), old.revoked]).toEqual([1, false]);
  });

  test('where the new token cannot be stored at all, says how to make another, and not the token', async () => {
    const { stage, meet, rotateQuickly } = await installed();
    meet(({ method, path, body }) =>
      method === 'PUT' && path.includes('/variables/') && rotations(stage) > 0
        ? { status: 400, body: { message: `no: ${String(body['value'])}` } }
        : undefined,
    );
    const error = await rotateQuickly();
    expect(error).toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(
        /could not be written into the variable HERALD_TOKEN.*\[MASKED\]/,
      ) as unknown,
      hint: expect.stringContaining('run herald setup --bot, which makes another one') as unknown,
    });
    expect(JSON.stringify([error, String(error)])).not.toContain('glpat-');
    // And that works.
    meet(() => undefined);
    await stage.run({ parts: ['token'], bot: true }, {});
    expect(workingOf(stage)).toHaveLength(1);
    expect(stage.state.ci.variables).toMatchObject([{ value: workingOf(stage)[0]?.value }]);
  });

  test('does nothing else', async () => {
    const { rotate } = await installed();
    const { stderr, exitCode } = await rotate(['--bot']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--rotate-token does nothing else');
  });
});

describe('the sweep of the bot', () => {
  async function sweep(
    days: string | null,
    accessLevel = 40,
  ): Promise<Installed & { readonly outcome: Outcome }> {
    const all = await installed();
    const { stage, old } = all;
    const { members } = stage.state.ci;
    const own = members.find(({ user_id }) => user_id === old.userId);
    if (own !== undefined) own.access_level = accessLevel;
    const args = ['bot', '--sweep', '--server', stage.gitlab.url, '--project', bot.path, '--max-wait', '1'];
    const flags = days === null ? [] : ['--rotate-before', days];
    const outcome = await herald([...args, ...flags], { HERALD_TOKEN: old.value });
    return { ...all, outcome };
  }

  test.each([
    [null, false],
    // The component's default.
    ['', false],
    ['1d', false],
    ['999d', true],
  ])('with --rotate-before %s rotates its token: %s', async (days, isRotated) => {
    const { stage, old, outcome } = await sweep(days);
    expect(outcome.exitCode).toBe(0);
    expect(old.revoked).toBe(isRotated);
    expect(stage.state.ci.variables).toMatchObject([{ value: workingOf(stage)[0]?.value }]);
    expect(outcome.stdout + outcome.stderr).not.toContain('glpat-');
  });

  test('of a bot that is no Maintainer fails, before it rotates', async () => {
    const { old, outcome } = await sweep('999d', 30);
    expect(outcome.exitCode).toBe(4);
    expect(outcome.stderr).toMatch(/role Maintainer in the project, for the variable with the bot's token/);
    expect(old.revoked).toBe(false);
  });
});
