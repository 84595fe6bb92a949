import { describe, expect, test } from 'vitest';
import type { FailureCause } from '../../src/model/failure-cause.ts';
import { ownersOfFiles, suspectFiles } from '../../src/trail/suspect-files.ts';

function aCause(headline: string, lines: readonly string[] = []): FailureCause {
  const excerpt = lines.map((text, index) => ({ number: index + 1, text }));
  return {
    kind: 'test',
    origin: 'change',
    jobs: [],
    trace: 'whole',
    headline,
    line: 1,
    command: null,
    excerpt,
  };
}

function named(text: string, changed: readonly string[]): readonly string[] {
  return suspectFiles([aCause('failed', text.split('\n'))], changed).map(
    ({ path, line }) => `${path}:${line}`,
  );
}

describe('row 74: changed files that a log names', () => {
  test.each([
    [
      'as they are in the repository',
      'src/till.ts:12:3 - error',
      ['src/till.ts', 'a.ts'],
      ['src/till.ts:12'],
    ],
    [
      'below the folder of a job',
      '  at sum (/builds/shop/till/src/till.ts:4:1)',
      ['src/till.ts'],
      ['src/till.ts:4'],
    ],
    [
      'in a folder of the repository',
      '  File "src/till.py", line 9, in sum',
      ['api/src/till.py'],
      ['api/src/till.py:9'],
    ],
    ['not where two may be meant', 'src/till.ts:1:1', ['a/src/till.ts', 'b/src/till.ts'], []],
    ['the exact one of two', 'src/till.ts:1:1', ['b/src/till.ts', 'src/till.ts'], ['src/till.ts:1']],
    ['not by a part of a name', 'till.ts:1:1', ['src/untill.ts'], []],
    ['each once, at its first line', 'src/till.ts:1:1\nsrc/till.ts:9:1', ['src/till.ts'], ['src/till.ts:1']],
    ['none that did not change', 'src/other.ts:1:1', ['src/till.ts'], []],
  ])('%s', (_what, text, changed, expected) => {
    expect(named(text, changed)).toEqual(expected);
  });

  test('in the line that says it best, too', () => {
    expect(suspectFiles([aCause('src/till.ts:12:3 - error TS1005')], ['src/till.ts'])).toEqual([
      { path: 'src/till.ts', line: 12 },
    ]);
  });
});

test('row 69: owners of files, each once, by the last rule that fits', () => {
  const file = '* @shop/all\n/src/ @mia dev@example.com\n/docs/\n';
  expect(ownersOfFiles(file, ['src/a.ts', 'src/b.ts', 'README.md', 'docs/a.md'])).toEqual([
    '@mia',
    'dev@example.com',
    '@shop/all',
  ]);
  expect(ownersOfFiles('', ['src/a.ts'])).toEqual([]);
});
