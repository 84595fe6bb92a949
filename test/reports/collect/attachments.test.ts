import { expect, test } from 'vitest';
import { createAttachmentFinder } from '../../../src/reports/collect/attachments.ts';
import { createPathResolver } from '../../../src/reports/collect/source-paths.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';

const knownFiles = new Set(['src/till.ts', 'docs/index.html']);
const resolvePath = createPathResolver({
  projectDirectory: '/builds/shop/web',
  projectPath: 'shop/web',
  knownFiles,
});
const find = createAttachmentFinder({ resolvePath, jobId: 7 });

function pathsOf(...attachments: readonly string[]): readonly string[] {
  return find({ ...blankTestRun, outcome: 'failed', attachments }).map(({ path }) => path);
}

test.each([
  ['a path of the project', 'shots/till.png', 'shots/till.png'],
  ['an absolute path under the project', '/builds/shop/web/shots/till.png', 'shots/till.png'],
  ['one with a dot before it', './shots/till.png', 'shots/till.png'],
])('kept is %s', (_name, written, path) => {
  expect(pathsOf(written)).toEqual([path]);
});

test.each([
  ['another folder of the machine', '/etc/passwd.png'],
  ['a path above the project', '../other/till.png'],
  ['a path that leaves the project and comes back', 'shots/../../web/till.png'],
  ['an address', 'https://example.com/till.png'],
  ['an address of the same protocol', '//example.com/till.png'],
  ['a script', 'javascript:alert(1).png'],
  ['data', 'data:image/png;base64,aGk=.png'],
  ['a path of Windows', 'C:\\logs\\till.png'],
  ['a path with a line end', 'shots/a\nb.png'],
  ['a path with a direction in it', 'shots/a\u202Egnp.exe'],
  ['a long path', `${'a'.repeat(397)}.png`],
  ['nothing', ''],
])('not kept is %s', (_name, written) => {
  expect(pathsOf(written)).toEqual([]);
});

test('kept are five at most, each once, with the job', () => {
  const names = ['a', 'a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.png`);
  expect(pathsOf(...names)).toEqual(['a.png', 'b.png', 'c.png', 'd.png', 'e.png']);
  expect(find({ ...blankTestRun, attachments: ['a.png'] })).toEqual([{ path: 'a.png', jobId: 7 }]);
});
