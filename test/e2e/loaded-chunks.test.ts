import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { summaries } from '../../src/cli/summaries.ts';
import { startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { mergeRequestEvent } from '../usecases/bot/events.ts';
import { aStage } from '../usecases/bot/stage.ts';
import { emptyProject, token } from '../usecases/digest/history-stage.ts';
import { aProject } from './fake-project.ts';
import { heraldScript, run } from './run-herald.ts';

const recorder = fileURLToPath(new URL('record-loads.mjs', import.meta.url));
const fixtureAt = (path: string): string =>
  fileURLToPath(new URL(`../fixtures/reports/${path}`, import.meta.url));
const fixture = fixtureAt('junit/unescaped-markup.xml');
const jsonFixture = fixtureAt('eslint/errors-and-warnings.json');

/** What a report of a pipeline with failed jobs needs. */
const reporting = [
  'comment',
  'core',
  'formats',
  'gitlab',
  'globs',
  'help',
  'host',
  'options',
  'publish',
  'report',
  'traces',
  'trail',
  'transport',
];

/** What reads files without comparing them. */
const reading = [
  'command-options',
  'core',
  'flags',
  'formats',
  'globs',
  'help',
  'host',
  'inspect',
  'options',
];

interface Loaded {
  /** Names of the chunks beside herald.mjs, without `herald-` and suffix. */
  readonly chunks: readonly string[];
  /** Of these chunks and herald.mjs. */
  readonly kilobytes: number;
  /** The chunks before the first connection; all of them without one. */
  readonly atFirst: readonly string[];
}

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-loads-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the built script and sees what Node loads for it. */
async function loadedBy(
  args: readonly string[],
  where: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Loaded> {
  const folder = await aFolder();
  const loads = join(folder, 'loads');
  const { exitCode, stderr } = await run(process.execPath, ['--import', recorder, heraldScript, ...args], {
    cwd: where.cwd ?? folder,
    env: { ...where.env, HERALD_LOADS: loads },
  });
  expect(exitCode, stderr).toBe(0);
  const lines = (await readFile(loads, 'utf8')).trimEnd().split('\n');
  const names = lines.filter((line) => line !== 'connects');
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(dirname(heraldScript), name))).size),
  );
  const chunksOf = (loaded: readonly string[]): readonly string[] =>
    loaded
      .filter((name) => name !== 'herald.mjs')
      .map((name) => name.replace(/^herald-|\.mjs$/g, ''))
      .sort();
  const before = lines.indexOf('connects');
  return {
    chunks: chunksOf(names),
    atFirst: chunksOf(before === -1 ? names : lines.slice(0, before)),
    kilobytes: Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1000),
  };
}

/** A budget is what was measured when it was written down, and a twentieth: who needs more raises it, and says why. */
async function expectLoads(
  loaded: Promise<Loaded>,
  chunks: readonly string[],
  budget: number,
): Promise<void> {
  const { kilobytes, ...rest } = await loaded;
  expect(rest.chunks).toEqual(chunks);
  expect(kilobytes).toBeLessThanOrEqual(budget);
}

describe('what a command loads', () => {
  test.each<[line: string, chunks: readonly string[], budget: number]>([
    ['--version', [], 2],
    ['--help', ['help'], 7],
    [
      'config schema',
      [
        'command-options',
        'comment',
        'config',
        'core',
        'flags',
        'formats',
        'globs',
        'help',
        'host',
        'markdown',
        'options',
        'publish',
        'report',
        'rules',
        'trail',
      ],
      1350,
    ],
    [`inspect ${fixture}`, reading, 650],
    [`inspect ${jsonFixture}`, [...reading, 'json-formats'].sort(), 785],
    [`convert --to=junit ${fixture}`, reading, 650],
    [
      'demo',
      [
        'command-options',
        'comment',
        'core',
        'demo',
        'formats',
        'gitlab',
        'globs',
        'help',
        'host',
        'options',
        'publish',
        'report',
        'traces',
        'trail',
        'transport',
      ],
      1220,
    ],
  ])('%s', async (line, chunks, budget) => {
    await expectLoads(loadedBy(line.split(' ')), chunks, budget);
  });

  test.each(Object.keys(summaries))('help of %s: nothing but the help', async (command) => {
    await expectLoads(loadedBy([command, '--help']), ['help', 'help-pages'], 80);
  });

  test('report: no bot, setup, demo, German', async () => {
    const { directory, env } = await aProject();
    await expectLoads(loadedBy(['report'], { cwd: directory, env }), reporting, 1160);
  });

  test('report in German: the same and its words', async () => {
    const { directory, env } = await aProject();
    const german = { ...env, HERALD_LANGUAGE: 'de' };
    const chunks = [...reporting, 'german'].sort();
    await expectLoads(loadedBy(['report'], { cwd: directory, env: german }), chunks, 1195);
  });

  test('comment, status and label: no report, no formats, no bot', async () => {
    const { directory, env } = await aProject();
    const chunks = [
      'command-options',
      'comment',
      'core',
      'gitlab',
      'globs',
      'help',
      'host',
      'options',
      'publish',
      'scripts',
      'transport',
    ];
    await expectLoads(loadedBy(['label', '--add=ready'], { cwd: directory, env }), chunks, 660);
  });

  const digesting = [
    'bot-writes',
    'command-options',
    'comment',
    'core',
    'digest',
    'gitlab',
    'gitlab-history',
    'globs',
    'help',
    'host',
    'metrics',
    'options',
    'publish',
    'trail',
    'transport',
  ];

  test.each<[language: string, more: readonly string[], budget: number]>([
    ['en', [], 1000],
    ['de', ['german', 'german-digest'], 1055],
  ])('digest in %s: no report, formats, bot', async (language, more, budget) => {
    const gitlab = await startEmbeddedGitLab({ state: emptyProject() });
    onTestFinished(() => gitlab.stop());
    const args = ['digest', `--server=${gitlab.url}`, '--project=shop/till', `--language=${language}`];
    const loaded = loadedBy(args, { env: { HERALD_TOKEN: token } });
    await expectLoads(loaded, [...digesting, ...more].sort(), budget);
  });

  test('bot: no report, formats, traces, HTML', async () => {
    const { gitlab } = await aStage(
      'bot: { rules: [{ name: mark, on: merge_request.opened, do: [{ label: new }] }] }',
    );
    const cwd = await aFolder();
    await writeFile(join(cwd, 'payload.json'), JSON.stringify(mergeRequestEvent('open')));
    const env = {
      CI_API_V4_URL: gitlab.apiUrl,
      CI_SERVER_URL: gitlab.url,
      CI_PROJECT_ID: '42',
      HERALD_TOKEN: 'bot-token',
    };
    const args = ['bot', `--server=${gitlab.url}`, '--payload=payload.json'];
    const chunks = [
      'bot',
      'bot-writes',
      'comment',
      'core',
      'gitlab',
      'globs',
      'help',
      'host',
      'markdown',
      'options',
      'publish',
      'rules',
      'trail',
      'transport',
      'yaml',
    ];
    const loaded = await loadedBy(args, { cwd, env });
    expect(loaded.atFirst).toEqual(['core', 'transport']);
    await expectLoads(Promise.resolve(loaded), chunks, 1165);
  });
});

test('dist/ has few chunks, and each has a name that says what is in it', async () => {
  const names = (await readdir(dirname(heraldScript))).filter((name) => name.endsWith('.mjs'));
  expect(names.length).toBeLessThanOrEqual(44);
  for (const name of names) expect(name).toMatch(/^herald(?:-[a-z]+){0,2}\.mjs$/);
});
