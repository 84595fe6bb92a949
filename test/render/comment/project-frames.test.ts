import { expect, test } from 'vitest';
import { projectFrames } from '../../../src/render/comment/project-frames.ts';

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
  expect(projectFrames(stack, 20).text).toBe(stack);
});

test('a long stack is cut to the lines that are asked for', () => {
  const shown = projectFrames(
    Array.from({ length: 50 }, (_, at) => `    at f (src/a.ts:${at}:1)`).join('\n'),
    5,
  );
  expect(shown.text.split('\n')).toHaveLength(5);
  expect(shown.omittedFrames).toBe(45);
});
