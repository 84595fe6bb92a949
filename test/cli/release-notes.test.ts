import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { aStage, type Stage } from '../usecases/bot/stage.ts';
import { Workshop } from '../usecases/releases/workshop.ts';
import { herald, type Outcome } from './herald.ts';

interface Shop {
  readonly stage: Stage;
  readonly folder: string;
  notes(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Outcome>;
}

async function aShop(): Promise<Shop> {
  const stage = await aStage();
  const shop = new Workshop(stage);
  shop.tag('v1.3.0');
  shop.issue(50, 'The drawer sticks');
  shop.merge({ title: 'fix: oil the drawer', description: 'Closes #50' });
  shop.release('v1.4.0', 'Our best one.');
  shop.merge({ title: 'feat: next' });
  const folder = await mkdtemp(join(tmpdir(), 'herald-release-notes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return {
    stage,
    folder,
    notes: (args, env = {}) =>
      herald(
        ['release-notes', '--server', stage.gitlab.url, '--max-wait', '1', ...args],
        { HERALD_TOKEN: 'bot-token', ...env },
        null,
        folder,
      ),
  };
}

const project = ['--project', 'shop/till'];

describe('herald release-notes', () => {
  test('prints what a release brought, and writes nothing', async () => {
    const { stage, notes } = await aShop();
    const { exitCode, stdout, stderr } = await notes(['v1.4.0', ...project]);
    expect([exitCode, stdout.includes('### Fixes'), stdout.includes('next')]).toEqual([0, true, false]);
    expect(stderr).toContain('since v1.3.0: 1 merge request, 1 issue');
    expect(stage.deeds()).toEqual([]);
  });

  test('without a tag, what is not released yet; in the job of a tag, that tag', async () => {
    const { notes, stage } = await aShop();
    expect((await notes(project)).stdout).toContain('next');
    const job = {
      GITLAB_CI: 'true',
      CI_PROJECT_ID: '42',
      CI_COMMIT_TAG: 'v1.4.0',
      CI_SERVER_URL: stage.gitlab.url,
    };
    const { stdout } = await notes([], job);
    expect([stdout.includes('next'), stdout.includes('oil the drawer')]).toEqual([false, true]);
  });

  test('writes a file by the sections of the configuration', async () => {
    const { folder, notes } = await aShop();
    const file = 'trail: { releases: { sections: [{ title: Mended, types: [fix] }] } }';
    await writeFile(join(folder, '.herald.yml'), file);
    const { exitCode, stdout } = await notes(['v1.4.0', ...project, '--to', 'file']);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(await readFile(join(folder, 'herald-release-notes.md'), 'utf8')).toContain('### Mended');
  });

  test('writes to the release and tells what is shipped, once; a dry run only says so', async () => {
    const { stage, notes } = await aShop();
    const wanted = ['v1.4.0', ...project, '--to', 'release', '--mark-shipped', '--shipped-labels', 'shipped'];
    const dry = await notes([...wanted, '--dry-run']);
    expect(dry.stdout).toContain('write the release notes of v1.4.0');
    expect(stage.deeds()).toEqual([]);
    expect((await notes(wanted)).exitCode).toBe(0);
    expect(stage.deeds()).toHaveLength(5);
    expect((await notes(wanted)).exitCode).toBe(0);
    expect(stage.deeds()).toEqual([]);
  });

  test.each<[string, readonly string[], string]>([
    ['no such tag', ['v9', ...project], 'shop/till has no tag "v9"'],
    ['no project', ['v1.4.0'], 'no project is named'],
    ['two tags', ['v1', 'v2', ...project], 'takes one tag'],
    ['what is not released has no release', [...project, '--to', 'release'], 'has no release'],
    [
      'no such milestone',
      ['v1.4.0', ...project, '--mark-shipped', '--shipped-milestone', 'none'],
      'no active milestone "none" found',
    ],
  ])('%s is wrong usage', async (_what, args, message) => {
    const { stage, notes } = await aShop();
    const { exitCode, stderr } = await notes(args);
    expect([exitCode, stderr.includes(message)]).toEqual([exitCodes.usage, true]);
    expect(stage.deeds()).toEqual([]);
  });

  test('a tag without a release is a refusal', async () => {
    const { stage, notes } = await aShop();
    stage.state.releases.length = 0;
    const { exitCode, stderr } = await notes(['v1.4.0', ...project, '--to', 'release']);
    expect([exitCode, stderr.includes('has no release')]).toEqual([exitCodes.refused, true]);
  });

  test('issues of other projects are not marked, and the log says so once', async () => {
    const { stage, notes } = await aShop();
    const [one] = stage.state.mergeRequests.filter(({ iid }) => iid > 100);
    if (one !== undefined) one.description = 'Closes shop/other#12, shop/other#13 and #50';
    const { stderr } = await notes(['v1.4.0', ...project, '--mark-shipped', '--dry-run']);
    expect(stderr.match(/issues of other projects/g)).toHaveLength(1);
    expect(stderr).toContain('issues of other projects are not marked: shop/other#12 and 1 more');
    const { stderr: ofOwn } = await notes(['v1.3.0', ...project, '--mark-shipped', '--dry-run']);
    expect(ofOwn).not.toContain('other projects');
  });

  test('--create makes the release of a tag once, and then writes to it', async () => {
    const { stage, notes } = await aShop();
    stage.state.releases.length = 0;
    const wanted = ['v1.4.0', ...project, '--create'];
    const dry = await notes([...wanted, '--dry-run']);
    expect([dry.stdout, stage.state.releases]).toEqual([
      'would herald release-notes: write the release notes of v1.4.0 in project 42, and make the release where there is none\n',
      [],
    ]);
    const { exitCode, stdout } = await notes(wanted);
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stage.state.releases).toMatchObject([{ tag_name: 'v1.4.0', name: 'v1.4.0' }]);
    expect(stage.state.releases[0]?.description).toContain('### Fixes');
    // Somebody writes above, and another merge request gets the label of a fix: the second run edits.
    const [release] = stage.state.releases;
    if (release !== undefined) release.description = `Enjoy!\n\n${release.description ?? ''}`;
    for (const one of stage.state.mergeRequests) if (one.iid > 100) one.title = 'feat: oil the drawer';
    expect((await notes(wanted)).exitCode).toBe(0);
    expect(stage.state.releases).toHaveLength(1);
    expect(stage.state.releases[0]?.description).toMatch(/^Enjoy!\n\n<!--[^]*### Features/);
    stage.deeds();
    expect((await notes(wanted)).exitCode).toBe(0);
    expect(stage.deeds()).toEqual([]);
  });

  test('two runs at a time make one release', async () => {
    const { stage, notes } = await aShop();
    stage.state.releases.length = 0;
    const runs = await Promise.all([1, 2, 3].map(() => notes(['v1.4.0', ...project, '--create'])));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(stage.state.releases).toHaveLength(1);
    const asked = stage.gitlab.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/releases'),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test.each([['v9'], ['main']])('--create makes no tag: %s', async (tag) => {
    const { stage, notes } = await aShop();
    const { exitCode, stderr } = await notes([tag, ...project, '--create']);
    expect([exitCode, stderr]).toEqual([exitCodes.usage, expect.stringContaining('has no tag')]);
    expect(stage.deeds()).toEqual([]);
    expect(stage.state.releases).toHaveLength(1);
  });

  test('in a job the command line alone says what is written', async () => {
    const { stage, notes } = await aShop();
    const job = { GITLAB_CI: 'true', CI_PROJECT_ID: '42', CI_SERVER_URL: stage.gitlab.url };
    const { stderr } = await notes(['v1.4.0'], { ...job, HERALD_TO: 'release', HERALD_MARK_SHIPPED: 'true' });
    expect(stderr).toContain('HERALD_TO is ignored');
    expect(stage.deeds()).toEqual([]);
  });
});
