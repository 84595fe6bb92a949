import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { aStage, type Payload, type Stage, type Who } from '../usecases/bot/stage.ts';
import { heraldScript, type Run, run } from './run-herald.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ciLocal = join(root, 'node_modules/gitlab-ci-local/dist/index.js');

const identity = {
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

type Said = ReturnType<Stage['say']>;

export interface BotGitLab {
  readonly stage: Stage;
  readonly directory: string;
  say(who: Who, text: string): Said;
  answers(said: Said): readonly string[];
}

/** A GitLab with the till of the bot's tests, and an empty folder for the bot's own project. */
export async function aBotGitLab(config: string | null = null): Promise<BotGitLab> {
  const stage = await aStage(config);
  const directory = await mkdtemp(join(tmpdir(), 'herald-bot-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return {
    stage,
    directory,
    say: (who, text) => stage.say(who, text),
    answers: ({ note }) => stage.answers(note),
  };
}

async function git({ directory }: BotGitLab, ...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await run('git', args, { cwd: directory, env: identity });
  expect(exitCode, stderr).toBe(0);
}

/** The component searches the folders of its image only; here `herald` is elsewhere. */
export async function findHeraldAt(template: string, path: string): Promise<void> {
  const text = await readFile(template, 'utf8');
  expect(text).toMatch(/^ *- PATH=\/usr\/local\/sbin:\S+; export PATH$/m);
  await writeFile(template, text.replace(/- PATH=\S+;/, `- PATH="${path}";`));
}

/** The bot's project as an example has it; the component comes from this checkout. */
export async function asBotProject(
  bot: BotGitLab,
  file = 'docs/examples/bot-project/.gitlab-ci.yml',
): Promise<void> {
  const { directory, stage } = bot;
  const example = await readFile(join(root, file), 'utf8');
  const own = example
    .replace(/component: \S+/, 'component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/bot@$CI_COMMIT_SHA')
    .replace('https://gitlab.example.com', stage.gitlab.url)
    .replace('"my-group/**"', '"shop/**"');
  await writeFile(join(directory, '.gitlab-ci.yml'), own);
  await mkdir(join(directory, 'templates'), { recursive: true });
  await cp(join(root, 'templates'), join(directory, 'templates'), { recursive: true });
  await findHeraldAt(join(directory, 'templates/bot/template.yml'), pathWith(bot));
  await mkdir(join(directory, 'bin'), { recursive: true });
  const script = `#!/bin/sh\nexec "${process.execPath}" "${heraldScript}" "$@"\n`;
  await writeFile(join(directory, 'bin', 'herald'), script);
  await chmod(join(directory, 'bin', 'herald'), 0o755);
  await git(bot, 'init', '-q', '-b', 'main');
  await git(bot, 'remote', 'add', 'origin', `${stage.gitlab.url}/shop/herald-bot.git`);
  await git(bot, 'add', '-A');
  await git(bot, 'commit', '-q', '-m', 'all');
  await git(bot, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  await git(bot, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
}

function pathWith({ directory }: BotGitLab): string {
  return `${join(directory, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
}

/**
 * Runs the job as a pipeline that a webhook started; `trigger` are variables that came with it, which outrank all
 * others.
 */
export async function runBotJob(
  bot: BotGitLab,
  payload: Payload | string,
  trigger: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const { directory, stage } = bot;
  // Where a runner puts a variable of type file.
  const file = `${directory}.tmp/TRIGGER_PAYLOAD`;
  await mkdir(`${directory}.tmp`, { recursive: true });
  onTestFinished(() => rm(`${directory}.tmp`, { recursive: true, force: true }));
  await writeFile(file, typeof payload === 'string' ? payload : JSON.stringify(payload));
  const variables = {
    CI_PIPELINE_SOURCE: 'trigger',
    CI_API_V4_URL: stage.gitlab.apiUrl,
    CI_SERVER_URL: stage.gitlab.url,
    CI_PROJECT_ID: '9',
    HERALD_TOKEN: 'bot-token',
    TRIGGER_PAYLOAD: file,
    ...trigger,
  };
  const flags = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  return run(process.execPath, [ciLocal, '--force-shell-executor', 'herald-bot', ...flags], {
    cwd: directory,
    env: { ...identity, PATH: pathWith(bot), NO_COLOR: '1' },
  });
}

/** Names of the jobs that a pipeline of this source has. */
export async function listJobs(bot: BotGitLab, source: string): Promise<readonly string[]> {
  const quiet = { GCL_IGNORE_PREDEFINED_VARS: 'CI_PIPELINE_SOURCE' };
  const { stdout } = await run(
    process.execPath,
    [ciLocal, '--list-json', '--variable', `CI_PIPELINE_SOURCE=${source}`],
    { cwd: bot.directory, env: { ...identity, ...quiet } },
  );
  const jobs = stdout.trim() === '' ? [] : (JSON.parse(stdout) as { name: string; when: string }[]);
  return jobs.filter(({ when }) => when !== 'never').map(({ name }) => name);
}

/** The configuration as a pipeline would have it. */
export async function preview({ directory }: BotGitLab, flags: readonly string[] = []): Promise<string> {
  const quiet = { GCL_IGNORE_PREDEFINED_VARS: 'CI_PIPELINE_SOURCE' };
  const trigger = ['--variable', 'CI_PIPELINE_SOURCE=trigger'];
  const args = [ciLocal, '--preview', ...trigger, ...flags];
  const { stdout } = await run(process.execPath, args, { cwd: directory, env: { ...identity, ...quiet } });
  return stdout;
}
