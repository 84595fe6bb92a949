import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EmbeddedRequest } from '../../src/demo/http.ts';
import type { Intervention } from '../../src/demo/server.ts';
import type { EmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { aStage, cast } from '../usecases/bot/stage.ts';
import { aBotProject, bot, canaries, maintainer } from './bot-project.ts';
import { aProject } from './fake-project.ts';
import { type Run, runHerald } from './run-herald.ts';

/** A token as it is, and as it stands in an address, in a header of basic authentication, or in JSON. */
function formsOf(token: string): readonly string[] {
  const forms = [token, encodeURIComponent(token), Buffer.from(token).toString('base64').replace(/=+$/, '')];
  return [...new Set(forms)];
}

function commandLines(): readonly string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        return [readFileSync(`/proc/${id}/cmdline`, 'utf8')];
      } catch {
        return [];
      }
    });
}

/** What anybody on the machine could read while Herald runs: the command lines, at each of its requests. */
function aWatch(): { readonly seen: Set<string>; look(request: EmbeddedRequest): undefined } {
  const seen = new Set<string>();
  return {
    seen,
    look() {
      for (const line of commandLines()) seen.add(line);
      return undefined;
    },
  };
}

function textsIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

interface Traces {
  readonly runs: readonly Run[];
  readonly directory: string;
  readonly gitlab: EmbeddedGitLab;
  readonly commands: ReadonlySet<string>;
}

/**
 * Looks for tokens in everything that a run leaves behind, but for where they are meant to go: headers, and bodies for
 * GitLab's settings.
 */
function expectNoToken(tokens: readonly string[], { runs, directory, gitlab, commands }: Traces): void {
  const places: Readonly<Record<string, readonly string[]>> = {
    'standard output': runs.map(({ stdout }) => stdout),
    log: runs.map(({ stderr }) => stderr),
    artifacts: textsIn(directory),
    'command lines': [...commands],
    addresses: gitlab.requests.map(({ path, query }) => `${path}?${query}`),
    'what others can read in GitLab': gitlab.state.issues.map((issue) => JSON.stringify(issue)),
  };
  for (const [place, texts] of Object.entries(places))
    for (const form of tokens.flatMap(formsOf))
      expect(
        texts.filter((text) => text.includes(form)),
        `${place} holds ${form}`,
      ).toEqual([]);
}

/** Tells back whatever it was sent, as GitLab's errors do. */
function parrot({ method, token, body }: EmbeddedRequest): Intervention {
  if (method === 'GET') return undefined;
  const message = `${token?.value ?? ''} may not send ${JSON.stringify(body)}`;
  return { status: 400, body: { message, error: message } };
}

const one = ['--bot-project', bot.path, '--watch', 'shop/checkout'];
const debug = ['--log-level', 'debug'];

describe('a token is in no log, artifact, process list or error text', () => {
  test('of herald setup, whatever it does', async () => {
    const watch = aWatch();
    const { setup, state, gitlab, directory } = await aBotProject(['shop/checkout'], {
      beforeRequest: watch.look,
    });
    const triggers = new Set<string>();
    const runs: Run[] = [];
    for (const args of [
      ['--plan'],
      [],
      ['--rotate'],
      ['--test'],
      ['--instructions'],
      ['--remove'],
      ['--instructions'],
    ]) {
      runs.push(
        await setup([...one, ...args, ...debug, '--audit', '.', '--log-format', 'json'], {
          HERALD_BOT_TOKEN: canaries.bot,
        }),
      );
      for (const { token } of state.ci.triggers) triggers.add(token);
    }
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(runs.map(() => 0));
    expect(triggers.size).toBe(2);
    expect([...watch.seen].some((line) => line.includes('--rotate'))).toBe(existsSync('/proc/self/cmdline'));
    expectNoToken([...Object.values(canaries), ...triggers], {
      runs,
      directory,
      gitlab,
      commands: watch.seen,
    });
    // It would find one: what is printed and what is asked for.
    for (const word of ['shop/checkout', 'webhook'])
      expect(() => {
        expectNoToken([word], { runs, directory, gitlab, commands: watch.seen });
      }).toThrow(`holds ${word}`);
  });

  test.each<[string, readonly string[]]>([
    ['/variables', []],
    ['/hooks', []],
    ['/triggers', []],
    ['/pipeline_schedules', []],
    ['/issues', ['--instructions']],
  ])('of herald setup, when GitLab refuses %s and repeats what it was sent', async (end, args) => {
    const tokens = new Set<string>(Object.values(canaries));
    const { setup, state, gitlab, directory } = await aBotProject(['shop/checkout'], {
      beforeRequest: (request) => {
        for (const { token } of state.ci.triggers) tokens.add(token);
        return request.path.endsWith(end) ? parrot(request) : undefined;
      },
    });
    const env = { HERALD_BOT_TOKEN: canaries.bot };
    const run = await setup([...one, ...args, ...debug, '--audit', '.'], env);
    expect(run.exitCode).toBe(4);
    expect(run.stdout + run.stderr).toContain('may not send');
    expect(run.stdout + run.stderr).toContain('[MASKED]');
    expect(tokens.size).toBe(
      end === '/hooks' || end === '/variables' || end === '/pipeline_schedules' ? 3 : 2,
    );
    expectNoToken([...tokens], { runs: [run], directory, gitlab, commands: new Set() });
  });

  test('of herald doctor', async () => {
    const watch = aWatch();
    let isRefusing = false;
    const { setup, state, gitlab, directory } = await aBotProject(['shop/checkout'], {
      beforeRequest: (request) => {
        watch.look(request);
        return isRefusing ? parrot({ ...request, method: 'POST' }) : undefined;
      },
    });
    await setup(one, { HERALD_BOT_TOKEN: canaries.bot });
    // What a person made by hand can be read by maintainers, and so by doctor.
    Object.assign(state.ci.variables[0] ?? {}, { hidden: false });
    Object.assign(state.ci.hooks[0] ?? {}, { alert_status: 'disabled' });
    const runs: Run[] = [];
    const run = async (...args: readonly string[]): Promise<void> => {
      runs.push(
        await runHerald(['doctor', '--server', gitlab.url, ...one, ...debug, ...args], {
          cwd: directory,
          env: { HERALD_TOKEN: canaries.maintainer },
        }),
      );
    };
    await run();
    await run('--json');
    await run('--notify');
    isRefusing = true;
    await run();
    expect(runs.map(({ exitCode }) => exitCode)).not.toContain(0);
    const tokens = [...Object.values(canaries), ...state.ci.triggers.map(({ token }) => token)];
    expectNoToken(tokens, { runs, directory, gitlab, commands: watch.seen });
  });

  test('of herald bot', async () => {
    const watch = aWatch();
    let isRefusing = false;
    const stage = await aStage('bot: { presets: { welcome: {} } }', {
      beforeRequest: (request) => {
        watch.look(request);
        return isRefusing ? parrot(request) : undefined;
      },
    });
    const directory = await mkdtemp(join(tmpdir(), 'herald-canary-'));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    stage.state.tokens.push({ value: canaries.bot, kind: 'personal', userId: cast.bot.id });
    const runs: Run[] = [];
    const run = async (command: string, ...args: readonly string[]): Promise<void> => {
      const payload = { ...stage.say('dev', command).payload, token: canaries.bot };
      await writeFile(`${directory}.json`, JSON.stringify(payload));
      onTestFinished(() => rm(`${directory}.json`, { force: true }));
      runs.push(
        await runHerald(
          [
            'bot',
            '--payload',
            `${directory}.json`,
            '--server',
            stage.gitlab.url,
            '--project',
            'shop/till',
            ...debug,
            ...args,
          ],
          { cwd: directory, env: { HERALD_TOKEN: canaries.bot } },
        ),
      );
    };
    await run('/herald help');
    await run('/herald status');
    await run('/herald label ~bug', '--log-format', 'json');
    await run('/herald label ~bug', '--dry-run');
    isRefusing = true;
    await run('/herald close');
    expect(runs[0]?.exitCode, runs[0]?.stderr).toBe(0);
    expectNoToken([canaries.bot, maintainer.username + canaries.maintainer], {
      runs,
      directory,
      gitlab: stage.gitlab,
      commands: watch.seen,
    });
    expect(stage.notes({ kind: 'merge_request', project: 42, iid: 7 }).join()).not.toContain(canaries.bot);
  });
});

/** Another server than GitLab, and what came to it. */
async function aStranger(): Promise<{ readonly url: string; readonly seen: readonly string[] }> {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    seen.push(JSON.stringify([request.method, request.url, request.headers]));
    response.setHeader('content-type', 'application/json').end('{"id":1,"username":"evil"}');
  });
  server.on('connect', (request, socket) => {
    seen.push(JSON.stringify([request.url, request.headers]));
    socket.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

type Attack = readonly [name: string, variables: (evil: string) => Readonly<Record<string, string>>];

/** What who knows the trigger URL can send along: variables of a trigger outrank all others. */
const attacks: readonly Attack[] = [
  ['the API', (evil) => ({ CI_API_V4_URL: `${evil}/api/v4` })],
  ['the server', (evil) => ({ CI_SERVER_URL: evil })],
  ['both', (evil) => ({ CI_API_V4_URL: `${evil}/api/v4`, CI_SERVER_URL: evil })],
  ['a proxy', (evil) => ({ HTTP_PROXY: evil })],
  ['a proxy in small letters', (evil) => ({ http_proxy: evil })],
  ['a proxy for all', (evil) => ({ ALL_PROXY: evil })],
];

describe('a token reaches no other origin', () => {
  const ofBot: readonly Attack[] = [
    ...attacks,
    ['code', () => ({ NODE_OPTIONS: '--import=data:text/javascript,' })],
    ['the log of all requests', () => ({ NODE_DEBUG: 'http' })],
    ['a file of the job as payload', () => ({ TRIGGER_PAYLOAD: '/proc/self/environ' })],
  ];

  test.each(ofBot)('of herald bot, when a trigger sets %s', async (_name, variables) => {
    const { url, seen } = await aStranger();
    const stage = await aStage();
    const directory = await mkdtemp(join(tmpdir(), 'herald-canary-'));
    const payload = `${directory}.tmp/TRIGGER_PAYLOAD`;
    await mkdir(`${directory}.tmp`);
    onTestFinished(async () => {
      for (const folder of [directory, `${directory}.tmp`])
        await rm(folder, { recursive: true, force: true });
    });
    await writeFile(payload, JSON.stringify(stage.say('dev', '/herald help').payload));
    stage.state.tokens.push({ value: canaries.bot, kind: 'personal', userId: cast.bot.id });
    const run = (trigger: Readonly<Record<string, string>>): Promise<Run> =>
      runHerald(['bot', '--server', stage.gitlab.url, ...debug], {
        cwd: directory,
        env: {
          GITLAB_CI: 'true',
          CI_SERVER_URL: stage.gitlab.url,
          CI_API_V4_URL: stage.gitlab.apiUrl,
          CI_PROJECT_ID: '42',
          CI_PIPELINE_SOURCE: 'trigger',
          TRIGGER_PAYLOAD: payload,
          HERALD_TOKEN: canaries.bot,
          ...trigger,
        },
      });
    const attacked = await run(variables(url));
    expect(attacked.exitCode, attacked.stderr).toBe(2);
    expect(seen).toEqual([]);
    // The bot's own GitLab may have been asked who the bot is.
    expect(stage.gitlab.requests.filter(({ path }) => path !== '/user')).toEqual([]);
    const places = { directory, gitlab: stage.gitlab, commands: new Set<string>() };
    expectNoToken([canaries.bot], { runs: [attacked], ...places });
    // The same without it is answered: the refusal was about that variable. What names options counts for nothing.
    const plain = await run({
      HERALD_SERVER: url,
      HERALD_PAYLOAD: '/proc/self/environ',
      HERALD_DRY_RUN: 'true',
    });
    expect(plain.exitCode, plain.stderr).toBe(0);
    expect(stage.gitlab.requests).not.toEqual([]);
    expect(seen).toEqual([]);
  });

  test.each(attacks)('of herald report, when a dotenv report sets %s', async (_name, variables) => {
    const { url, seen } = await aStranger();
    const { gitlab, directory, env } = await aProject();
    const attacked = await runHerald(['report', '--server', gitlab.url, ...debug], {
      cwd: directory,
      env: { ...env, ...variables(url) },
    });
    expect(attacked.exitCode, attacked.stderr).toBe(2);
    expect(seen).toEqual([]);
    expect(gitlab.requests).toEqual([]);
  });

  test.each([
    ['a server', (evil: string) => `server: ${evil}\n`],
    ['an output folder elsewhere', () => 'output: ../herald-elsewhere\n'],
  ])('of herald report and herald comment, when the checkout names %s', async (_name, config) => {
    const { url, seen } = await aStranger();
    const { gitlab, directory, env, write } = await aProject();
    await write('.herald.yml', config(url));
    const report = await runHerald(['report', ...debug], { cwd: directory, env });
    expect(report.exitCode, report.stderr).toBe(2);
    expect(gitlab.requests).toEqual([]);
    await runHerald(['label', '--add', 'x'], { cwd: directory, env });
    expect(seen).toEqual([]);
    expect(existsSync(join(directory, '../herald-elsewhere'))).toBe(false);
  });

  test('where GitLab redirects a read to object storage', async () => {
    const { url, seen } = await aStranger();
    const { gitlab, directory, env } = await aProject({
      beforeRequest: ({ method, path }) =>
        method === 'GET' && path.includes('/artifacts/')
          ? { status: 302, body: '', headers: { location: `${url}/bucket${path}?signed=1` } }
          : undefined,
    });
    const { stdout, stderr } = await runHerald(['report', '--server', gitlab.url, ...debug], {
      cwd: directory,
      env,
    });
    expect(seen.length, stdout + stderr).toBeGreaterThan(0);
    const tokens = [env['HERALD_TOKEN'] ?? '', env['CI_JOB_TOKEN'] ?? ''].filter((token) => token !== '');
    expect(tokens).not.toEqual([]);
    for (const token of tokens) expect(seen.join('\n')).not.toContain(token);
    expect(seen.join('\n').toLowerCase()).not.toMatch(/authorization|job-token|private-token/);
  });
});
