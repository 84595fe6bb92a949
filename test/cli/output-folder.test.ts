import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { outputFolder } from '../../src/cli/output-folder.ts';
import { UsageError } from '../../src/errors.ts';
import { filesUnder } from '../../src/io/files.ts';

async function aProject(): Promise<{ readonly project: string; readonly outside: string }> {
  const root = await mkdtemp(join(tmpdir(), 'herald-output-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [project, outside] = [join(root, 'project'), join(root, 'outside')];
  for (const folder of [project, outside]) await filesUnder(folder).write('there.txt', 'x');
  await symlink(outside, join(project, 'link'));
  return { project, outside };
}

test.each(['..', '../outside', 'a/../../outside', '/', '/tmp', 'link', 'link/deeper', './link/../link'])(
  'output cannot leave the project directory: %s',
  async (output) => {
    const { project, outside } = await aProject();
    const write = async (): Promise<void> =>
      outputFolder(filesUnder(project), output, project).write('herald-report.json', '{}');
    await expect(write()).rejects.toThrow(UsageError);
    expect(await readdir(outside)).toEqual(['there.txt']);
  },
);

test.each(['.', 'out', './out/deep', '..out'])('a folder inside is as good as ever: %s', async (output) => {
  const { project } = await aProject();
  const folder = outputFolder(filesUnder(project), output, project);
  await folder.write('herald-report.json', '{}');
  expect(await folder.readText('herald-report.json')).toBe('{}');
  expect(await filesUnder(join(project, output)).readText('herald-report.json')).toBe('{}');
});
