import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allPages, partsOf, read } from '../guards/pages.ts';
import type { EmbeddedState } from '../support/gitlab/state/state.ts';
import { mergeRequestEvent } from '../usecases/bot/events.ts';
import { aBotProject, bot, canaries, maintainer } from './bot-project.ts';
import { aProject } from './fake-project.ts';
import { heraldScript, type Run, run } from './run-herald.ts';

/** A block of commands in a page, without what the page says that they print. */
interface Block {
  readonly where: string;
  readonly commands: string;
}

function commandsOf({ language, text }: { readonly language: string; readonly text: string }): string {
  if (language === 'sh') return text;
  const typed = text.split('\n').filter((line) => line.startsWith('$ '));
  return typed.map((line) => line.slice(2)).join('\n');
}

const blocks: readonly Block[] = allPages().flatMap((page) =>
  partsOf(read(page))
    .blocks.filter(({ language }) => language === 'sh' || language === 'console')
    .map((block) => ({ where: `${page}:${block.line}`, commands: commandsOf(block) })),
);

/** Blocks that run elsewhere or not at all, by their page or their command, and why. */
const notRunHere: readonly (readonly [RegExp, string])[] = [
  [/^README\.md:\d+ npm cit$/, 'it runs all tests, and so would run itself'],
  [/^docs\/guides\/install\.md:/, 'a test of its own follows the page from an empty folder'],
  [/^docs\/guides\/error-tracking\.md:/, 'it needs an error tracker; test/cli/track-release.test.ts has one'],
  [/^CONTRIBUTING\.md:\d+ npm ci\n/, 'CI runs them; they would replace what this test runs'],
];

const reasonNotToRun = ({ where, commands }: Block): string | undefined =>
  notRunHere.find(([block]) => block.test(`${where} ${commands.trim()}`))?.[1];

interface Place {
  readonly directory: string;
  readonly server: string;
  readonly botToken: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A checkout in a job of a merge request's pipeline, with reports in it. */
async function inAJob(): Promise<Place> {
  const { gitlab, directory, env, write } = await aProject();
  await write('summary.md', '# Deployed\n\nOn staging.\n');
  return { directory, server: gitlab.url, botToken: canaries.bot, env };
}

/** Two tags, and the release of the second one. */
function addRelease({ projects, branches, commits, tags, releases }: EmbeddedState): void {
  const at = projects.find(({ path_with_namespace: path }) => path === 'my-group/my-project')?.id ?? 0;
  const created = '2026-03-04T10:00:00Z';
  const [first, second] = ['1'.repeat(40), '2'.repeat(40)];
  commits.push(
    { project_id: at, id: first, parent_ids: [], title: 'Begin', created_at: created },
    { project_id: at, id: second, parent_ids: [first], title: 'feat: vouchers', created_at: created },
  );
  for (const [name, commit] of [
    ['v1.3.0', first],
    ['v1.4.0', second],
  ] as const)
    tags.push({ project_id: at, name, target: commit, commit });
  branches.push({ project_id: at, name: 'main', sha: second });
  releases.push({ project_id: at, tag_name: 'v1.4.0', name: 'v1.4.0', released_at: created });
}

/** The shell of a maintainer, outside of GitLab, who has a group with a project for the bot and some to watch. */
async function ofAMaintainer(isSetUp: boolean): Promise<Place> {
  const { gitlab, directory, state, setup } = await aBotProject(['my-group/my-project', 'my-group/shop']);
  for (const project of state.projects) {
    project.path_with_namespace = project.path_with_namespace.replace(bot.path, 'my-group/herald-bot');
    state.ci.members.push({ project_id: project.id, user_id: maintainer.id, access_level: 40 });
  }
  state.ci.groups.push({ id: 7, full_path: 'my-group' });
  addRelease(state);
  const facts = { scopes: ['api'], expires_at: null };
  state.tokens[0] = { value: canaries.maintainer, kind: 'personal', userId: maintainer.id, facts };
  for (const name of ['payload.json', 'event.json'])
    await writeFile(join(directory, name), JSON.stringify(mergeRequestEvent('open')));
  if (isSetUp) {
    state.ci.resourceGroups.push({ project_id: bot.id, key: 'herald-bot', process_mode: 'unordered' });
    const made = await setup(['--bot-project', 'my-group/herald-bot', '--group', 'my-group', '--bot']);
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
  }
  const botToken = state.accessTokens[0]?.value ?? canaries.bot;
  return { directory, server: gitlab.url, botToken, env: { HERALD_TOKEN: canaries.maintainer } };
}

const needsAJob =
  /^(?:make size \| )?(?:herald|node dist\/herald\.mjs) (?:comment|status|label|report|explain)\b/m;
const needsABot = /^herald doctor\b|--rotate|--remove/m;

/**
 * Runs the commands as a shell does, one after another, until one fails. The server is the embedded one, and the
 * tokens, which a page cannot know, are its own.
 */
async function runBlock({ commands }: Block): Promise<Run> {
  const place = needsAJob.test(commands) ? await inAJob() : await ofAMaintainer(needsABot.test(commands));
  const bin = join(place.directory, '.bin');
  await mkdir(bin);
  const programs = {
    herald: `exec '${process.execPath}' '${heraldScript}' "$@"`,
    make: 'echo "12 kB"',
  };
  for (const [name, body] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${body}\n`);
    await chmod(join(bin, name), 0o755);
  }
  const script = commands
    .replaceAll('node dist/herald.mjs', 'herald')
    .replaceAll('https://gitlab.example.com', place.server)
    .replaceAll(/^(export HERALD_BOT_TOKEN)=…/gm, `$1=${place.botToken}`)
    .replaceAll(/^(export HERALD_TOKEN)=…( +# the bot's)/gm, `$1=${place.botToken}$2`)
    .replaceAll(/^(export HERALD_TOKEN)=…/gm, `$1=${canaries.maintainer}`)
    // A token goes over http only where somebody says so.
    .replaceAll(/herald setup\b/g, 'herald setup --allow-insecure');
  return run('sh', ['-eu', '-c', script], {
    cwd: place.directory,
    env: { ...place.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
  });
}

describe('the commands in the pages', () => {
  const here = blocks.filter((block) => reasonNotToRun(block) === undefined);

  test('are found, and each reason not to run some is still needed', () => {
    expect(here.length).toBeGreaterThan(8);
    const used = new Set(blocks.map(reasonNotToRun));
    expect(notRunHere.filter(([, reason]) => !used.has(reason))).toEqual([]);
  });

  test.each(here.map((block) => [block.where, block] as const))('of %s run', async (_where, block) => {
    const { exitCode, stdout, stderr } = await runBlock(block);
    expect(exitCode, `${block.commands}\n${stdout}\n${stderr}`).toBe(0);
  });

  test('that do not exist fail', async () => {
    const block = { where: 'a page', commands: 'herald comment summary.md --kee deploy\nherald status' };
    expect(await runBlock(block)).toMatchObject({ exitCode: 2 });
  });
});
