import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { exitCodes } from '../../src/errors.ts';
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
  expect(printed()).toContain(join(folder, 'herald-preview.html'));
  const page = await readFile(join(folder, 'herald-preview.html'), 'utf8');
  expect(page).toContain('takes @all');
  expect(page).not.toMatch(/<script|src=/);
  for (const name of ['herald-report.html', 'herald-report.md', 'herald-report.json'])
    expect((await readFile(join(folder, name), 'utf8')).length).toBeGreaterThan(100);
});

test('no file of a preview for people leads to the server that does not exist', async () => {
  const { host } = aHost({ workingDirectory: folder });
  await run(['report', '--preview'], host);
  for (const name of ['herald-preview.html', 'herald-report.html', 'herald-report.md'])
    expect(await readFile(join(folder, name), 'utf8')).not.toContain('gitlab.example.com');
  const page = await readFile(join(folder, 'herald-report.html'), 'utf8');
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
