import { describe, expect, test } from 'vitest';
import { patternOf, patterns } from '../../src/traces/patterns/registry.ts';
import { examples } from './pattern-examples.ts';

const rank = new Map(patterns.map(({ id }, index) => [id, index]));

describe('each pattern', () => {
  test.each(patterns)('$id knows a line of its tool', ({ id, hint, line }) => {
    const example = examples[id] ?? '';
    expect(example).not.toBe('');
    expect(line.test(example)).toBe(true);
    expect([hint].flat().some((part) => example.toLowerCase().includes(part))).toBe(true);
    // A weightier one may know it too; a weaker one must not come before it.
    expect(rank.get(patternOf(example)?.id ?? '') ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
      rank.get(id) ?? -1,
    );
  });

  test.each(patterns)('$id can be tried on each line in turn', ({ line, hint, weight, context }) => {
    expect(line.global || line.sticky).toBe(false);
    expect([hint].flat().every((part) => part === part.toLowerCase())).toBe(true);
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThanOrEqual(100);
    expect(context[0]).toBeGreaterThanOrEqual(0);
  });

  test('has an id of its own, and no example is left over', () => {
    expect(new Set(patterns.map(({ id }) => id)).size).toBe(patterns.length);
    expect(Object.keys(examples).filter((id) => !rank.has(id))).toEqual([]);
  });
});

describe('each wording of a tool is known', () => {
  test.each([
    { line: 'remote: The project you were looking for could not be found.', id: 'remote-says' },
    { line: 'curl: (6) Temporary failure in name resolution', id: 'resolve-host' },
    { line: 'fatal: early EOF', id: 'remote-gone' },
    { line: 'Error: Client.Timeout exceeded: context deadline exceeded', id: 'tls-timeout' },
    { line: 'toomanyrequests: Rate exceeded', id: 'rate-limit' },
    { line: '➤ YN0028: The lockfile would have been modified by this install', id: 'yarn-lockfile' },
    { line: 'error: invalid argument --fast', id: 'usage' },
    { line: 'error: the shop is closed', id: 'error-line' },
    { line: 'FAILURES!', id: 'phpunit-summary' },
    { line: 'npm ERR! code ERESOLVE', id: 'npm-eresolve' },
    { line: 'ERROR: Job failed: command terminated with exit code 137', id: 'exit-137' },
  ])('$line', ({ line, id }) => {
    expect(patternOf(line)?.id).toBe(id);
  });
});

describe('what is not a failure is known to none', () => {
  test.each([
    '0 errors, 3 warnings',
    'Tests: 12 passed, 0 failed',
    'found 0 vulnerabilities',
    'compiling src/errors.ts',
    'wrote error.log',
    'no issues found',
    'test result: ok. 12 passed; 0 failed; 0 ignored',
    'added 812 packages in 14s',
    '✓ handles an error (3 ms)',
    'WARNING: Retrying after connection broken by ReadTimeoutError: Read timed out.',
    'curl: (7) Connection refused (ignored)',
  ])('%s', (line) => {
    expect(patternOf(line)?.id).toBeUndefined();
  });
});

describe('what a tool puts before the lines of what it runs does not hide them', () => {
  test.each([
    { line: '#14 1.999 npm error code ERESOLVE', id: 'npm-eresolve' },
    { line: 'web-1  | Error: connect ECONNREFUSED 127.0.0.1:5432', id: 'econn' },
    { line: 'checkout:test: --- FAIL: TestReserve (1.03s)', id: 'go-test' },
    { line: '2026-03-04 10:00:00 FAILED tests/a.py::test_b - assert 1 == 0', id: 'pytest' },
  ])('$line', ({ line, id }) => {
    expect(patternOf(line)?.id).toBe(id);
  });
});
