import { family } from '../pattern.ts';

/** Test runners of C++, Elixir, Swift, Dart and of whole systems. */
export const moreTestRunners = family('test', 'change', [
  {
    id: 'googletest',
    weight: 86,
    context: [4, 0],
    hint: '[  failed  ]',
    line: /^\[ {2}FAILED {2}\] \S{1,200}\.\S/,
  },
  {
    id: 'ctest',
    weight: 80,
    context: [0, 6],
    hint: 'tests failed',
    headlineBelow: 1,
    line: /^The following tests FAILED:/,
  },
  { id: 'catch2', weight: 82, context: [0, 5], hint: 'failed:', line: /: FAILED:$/ },
  {
    id: 'exunit',
    weight: 88,
    context: [0, 8],
    hint: ' 1) test',
    line: /^ {2}1\) test .{1,300} \(.{1,200}\)$/,
  },
  {
    id: 'swift-test',
    weight: 86,
    context: [0, 1],
    hint: 'error: -[',
    line: /: error: -\[\S{1,200} \S{1,200}\] : /,
  },
  {
    id: 'behave',
    weight: 84,
    context: [0, 6],
    hint: 'failing scenarios',
    headlineBelow: 1,
    line: /^Failing scenarios:/i,
  },
  { id: 'robot', weight: 82, context: [0, 3], hint: '| fail |', line: /\| FAIL \|$/ },
  { id: 'flutter-test', weight: 84, context: [0, 5], hint: '[e]', line: / \[E\]$/ },
  { id: 'bats', weight: 82, context: [0, 4], hint: '✗', line: /^ ?✗ \S/ },
  {
    id: 'newman',
    weight: 80,
    context: [0, 5],
    hint: 'failure',
    line: /^\s{0,4}#\s{1,4}failure\s{1,40}detail/,
  },
  {
    id: 'karma',
    weight: 86,
    context: [0, 5],
    hint: ' failed',
    line: /^(?:Chrome|Firefox|Safari|Edge|HeadlessChrome)\S{0,40} .{0,80}\) .{1,300} FAILED$/,
  },
]);
