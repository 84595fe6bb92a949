import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { run } from './run-herald.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A folder that is gone when the test is. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-install-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a program that must succeed; what it said. */
export async function ran(
  command: string,
  args: readonly string[],
  options: Parameters<typeof run>[2],
): Promise<string> {
  const { exitCode, stdout, stderr } = await run(command, args, options);
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

/** Makes the archive of a release into a folder; the names of its files. */
export async function makeArchive(folder: string, from = root): Promise<readonly string[]> {
  await ran(process.execPath, [join(from, 'tools/archive.mjs'), folder], { cwd: from, env: {} });
  return (await readdir(folder)).sort();
}
