import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runHerald } from './run-herald.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-e2e-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("the README's first command shows the comment made and updated, and leaves it in a folder", async () => {
  const cwd = await aFolder();
  const { exitCode, stdout, stderr } = await runHerald(['demo'], { cwd });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('201 POST /projects/42/merge_requests/7/notes');
  expect(stdout).toMatch(/200 PUT \/projects\/42\/merge_requests\/7\/notes\/\d+/);
  expect(stdout).toContain('test_stock_is_reserved');
  expect((await readdir(join(cwd, 'herald-demo'))).sort()).toEqual([
    'comment.html',
    'comment.md',
    'herald-audit.jsonl',
    'herald-report.html',
    'herald-report.json',
    'herald-report.md',
  ]);
  expect(await readFile(join(cwd, 'herald-demo/comment.md'), 'utf8')).toContain('2 new test failures');
  const page = await readFile(join(cwd, 'herald-demo/comment.html'), 'utf8');
  expect(page).toContain('<!doctype html>');
  // The embedded GitLab has ended: a link leads to a file beside the page, or there is none.
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, address]) => address)).toEqual(['herald-report.html']);
  for (const name of ['comment.md', 'herald-report.md', 'herald-report.html'])
    expect(await readFile(join(cwd, 'herald-demo', name), 'utf8'), name).not.toContain('127.0.0.1');
});

test('nothing that asks a network but loopback is needed, and no project around', async () => {
  const cwd = await aFolder();
  const { exitCode } = await runHerald(['demo', '--output', 'elsewhere'], {
    cwd,
    env: { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
  });
  expect(exitCode).toBe(0);
  expect(await readdir(cwd)).toEqual(['elsewhere']);
});

test('--version is one line, whatever project it is run in', async () => {
  const { stdout } = await runHerald(['--version'], { cwd: await aFolder() });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
