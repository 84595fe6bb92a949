import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { ComponentProject, PackageFile } from '../../src/model/install.ts';
import { describeInstallChange } from '../../src/setup/install-change.ts';
import {
  coversTag,
  fileActions,
  type InstallGoal,
  type InstallStanding,
  isForeign,
  newerVersion,
  planInstall,
  releaseConfig,
} from '../../src/setup/plan-install.ts';
import { temporaryFolder } from '../io/temporary-folder.ts';

/** git's own id of a content, asked of git. */
function gitBlob(content: Uint8Array, cwd = '.'): string {
  return execFileSync('git', ['hash-object', '--stdin'], { cwd, input: content, encoding: 'utf8' }).trim();
}

const file = (path: string, content: string | Uint8Array): PackageFile => ({
  path,
  content: Buffer.from(content),
});
const template = file('templates/report/template.yml', 'spec:\n');
const script = file('dist/herald.mjs', new Uint8Array([0, 255, 13, 10]));

const project: ComponentProject = {
  id: 5,
  path: 'shop/herald',
  url: 'https://gitlab.example.com/shop/herald',
  defaultBranch: 'main',
  description: 'What it is.',
  ciConfigPath: releaseConfig,
  archived: false,
};
const goal: InstallGoal = {
  group: { id: 7, path: 'shop', visibility: 'private' },
  herald: { version: '1.2.0', description: 'What it is.', files: [template, script] },
  catalog: true,
};
/** Everything as `--install` leaves it. */
const done: InstallStanding = {
  project,
  files: [template, script].map(({ path, content }) => ({ path, blob: gitBlob(content) })),
  tags: ['1.2.0'],
  protectedTags: ['*'],
  allowedGroups: [7],
  catalog: 'listed',
  isReleased: true,
};
const empty: InstallStanding = {
  project: null,
  files: [],
  tags: [],
  protectedTags: [],
  allowedGroups: null,
  catalog: 'unknown',
  isReleased: false,
};

const kinds = (standing: InstallStanding, of: InstallGoal = goal): readonly string[] =>
  planInstall(standing, of).changes.map((change) => change.do);

describe('the plan of an installation', () => {
  test('a new project gets everything, and the tag last', () => {
    expect(kinds(empty)).toEqual([
      'make-project',
      'allow-group',
      'protect-tags',
      'push-files',
      'list-in-catalog',
      'make-tag',
    ]);
  });

  test('what is as wanted needs nothing, and nobody needs to know anything', () => {
    expect(planInstall(done, goal)).toEqual({ changes: [], advice: [] });
  });

  test.each<[string, Partial<InstallStanding>, readonly string[]]>([
    ['a missing rule about tags', { protectedTags: ['v*'] }, ['protect-tags']],
    ['a rule that covers the version', { protectedTags: ['1.*'] }, []],
    ['no group on the list', { allowedGroups: [8] }, ['allow-group']],
    ['a GitLab without such a list', { allowedGroups: null }, []],
    ['not in the catalog', { catalog: 'unlisted' }, ['list-in-catalog']],
    ['a missing tag, after an interrupted run', { tags: [] }, ['make-tag']],
    ['files of an older version', { tags: ['1.1.0'], files: [] }, ['push-files', 'make-tag']],
    ['files that somebody changed after the tag', { files: [] }, []],
    ['another CI configuration', { project: { ...project, ciConfigPath: '' } }, ['change-project']],
    ['a description of its own', { project: { ...project, description: 'Ours.' } }, []],
    ['no description', { project: { ...project, description: '' } }, ['change-project']],
  ])('%s', (_name, differs, expected) => {
    expect(kinds({ ...done, ...differs })).toEqual(expected);
  });

  test('a description that people wrote stays when the CI configuration changes', () => {
    const { changes } = planInstall(
      { ...done, project: { ...project, description: 'Ours.', ciConfigPath: '' } },
      goal,
    );
    expect(changes).toMatchObject([
      {
        set: { description: 'Ours.', ciConfigPath: releaseConfig },
        differences: [{ name: 'CI configuration' }],
      },
    ]);
  });

  test('--no-catalog neither lists the project nor talks of the catalog', () => {
    const without = { ...goal, catalog: false };
    expect(kinds({ ...done, catalog: 'unlisted' }, without)).toEqual([]);
    expect(planInstall({ ...done, catalog: 'unknown' }, without).advice).toEqual([]);
    expect(kinds(empty, without)).not.toContain('list-in-catalog');
  });

  test('a GitLab without a catalog is said, and fails nothing', () => {
    const { changes, advice } = planInstall({ ...done, catalog: 'unknown' }, goal);
    expect(changes).toEqual([]);
    expect(advice.join()).toContain('no CI/CD Catalog');
  });

  test('a tag whose pipeline made no release is said, never passed over', () => {
    const { advice } = planInstall({ ...done, isReleased: false }, goal);
    expect(advice.join()).toContain('has not made its release yet');
  });

  test('a project of a public or internal group needs no list of groups', () => {
    const group = { ...goal.group, visibility: 'internal' };
    expect(kinds({ ...done, allowedGroups: [] }, { ...goal, group })).toEqual([]);
  });
});

describe('the files of a version', () => {
  test('only what differs by git’s own ids is pushed', () => {
    const found = [
      { path: template.path, blob: gitBlob(template.content) },
      { path: script.path, blob: gitBlob(Buffer.from('older')) },
      { path: 'dist/gone.mjs', blob: gitBlob(Buffer.from('x')) },
      { path: 'CODEOWNERS', blob: gitBlob(Buffer.from('ours')) },
      { path: 'templates/ours/template.yml', blob: gitBlob(Buffer.from('ours')) },
    ];
    const fresh = file('README.md', 'read me');
    expect(fileActions([template, script, fresh], found)).toEqual([
      { action: 'update', file: script },
      { action: 'create', file: fresh },
      { action: 'delete', path: 'dist/gone.mjs' },
    ]);
  });

  test('a repository with SHA-256 is compared with SHA-256', () => {
    const cwd = temporaryFolder();
    execFileSync('git', ['init', '--quiet', '--object-format=sha256'], { cwd });
    const blob = gitBlob(template.content, cwd);
    expect(blob).toHaveLength(64);
    expect(fileActions([template], [{ path: template.path, blob }])).toEqual([]);
  });

  test('a plan counts them', () => {
    const line = describeInstallChange({
      do: 'push-files',
      branch: 'main',
      version: '1.2.0',
      actions: fileActions([template, script], [{ path: 'docs/old.md', blob: 'x' }]),
    });
    expect(line.text).toBe('version 1.2.0 on the branch main: 3 files (2 new, 1 deleted), 0.0 MB');
  });

  test.each([
    [[], false],
    [['README.md'], true],
    [['README.md', 'templates/report/template.yml'], false],
  ])('a repository with %j is foreign: %s', (paths, expected) => {
    expect(isForeign(paths.map((path) => ({ path, blob: 'x' })))).toBe(expected);
  });
});

describe('tags', () => {
  test.each([
    ['*', '1.2.0', true],
    ['1.2.0', '1.2.0', true],
    ['1.*', '1.2.0', true],
    ['*.0', '1.2.0', true],
    ['1.*.0', '1.2.0', true],
    ['1*2*0', '1.2.0', true],
    ['v*', '1.2.0', false],
    ['1.2', '1.2.0', false],
    ['1.2.0*0', '1.2.0', false],
    ['', '1.2.0', false],
  ])('the rule %j covers %s: %s', (rule, tag, expected) => {
    expect(coversTag(rule, tag)).toBe(expected);
  });

  test.each([
    [['1.1.9', '1.2.0'], null],
    [['1.2.1'], '1.2.1'],
    [['1.10.0'], '1.10.0'],
    [['2.0.0', '0.9.0'], '2.0.0'],
    [['2.0.0-rc.1', 'v3', 'latest'], null],
  ])('of %j, newer than 1.2.0 is %j', (tags, expected) => {
    expect(newerVersion(tags, '1.2.0')).toBe(expected);
  });
});
