import { expect, test } from 'vitest';
import { createPlaceFinder } from '../../../src/reports/collect/failed-at.ts';
import { createPathResolver } from '../../../src/reports/collect/source-paths.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';

const knownFiles = new Set([
  'src/price.ts',
  'test/price.test.ts',
  'conftest.py',
  'tests/test_a.py',
  'price/price_test.go',
  'cart/price_test.go',
  't/price.t',
]);
const resolvePath = createPathResolver({
  projectDirectory: '/builds/shop/web',
  projectPath: 'shop/web',
  knownFiles,
});
const find = createPlaceFinder({ resolvePath, isProjectFile: (path) => knownFiles.has(path) });
const guess = createPlaceFinder({
  resolvePath: createPathResolver({ projectDirectory: '/builds/shop/web', knownFiles: null }),
});

function at(details: string, run = blankTestRun, finder = find): string | null {
  const place = finder(run, { type: null, message: '', details });
  return place === null ? null : `${place.path}:${place.line}`;
}

test.each([
  ['an absolute path under the project', '    at load (/builds/shop/web/src/price.ts:4:9)', 'src/price.ts:4'],
  ['a file URL', '    at load (file:///builds/shop/web/src/price.ts:4:9)', 'src/price.ts:4'],
  ['the checkout of another machine', '    at load (/home/ci/w/web/src/price.ts:4:9)', 'src/price.ts:4'],
  [
    'the innermost frame of the project, frames of the runner and of Node aside',
    '    at node:internal/process/task_queues:95:5\n    at x (/builds/shop/web/node_modules/a/b.js:1:1)\n    at load (/builds/shop/web/src/price.ts:4:9)\n    at /builds/shop/web/test/price.test.ts:9:1',
    'src/price.ts:4',
  ],
  [
    'in Python the last, as the innermost call comes last',
    '  File "/builds/shop/web/tests/test_a.py", line 3, in test_a\n  File "/builds/shop/web/conftest.py", line 9, in load',
    'conftest.py:9',
  ],
  ['pytest', 'tests/test_a.py:17: \n\nconftest.py:11: ConnectionError', 'conftest.py:11'],
  ['Perl', "  Failed test 'a'\n  at t/price.t line 8.", 't/price.t:8'],
  ['a path that is not of the project', '    at load (/opt/tool/src/other.ts:4:9)', null],
  ['a file that the project does not have', '    at load (lib/other.ts:4:9)', null],
])('%s', (_what, details, place) => {
  expect(at(details)).toBe(place);
});

test('what the format says counts before the stack, in the folder of its package', () => {
  const run = {
    ...blankTestRun,
    className: 'example.com/shop/cart',
    failedAt: { path: 'price_test.go', line: 15 },
  };
  expect(at('    price_test.go:12: asking', run)).toBe('cart/price_test.go:15');
});

test('without a list of files only absolute paths under the project are certain, and the file of the test', () => {
  const run = { ...blankTestRun, file: 'test/price.test.ts' };
  expect(at('at f (src/price.ts:4:9)', run, guess)).toBeNull();
  expect(at('at f (/builds/shop/web/src/price.ts:4:9)', run, guess)).toBe('src/price.ts:4');
  expect(at('at f (test/price.test.ts:4:9)', run, guess)).toBe('test/price.test.ts:4');
});

test('without a resolver nothing is certain', () => {
  expect(
    at('at f (/builds/shop/web/src/price.ts:4:9)', blankTestRun, createPlaceFinder({ resolvePath: null })),
  ).toBeNull();
});
