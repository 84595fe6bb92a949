import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { filesUnder } from '../../../src/io/files.ts';
import { createHistoryStore, type HistoryStore } from '../../../src/usecases/digest/history-store.ts';
import { connect, type TestLog } from '../../gitlab/connect-for-test.ts';

async function aStore(): Promise<{
  readonly store: HistoryStore;
  readonly folder: string;
  readonly log: TestLog;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-history-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { gitlab, log } = connect();
  return { store: createHistoryStore({ gitlab, output: filesUnder(folder), log }, null), folder, log };
}

test('a history of many megabytes is read back', async () => {
  const { store } = await aStore();
  const text = 'x'.repeat(12 * 1024 * 1024);
  await store.save(7, text);
  expect((await store.load(7)) === text).toBe(true);
  expect(await store.load(8)).toBeNull();
});

test('one that cannot be read is read from GitLab again, and the log says so', async () => {
  const { store, folder, log } = await aStore();
  await mkdir(join(folder, 'herald-history/7.json'), { recursive: true });
  expect(await store.load(7)).toBeNull();
  expect(log.lines.join()).toContain('herald-history/7.json: it is a folder: what it has is read from');
});
