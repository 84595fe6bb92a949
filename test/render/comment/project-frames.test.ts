import { expect, test } from 'vitest';
import { projectFrames as trimmed } from '../../../src/render/comment/project-frames.ts';

const projectFrames = (details: string, maxLines: number) =>
  trimmed(details, { maxLines, leftOut: (count) => `[${count} lines]` });

test.each([
  ['JavaScript', '    at f (src/a.ts:1:2)', '    at g (/x/node_modules/vitest/dist/c.js:3:4)'],
  ['Node.js itself', '    at f (src/a.ts:1:2)', '    at node:internal/process/task_queues:95:5'],
  [
    'Python',
    '  File "src/a.py", line 3, in f',
    '  File "/usr/lib/python3/site-packages/pytest/x.py", line 9, in g',
  ],
  [
    'Java',
    '\tat com.example.Till.close(Till.java:12)',
    '\tat org.junit.runners.ParentRunner.run(ParentRunner.java:413)',
  ],
  ['Go', '    till_test.go:12: no', '\t/usr/local/go/src/testing/testing.go:1689 +0x1'],
  ['Ruby', "    ./spec/till_spec.rb:12:in 'close'", "    /usr/gems/rspec-core-3/lib/rspec.rb:1:in 'run'"],
  ['PHP', '#0 /app/src/Till.php:12', '#1 /app/vendor/phpunit/phpunit/src/TestCase.php:1'],
  ['C#', '   at Shop.Till.Close() in /src/Till.cs:line 12', '   at Xunit.Assert.Equal(Object a, Object b)'],
  ['Rust', '             at ./src/till.rs:12', '             at /rustc/abc/library/core/src/panicking.rs:72'],
])('in %s only the frame of the project stays', (_name, own, foreign) => {
  expect(projectFrames(['it failed', own, foreign].join('\n'), 20).text).toBe(`it failed\n${own}`);
});

test('a stack of nothing but foreign frames stays, or nothing would be left to look at', () => {
  const stack = '    at a (/x/node_modules/b.js:1:2)\n    at c (/x/node_modules/d.js:3:4)';
  expect(projectFrames(stack, 20).text).toBe(stack.replace(/^ {4}/gm, ''));
});

test('a long stack is cut to the lines that are asked for', () => {
  const shown = projectFrames(
    Array.from({ length: 50 }, (_, at) => `    at f (src/a.ts:${at}:1)`).join('\n'),
    5,
  );
  expect(shown.text.split('\n')).toHaveLength(6);
  expect(shown.text).toMatch(/\n\[45 lines\]$/);
  expect(shown.omittedFrames).toBe(45);
});

test('a diff stays whole, and its context goes first; what is left out is counted', () => {
  const context = (from: number) => Array.from({ length: 10 }, (_, at) => `  line ${from + at}`);
  const text = [
    '- Expected',
    '+ Received',
    ...context(0),
    '-   pen',
    '+   ink',
    ...context(10),
    '-   cap',
  ].join('\n');
  const shown = projectFrames(text, 8).text.split('\n');
  for (const line of ['-   pen', '+   ink', '-   cap']) expect(shown).toContain(line);
  expect(shown.filter((line) => /^\[\d+ lines\]$/.test(line))).toEqual(['[7 lines]', '[10 lines]']);
});

test('rulers go, and the indentation that all lines share', () => {
  expect(projectFrames('    def f():\n>       g()\n_ _ _ _ _ _ _ _ _ _ _ _\n\nE   x', 20).text).toBe(
    '    def f():\n>       g()\n\nE   x',
  );
  expect(projectFrames('    a\n      b\n', 20).text).toBe('a\n  b');
});

test.each([
  ['promises', '    at new Promise (<anonymous>)'],
  ['arrays of Node', '    at Array.map (<anonymous>)'],
  ['frames of Node without "at"', '    Test.run (node:internal/test_runner/test:796:25)'],
])('frames of %s go', (_what, foreign) => {
  const own = '    at f (src/a.ts:1:2)';
  expect(projectFrames(['it failed', own, foreign].join('\n'), 20).text).toBe(`it failed\n${own}`);
});

test('calls of Go go with the place of the runtime below them', () => {
  const trace =
    'panic: x\ntesting.tRunner(0xc0)\n\t/usr/lib/go-1.19/src/testing/testing.go:1446 +0x10b\nshop.f()\n\t/app/a.go:1 +0x1';
  expect(projectFrames(trace, 20).text).toBe('panic: x\nshop.f()\n\t/app/a.go:1 +0x1');
});
