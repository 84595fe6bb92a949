import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAuditFile } from '../../src/io/audit-file.ts';
import { filesUnder } from '../../src/io/files.ts';
import { lay, temporaryFolder } from './temporary-folder.ts';

const name = 'herald-audit.jsonl';

function linesOf(root: string): readonly unknown[] {
  const text = readFileSync(join(root, name), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

test('each entry is a line of JSON, without secrets', async () => {
  const root = temporaryFolder();
  const audit = createAuditFile(() => ['glpat-secret-1']);
  audit.add({ method: 'GET', path: '/x?token=glpat-secret-1', status: 200 });
  audit.add({ method: 'POST', path: '/notes\n', status: null });
  await audit.write(filesUnder(root));
  expect(linesOf(root)).toEqual([
    { method: 'GET', path: '/x?token=[MASKED]', status: 200 },
    { method: 'POST', path: '/notes\n', status: null },
  ]);
});

test('no request makes no file', async () => {
  const root = temporaryFolder();
  await createAuditFile(() => []).write(filesUnder(root));
  expect(await filesUnder(root).readText(name)).toBeNull();
});

test.each(['{"n":0}\n', '{"n":0}'])('what an earlier command wrote stays: %j', async (earlier) => {
  const root = lay(temporaryFolder(), { [name]: earlier });
  const audit = createAuditFile(() => []);
  audit.add({ n: 1 });
  await audit.write(filesUnder(root));
  expect(linesOf(root)).toEqual([{ n: 0 }, { n: 1 }]);
});

test('written twice, an entry stands there once', async () => {
  const root = temporaryFolder();
  const audit = createAuditFile(() => []);
  audit.add({ n: 1 });
  await audit.write(filesUnder(root));
  audit.add({ n: 2 });
  await audit.write(filesUnder(root));
  await audit.write(filesUnder(root));
  expect(linesOf(root)).toEqual([{ n: 1 }, { n: 2 }]);
});

test('a file that is too large to be read is replaced', async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, name), Buffer.alloc(5 * 1024 * 1024, 'x'));
  const audit = createAuditFile(() => []);
  audit.add({ n: 1 });
  await audit.write(filesUnder(root));
  expect(linesOf(root)).toEqual([{ n: 1 }]);
});
