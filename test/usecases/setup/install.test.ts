import { describe, expect, onTestFinished, test } from 'vitest';
import { connectGitLab } from '../../../src/gitlab/rest.ts';
import type { HeraldPackage } from '../../../src/model/install.ts';
import { type InstallWishes, install } from '../../../src/usecases/setup/install.ts';
import type { SetupOutcome } from '../../../src/usecases/setup/wishes.ts';
import { aClock, aLog } from '../../gitlab/connect-for-test.ts';
import { canaries, maintainer } from '../../setup/bot-project-state.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../support/gitlab/embedded-gitlab.ts';
import { emptyState } from '../../support/gitlab/state/state.ts';

function herald(version: string, files: Readonly<Record<string, string>>): HeraldPackage {
  const all = { 'templates/report/template.yml': 'spec:\n', 'README.md': `Herald ${version}`, ...files };
  return {
    version,
    description: 'What Herald is.',
    files: Object.entries(all).map(([path, content]) => ({ path, content: Buffer.from(content) })),
  };
}

const first = herald('1.0.0', { 'dist/a.mjs': 'a', 'dist/gone.mjs': 'gone' });
const second = herald('1.1.0', { 'dist/a.mjs': 'b' });

interface Stage {
  readonly gitlab: EmbeddedGitLab;
  run(wishes?: Partial<InstallWishes>): Promise<SetupOutcome>;
  writes(): readonly string[];
}

async function aStage(options: Partial<EmbeddedOptions> = {}): Promise<Stage> {
  const state = emptyState();
  state.users.push(maintainer);
  state.tokens.push({ value: canaries.maintainer, kind: 'personal', userId: maintainer.id });
  state.ci.groups.push({ id: 7, full_path: 'shop/tools', visibility: 'private' });
  const gitlab = await startEmbeddedGitLab({ state, ...options });
  onTestFinished(() => gitlab.stop());
  let seen = 0;
  const clock = aClock(new Date().toISOString());
  const log = aLog();
  return {
    gitlab,
    run: (wishes = {}) =>
      install(
        { group: 'shop/tools', name: 'herald', planOnly: false, catalog: true, herald: first, ...wishes },
        {
          gitlab: connectGitLab({
            apiUrl: gitlab.apiUrl,
            token: { kind: 'bot', value: canaries.maintainer, variable: 'HERALD_TOKEN' },
            log,
            clock,
            audit: () => undefined,
            caFile: null,
            variables: {},
          }),
          clock,
          log,
        },
      ),
    writes() {
      const fresh = gitlab.requests.slice(seen);
      seen = gitlab.requests.length;
      return fresh.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
    },
  };
}

const contentOf = ({ gitlab }: Stage): Readonly<Record<string, string>> =>
  Object.fromEntries(gitlab.state.files.map(({ path, content }) => [path, Buffer.from(content).toString()]));

describe('herald setup --install', () => {
  test('makes the project, its files, the rule about tags, the catalog entry and the tag of that commit', async () => {
    const stage = await aStage();
    const outcome = await stage.run();
    expect(outcome).toMatchObject({ path: 'shop/tools/herald', done: 6, refusal: null });
    const { state } = stage.gitlab;
    expect(state.projects).toMatchObject([
      {
        path_with_namespace: 'shop/tools/herald',
        visibility: 'private',
        description: 'What Herald is.',
        ci_config_path: '.gitlab/release.gitlab-ci.yml',
        is_catalog_resource: true,
      },
    ]);
    expect(contentOf(stage)).toEqual({
      'templates/report/template.yml': 'spec:\n',
      'README.md': 'Herald 1.0.0',
      'dist/a.mjs': 'a',
      'dist/gone.mjs': 'gone',
    });
    expect(state.ci.protectedTags).toMatchObject([{ name: '*', create_access_level: 40 }]);
    expect(state.ci.allowedGroups).toMatchObject([{ group_id: 7 }]);
    expect(state.tags).toMatchObject([{ name: '1.0.0', commit: state.commits[0]?.id }]);
  });

  test('a second run writes nothing, and says that the release is not there yet', async () => {
    const stage = await aStage();
    await stage.run();
    stage.writes();
    const outcome = await stage.run();
    expect(stage.writes()).toEqual([]);
    expect(outcome.changes).toEqual([]);
    expect(outcome.advice.join()).toContain('has not made its release yet');
  });

  test('--plan shows all and writes nothing', async () => {
    const stage = await aStage();
    const { changes, done } = await stage.run({ planOnly: true });
    expect(changes).toHaveLength(6);
    expect(done).toBe(0);
    expect(stage.writes()).toEqual([]);
  });

  test('a newer version pushes what differs, and tags it; files of people stay', async () => {
    const stage = await aStage();
    await stage.run();
    const { state } = stage.gitlab;
    const id = state.projects[0]?.id ?? 0;
    state.files.push({ project_id: id, ref: 'main', path: 'CODEOWNERS', content: '* @ada' });
    stage.writes();
    await stage.run({ herald: second });
    expect(stage.writes()).toEqual([
      `POST /projects/${id}/repository/commits`,
      `POST /projects/${id}/repository/tags`,
    ]);
    expect(contentOf(stage)).toEqual({
      'templates/report/template.yml': 'spec:\n',
      'README.md': 'Herald 1.1.0',
      'dist/a.mjs': 'b',
      CODEOWNERS: '* @ada',
    });
    expect(state.tags.map(({ name }) => name)).toEqual(['1.0.0', '1.1.0']);
  });

  test('an older version never goes over a newer one', async () => {
    const stage = await aStage();
    await stage.run({ herald: second });
    stage.writes();
    await expect(stage.run({ herald: first })).rejects.toThrow('has the newer version 1.1.0; this is 1.0.0');
    expect(stage.writes()).toEqual([]);
  });

  test('a project that holds something else stays as it is', async () => {
    const stage = await aStage();
    const { state } = stage.gitlab;
    state.projects.push({ id: 3, path_with_namespace: 'shop/tools/herald', default_branch: 'main' });
    state.files.push({ project_id: 3, ref: 'main', path: 'main.go', content: 'package main' });
    await expect(stage.run()).rejects.toThrow('holds something else than Herald');
    expect(stage.writes()).toEqual([]);
  });

  test('GitLab 16 has no catalog: the rest is made, and it is said', async () => {
    const stage = await aStage();
    stage.gitlab.state.version = '16.11.0';
    const outcome = await stage.run();
    expect(outcome.refusal).toBeNull();
    expect(stage.gitlab.state.tags).toMatchObject([{ name: '1.0.0' }]);
    expect((await stage.run()).advice.join()).toContain('no CI/CD Catalog');
  });

  test('a GitLab without a list of groups needs none', async () => {
    const stage = await aStage();
    stage.gitlab.state.ci.allowedGroups = null;
    expect((await stage.run()).refusal).toBeNull();
  });

  test('who is no owner is told how to go on, before there is a tag; --no-catalog goes on', async () => {
    const stage = await aStage();
    const { state } = stage.gitlab;
    state.ci.groupOwners = new Set();
    const { refusal, done } = await stage.run();
    expect(refusal?.message).toContain('did not add the project to the catalog');
    expect(refusal?.hint).toContain('An owner of the project can do it');
    expect(done).toBe(4);
    expect(state.tags).toEqual([]);
    expect((await stage.run({ catalog: false })).refusal).toBeNull();
    expect(state.tags).toMatchObject([{ name: '1.0.0' }]);
  });

  test.each([1, 2, 3, 4, 5, 6])('the next run goes on where write %i broke off', async (broken) => {
    let writes = 0;
    const stage = await aStage({
      beforeRequest: ({ method }) => {
        if (method !== 'GET') writes += 1;
        return method !== 'GET' && writes === broken ? 'reset-after' : undefined;
      },
    });
    await expect(stage.run()).rejects.toThrow();
    expect((await stage.run()).refusal).toBeNull();
    const { state } = stage.gitlab;
    expect(state.projects).toHaveLength(1);
    expect(state.commits).toHaveLength(1);
    expect(state.tags).toMatchObject([{ name: '1.0.0', commit: state.commits[0]?.id }]);
    expect(state.ci.protectedTags).toHaveLength(1);
    expect(state.projects[0]?.is_catalog_resource).toBe(true);
  });

  test.each([
    ['shop/tools', '../x'],
    ['shop tools', 'herald'],
    ['', 'herald'],
  ])('no path of a project: %j with %j', async (group, name) => {
    const stage = await aStage();
    await expect(stage.run({ group, name })).rejects.toThrow('no path of a project');
  });

  test('a group that does not exist is named', async () => {
    const stage = await aStage();
    await expect(stage.run({ group: 'none' })).rejects.toThrow('no group none that this token sees');
  });
});
