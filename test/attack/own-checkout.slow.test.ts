/** The checkout of a job is what its author pushed, `.herald.yml` with it. The command line is somebody else's. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandLoaders } from '../../src/cli/commands.ts';
import { commandsWithFile } from '../../src/cli/config.ts';
import { type OptionRow, optionRows } from '../../src/config/option-row.ts';
import { optionsByCommand } from '../../src/config/options.ts';
import { demoVariables } from '../../src/demo/scenario.ts';
import { herald, type Outcome } from '../cli/herald.ts';
import { startEmbeddedGitLab } from '../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../support/gitlab/state/of-demo.ts';
import { sentryToken, startEmbeddedSentry } from '../support/sentry/embedded-sentry.ts';

const junit =
  '<testsuite name="s"><testcase classname="A" name="b"><failure message="no"/></testcase></testsuite>';

/** Command lines as a script has them: what is not said there is to come from GitLab's variables. */
const lines = {
  explain: ['explain'],
  report: ['report'],
  convert: ['convert', 'junit.xml', '--to', 'junit'],
  comment: ['comment'],
  status: ['status', '--state', 'failed'],
  label: ['label', '--add', 'checked'],
  'track-release': ['track-release', '1.0', '--commits', 'none'],
} as const;
type Command = keyof typeof lines;

interface Run extends Outcome {
  /** What was written to GitLab, without numbers that GitLab gave. */
  readonly writes: readonly string[];
  readonly bodies: string;
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

interface Place {
  readonly folder: string;
  readonly outside: string;
}

async function aPlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'herald-checkout-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const [folder, outside] = [join(root, 'project'), join(root, 'runner')];
  await mkdir(folder);
  await mkdir(outside);
  await writeFile(join(folder, 'junit.xml'), junit);
  await writeFile(join(outside, 'kubeconfig'), 'OUTSIDE-CANARY');
  return { folder, outside };
}

async function textsUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => `${file}\n${await readFile(file, 'utf8')}`));
}

async function runIn({ folder, outside }: Place, command: Command): Promise<Run> {
  const state = stateOfDemo(new Date());
  const [mergeRequest] = state.mergeRequests;
  if (mergeRequest !== undefined)
    state.mergeRequests.push({ ...mergeRequest, iid: 99, notes: [], labels: [] });
  const gitlab = await startEmbeddedGitLab({ state, askedByHand: true });
  const sentry = await startEmbeddedSentry();
  onTestFinished(() => gitlab.stop());
  onTestFinished(() => sentry.stop());
  const tracker = ['--sentry-server', sentry.url, '--sentry-org', 'acme', '--sentry-projects', 'web'];
  const line = lines[command].map((word) => (word === 'junit.xml' ? join(folder, word) : word));
  const outcome = await herald(
    [...line, ...(command === 'track-release' ? tracker : [])],
    { ...demoVariables('first', gitlab.url, folder), SENTRY_AUTH_TOKEN: sentryToken },
    Readable.from([Buffer.from('what a script says')]),
    folder,
  );
  const written = gitlab.requests.filter(({ method }) => method !== 'GET');
  return {
    ...outcome,
    writes: written.map(({ method, path, body }) =>
      JSON.stringify([
        method,
        path.replace(/\/(notes|discussions)\/.*$/, '/$1/:id'),
        ...['name', 'state', 'add_labels', 'remove_labels', 'target_url'].map((name) => body[name] ?? null),
      ]).replaceAll(gitlab.url, ''),
    ),
    bodies: JSON.stringify(written.map(({ body }) => body)),
    inside: await textsUnder(folder),
    outside: await textsUnder(outside),
  };
}

/** What an attacker would like an option to be. */
function valuesOf({ type, choices }: OptionRow, outside: string): readonly unknown[] {
  const words = [
    ...(choices ?? []),
    join(outside, 'kubeconfig'),
    '../runner/kubeconfig',
    join(outside, 'made'),
    '../runner/made',
    'shop/victim',
    '99',
    'f'.repeat(40),
    '/proc/self/environ',
  ];
  switch (type) {
    case 'boolean':
      return [true, false];
    case 'number':
      return [1, 99];
    case 'array':
      return words.map((word) => [word]);
    case 'table':
      return [];
    case 'string':
      return words;
  }
}

const isWhole = process.env['ATTACK_STRINGS'] !== undefined;

/** Runs with reports take longer, and what they read is attacked elsewhere, too: of their values some. */
function tried(command: Command, values: readonly unknown[]): readonly unknown[] {
  const isLong = command === 'report' || command === 'explain';
  return isLong && !isWhole ? values.slice(-9).filter((_value, at) => at % 4 === 0) : values;
}

test('every command that reads the file is attacked', () => {
  expect(Object.keys(lines).sort()).toEqual([...commandsWithFile].sort());
});

describe.each(Object.keys(lines) as Command[])('the .herald.yml of a branch, beside herald %s', (command) => {
  test.each(
    optionRows(optionsByCommand[command])
      .filter(({ type }) => type !== 'table')
      .map((row) => [row.name, row] as const),
  )('moves no write, reads and writes nothing outside of the project: %s', async (_name, row) => {
    const place = await aPlace();
    const plain = await runIn(place, command);
    const mine = new Set(plain.writes);
    for (const value of tried(command, valuesOf(row, place.outside))) {
      await writeFile(join(place.folder, '.herald.yml'), JSON.stringify({ [row.name]: value }));
      const run = await runIn(place, command);
      const about = `${row.name}: ${JSON.stringify(value)}: ${run.exitCode} ${run.stderr.slice(0, 300)}`;
      const told = [run.bodies, run.stdout, run.stderr, ...run.inside].join('\n');
      expect(told, about).not.toContain('OUTSIDE-CANARY');
      expect(told, about).not.toContain('HERALD_TOKEN=');
      expect(run.outside, about).toEqual(plain.outside);
      // What a report writes, the file may say; a script says it itself.
      if (command !== 'report')
        expect(
          run.writes.filter((write) => !mine.has(write)),
          about,
        ).toEqual([]);
      for (const write of run.writes)
        expect(write, about).not.toMatch(/^.[^,]*,"[^"]*(?:victim|\/99\/|f{40})/);
      expect(run.stderr, about).not.toContain('bug in Herald');
    }
  });
});

/** `config` is about the file, and release notes take from it how they are divided. */
const aboutFile: readonly string[] = ['config', 'release-notes'];

test.each(
  Object.keys(commandLoaders).filter((name) => !commandsWithFile.has(name) && !aboutFile.includes(name)),
)('herald %s does not look at the .herald.yml of the folder that it runs in', async (command) => {
  const { folder } = await aPlace();
  await writeFile(join(folder, '.herald.yml'), 'bot-project: shop/victim\nserver: https://evil.example\n: [');
  const { stderr } = await herald([command], { HERALD_TOKEN: 'glpat-CANARYcanary0123456789' }, null, folder);
  expect(stderr).not.toMatch(/\.herald\.yml|victim|evil/);
});
