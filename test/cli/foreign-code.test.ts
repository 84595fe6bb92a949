import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandLoaders } from '../../src/cli/commands.ts';
import type { CommandName } from '../../src/cli/summaries.ts';
import { aStage } from '../usecases/bot/stage.ts';
import { herald, type Outcome } from './herald.ts';

/** A command line of each command that asks GitLab something; null for those that use no token. */
const asking: Readonly<Record<CommandName, readonly string[] | null>> = {
  report: [],
  explain: [],
  inspect: null,
  convert: null,
  comment: ['{folder}/text.md', '--merge-request', '7'],
  status: ['--state', 'success', '--name', 'size'],
  label: ['--add', 'checked', '--merge-request', '7'],
  'track-release': ['v1', '--sentry-org', 'acme', '--sentry-projects', 'web'],
  setup: ['--bot-project', 'shop/till', '--watch', 'shop/till', '--plan', '--allow-insecure'],
  bot: ['--sweep'],
  serve: ['--projects', 'shop/**', '--listen', '127.0.0.1:0', '--spool', 'spool'],
  'release-notes': [],
  digest: [],
  search: ['projects', 'till'],
  doctor: ['--bot-project', 'shop/till', '--watch', 'shop/till'],
  config: null,
  completion: null,
  demo: null,
};

interface Job {
  readonly requests: readonly unknown[];
  run(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<Outcome>;
}

async function aJob(): Promise<Job> {
  const { gitlab } = await aStage();
  const folder = await mkdtemp(join(tmpdir(), 'herald-job-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'text.md'), 'Hello');
  const variables = {
    GITLAB_CI: 'true',
    CI_SERVER_URL: gitlab.url,
    CI_API_V4_URL: gitlab.apiUrl,
    CI_PROJECT_ID: '42',
    CI_PROJECT_PATH: 'shop/till',
    CI_PROJECT_URL: `${gitlab.url}/shop/till`,
    CI_PROJECT_DIR: folder,
    CI_PIPELINE_ID: '1',
    CI_PIPELINE_URL: `${gitlab.url}/shop/till/-/pipelines/1`,
    CI_JOB_ID: '2',
    CI_JOB_NAME: 'herald',
    CI_JOB_URL: `${gitlab.url}/shop/till/-/jobs/2`,
    CI_PIPELINE_SOURCE: 'push',
    CI_COMMIT_SHA: 'a'.repeat(40),
    CI_COMMIT_BRANCH: 'main',
    CI_DEFAULT_BRANCH: 'main',
    HERALD_TOKEN: 'bot-token',
    SENTRY_AUTH_TOKEN: 'sentry-token',
  };
  return {
    requests: gitlab.requests,
    run: ([command = '', ...args], others) =>
      herald(
        [
          command,
          '--server',
          gitlab.url,
          ...(command === 'track-release' ? ['--sentry-server', gitlab.url] : []),
          ...args.map((arg) => arg.replace('{folder}', folder)),
        ],
        { ...variables, ...others },
        null,
        folder,
      ),
  };
}

const commands = Object.entries(asking).flatMap(([name, args]) =>
  args === null ? [] : [[name, args] as const],
);

test('every command is looked at', () => {
  expect(Object.keys(asking).sort()).toEqual(Object.keys(commandLoaders).sort());
});

test.each(commands)('herald %s uses no token beside what could read it', async (name, args) => {
  const { run, requests } = await aJob();
  for (const [variable, value] of [
    ['NODE_OPTIONS', '--require=./read.cjs'],
    ['NODE_OPTIONS', '--max-old-space-size=4096 --require=./read.cjs'],
    ['NODE_OPTIONS', '--no-warnings --inspect=0.0.0.0'],
    ['NODE_OPTIONS', '--use-openssl-ca'],
    ['NODE_DEBUG', 'http'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
    ['LD_PRELOAD', '/tmp/read.so'],
  ] as const) {
    const { exitCode, stderr } = await run([name, ...args], { [variable]: value });
    expect(stderr).toContain(`${variable} is set in this job, and could run code beside the token`);
    expect(exitCode).toBe(2);
  }
  expect(requests).toEqual([]);
});

test.each(commands.filter(([name]) => name !== 'serve'))(
  'herald %s has nothing against options that load nothing',
  async (name, args) => {
    const { run, requests } = await aJob();
    const { stderr } = await run([name, ...args], {
      NODE_OPTIONS: '--max-old-space-size=4096 --no-warnings --dns-result-order=ipv4first',
    });
    expect(stderr).not.toContain('NODE_OPTIONS');
    expect(requests).not.toEqual([]);
  },
);
