import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { exitCodes, type HeraldError } from '../../src/errors.ts';
import { fileAt } from '../../src/io/files.ts';
import { aLog } from '../gitlab/connect-for-test.ts';
import { aHost } from './a-host.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herald-preview-'));
  await writeFile(
    join(folder, 'junit.xml'),
    '<testsuite name="s"><testcase classname="A" name="takes @all"><failure message="no"/></testcase></testsuite>',
  );
});
afterEach(() => rm(folder, { recursive: true }));

test('a preview needs no GitLab, no token and no variable of CI, and leaves a page and the report files', async () => {
  const { host, printed } = aHost({ workingDirectory: folder });
  expect(await run(['report', '--preview'], host)).toBe(exitCodes.done);
  expect(printed()).toContain('1 of 1 test fails');
  expect(printed()).toContain(join(folder, 'herald-preview', 'herald-preview.html'));
  const page = await readFile(join(folder, 'herald-preview', 'herald-preview.html'), 'utf8');
  expect(page).toContain('takes @all');
  expect(page).not.toMatch(/<script|src=/);
  for (const name of ['herald-report.html', 'herald-report.md', 'herald-report.json'])
    expect((await readFile(join(folder, 'herald-preview', name), 'utf8')).length).toBeGreaterThan(100);
});

test('a preview names no commit and no pipeline: there is none', async () => {
  const { host, printed } = aHost({ workingDirectory: folder });
  await run(['report', '--preview'], host);
  expect(printed()).not.toMatch(/00000000|pipeline 1|Give Herald a token/);
});

test.each([
  { args: [], says: 'No file with a well-known name is in' },
  { args: ['gone*.xml'], says: 'None of the named files is in' },
])('where $args finds no report, a preview says what to name', async ({ args, says }) => {
  await rm(join(folder, 'junit.xml'));
  const { host, printed } = aHost({ workingDirectory: folder });
  await run(['report', '--preview', ...args], host);
  expect(printed()).toContain(`${says} ${folder}. Name yours: herald report --preview`);
});

test('no file of a preview for people leads to the server that does not exist', async () => {
  const { host } = aHost({ workingDirectory: folder });
  await run(['report', '--preview'], host);
  for (const name of ['herald-preview.html', 'herald-report.html', 'herald-report.md'])
    expect(await readFile(join(folder, 'herald-preview', name), 'utf8')).not.toContain('gitlab.example.com');
  const page = await readFile(join(folder, 'herald-preview', 'herald-report.html'), 'utf8');
  expect(page).toContain('href="#content"');
  expect(page).toContain('group/project');
});

test('gates are judged, so that they can be tried', async () => {
  const { host } = aHost({ workingDirectory: folder });
  expect(await run(['report', '--preview', '--fail-on', 'failures'], host)).toBe(exitCodes.gateFailed);
});

test('a text of a job is in the comment, and one that is not there is no error', async () => {
  await writeFile(join(folder, 'own.md'), '## Licences\n\nTwo are **new**.');
  await writeFile(join(folder, '.herald.yml'), 'append: [own.md, missing.md]\nlanguage: de\n');
  const { host, printed } = aHost({ workingDirectory: folder });
  expect(await run(['report', '--preview'], host)).toBe(exitCodes.done);
  expect(printed()).toContain('Two are new.');
  expect(printed()).toContain('1 von 1 Test schlägt fehl');
});

test.each([
  { name: 'a report that is cut off', args: ['cut.xml'], says: 'cut.xml is not whole: the file is cut off' },
  { name: 'a pattern that matches nothing', args: ['junit.xml', 'gone/*.xml'], says: 'gone/*.xml: ' },
  { name: 'an empty report', args: ['junit.xml', 'empty.xml'], says: 'cannot read empty.xml' },
])('$name is in the log, and ends with 3 under --strict only', async ({ args, says }) => {
  await writeFile(join(folder, 'cut.xml'), '<testsuite name="s"><testcase name="a"/><testcase na');
  await writeFile(join(folder, 'empty.xml'), '');
  const warnings: string[] = [];
  const { host } = aHost({
    workingDirectory: folder,
    createLog: () => ({ ...aLog(), warn: (message) => void warnings.push(message) }),
  });
  expect(await run(['report', '--preview', ...args], host)).toBe(exitCodes.done);
  expect(warnings.join('\n')).toContain(says);
  expect(await run(['report', '--preview', '--strict', ...args], host)).toBe(exitCodes.unreadableInput);
});

test('--strict passes where every report was read', async () => {
  const { host } = aHost({ workingDirectory: folder });
  expect(await run(['report', '--preview', '--strict', 'junit.xml'], host)).toBe(exitCodes.done);
});

test('a preview leaves one folder, and the next one does not read it', async () => {
  const { host, printed } = aHost({ workingDirectory: folder });
  for (const _run of [1, 2]) expect(await run(['report', '--preview', '.'], host)).toBe(exitCodes.done);
  expect((await readdir(folder)).sort()).toEqual(['herald-preview', 'junit.xml']);
  expect(printed().match(/1 of 1 test fails/g)).toHaveLength(2);
  expect(printed()).not.toMatch(/herald-report\.\w+: |cannot be read/);
});

test('a folder that is named for a preview is used, and is not read either', async () => {
  const { host } = aHost({ workingDirectory: folder });
  for (const _run of [1, 2])
    expect(await run(['report', '--preview', '.', '--strict', '--output', '.'], host)).toBe(exitCodes.done);
  expect((await readdir(folder)).sort()).toEqual([
    'herald-preview.html',
    'herald-report.html',
    'herald-report.json',
    'herald-report.md',
    'junit.xml',
  ]);
});

describe('a file that is named', () => {
  test.each([
    ['and missing', ['report', '--preview', 'junit.xml', 'gone.xml'], exitCodes.unreadableInput],
    ['with ./ and missing', ['report', '--preview', './gone.xml'], exitCodes.unreadableInput],
    ['by a glob and missing', ['report', '--preview', 'junit.xml', 'gon*.xml'], exitCodes.done],
    ['and there', ['report', '--preview', './junit.xml'], exitCodes.done],
    [
      'and missing while a gate fails',
      ['report', '--preview', 'junit.xml', 'gone.xml', '--fail-on', 'failures'],
      exitCodes.gateFailed,
    ],
    ['to be inspected and missing', ['inspect', 'junit.xml', 'gone.xml'], exitCodes.unreadableInput],
    ['to be inspected and a folder', ['inspect', 'folder'], exitCodes.unreadableInput],
    ['to be inspected and there', ['inspect', 'junit.xml'], exitCodes.done],
    ['to be converted and missing', ['convert', '--to', 'junit', 'gone.xml'], exitCodes.unreadableInput],
    ['to be converted and a folder', ['convert', '--to', 'junit', 'folder'], exitCodes.unreadableInput],
    [
      'as baseline and missing',
      ['report', '--preview', '--baseline', 'gone.json'],
      exitCodes.unreadableInput,
    ],
    ['as baseline and a folder', ['report', '--preview', '--baseline', 'folder'], exitCodes.unreadableInput],
    ['as a text and missing', ['comment', 'gone.md'], exitCodes.unreadableInput],
    ['as a text and a folder', ['comment', 'folder'], exitCodes.unreadableInput],
    ['as a payload and missing', ['bot', '--payload', 'gone.json'], exitCodes.unreadableInput],
  ])('%s ends with the right code: %j', async (_name, args, exitCode) => {
    await mkdir(join(folder, 'folder'));
    const { host } = aHost({
      workingDirectory: folder,
      variables: { HERALD_TOKEN: 'x', HERALD_SERVER: 'https://gitlab.example.com', HERALD_PROJECT: '1' },
      fileAt: (path) => fileAt(join(folder, path), () => Readable.from([])),
      connectGitLab: () =>
        Promise.resolve({
          gitlab: { fetchCurrentUser: () => Promise.reject(new Error('not asked')) } as never,
          audit: { write: () => Promise.resolve() },
        }),
    });
    const ended = await run(args, host).catch((error: unknown) => (error as HeraldError).exitCode);
    expect(ended).toBe(exitCode);
  });
});

describe('a gate that could not be measured', () => {
  async function preview(...args: readonly string[]) {
    const warnings: string[] = [];
    const { host, printed } = aHost({
      workingDirectory: folder,
      createLog: () => ({ ...aLog(), warn: (message) => void warnings.push(message) }),
    });
    const exitCode = await run(['report', '--preview', 'junit.xml', ...args], host);
    return { exitCode, warnings, printed: printed() };
  }

  test('is a warning in the log, and in sight in the comment', async () => {
    const { exitCode, warnings, printed } = await preview('--fail-on', 'coverage<80');
    expect(exitCode).toBe(exitCodes.done);
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^gate coverage<80 protects nothing in this run, it was not judged: .*; with strict it fails$/,
      ),
    );
    expect(printed).toMatch(/coverage<80.*not judged/);
  });

  test('fails with --strict', async () => {
    expect((await preview('--strict', '--fail-on', 'coverage<80')).exitCode).toBe(exitCodes.gateFailed);
    expect((await preview('--strict', '--warn-on', 'coverage<80')).exitCode).toBe(exitCodes.done);
  });
});
