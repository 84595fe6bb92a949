import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causeOfText, hasEscapes } from './cause-of-text.ts';

/**
 * The line that a human who knows the tool points to; numbers as GitLab's page shows them, counted when the logs were
 * written.
 */
const logs = [
  {
    log: 'tsc-type-errors',
    line: 28,
    kind: 'type-check',
    origin: 'change',
    says: "src/till.ts(88,17): error TS2345: Argument of type 'string |",
    because: 'the first type error, not the words "0 errors" and "error.log" of the step before',
  },
  {
    log: 'gcc-missing-member',
    line: 34,
    kind: 'compilation',
    origin: 'change',
    says: "/builds/shop/checkout/src/voucher.cpp:31:21: error: 'const c",
    because: 'the error, not the warning that says "fatal error"',
  },
  {
    log: 'pytest-failing-test-that-prints-npm-errors',
    line: 39,
    kind: 'test',
    origin: 'change',
    says: 'FAILED tests/test_publish.py::test_publishes - assert 1 == 0',
    because: 'the failing test, not the npm and Java errors that it printed',
  },
  {
    log: 'jest-assertion',
    line: 25,
    kind: 'test',
    origin: 'change',
    says: '● Till › takes a voucher',
    because: 'the failing test, not the ERROR that a passing one logs',
  },
  {
    log: 'vitest-in-timestamped-log',
    line: 25,
    kind: 'test',
    origin: 'change',
    says: 'FAIL  src/till.test.ts > Till > takes a voucher that is wort',
    because: 'a failing test in a log with timestamps and continued lines',
  },
  {
    log: 'go-test-failing',
    line: 25,
    kind: 'test',
    origin: 'change',
    says: '--- FAIL: TestReserve (1.03s)',
    because: 'the failing test, not the refused connections before it',
  },
  {
    log: 'maven-surefire',
    line: 30,
    kind: 'test',
    origin: 'change',
    says: '[ERROR] shop.invoice.InvoiceTest.roundsHalfUp -- Time elapse',
    because: 'the failing test, not the exception that a passing one logs',
  },
  {
    log: 'gradle-compile-java',
    line: 22,
    kind: 'compilation',
    origin: 'change',
    says: '/builds/shop/checkout/src/main/java/shop/Till.java:42: error',
    because: 'the compiler, not the summary of Gradle',
  },
  {
    log: 'rustc-borrow',
    line: 51,
    kind: 'compilation',
    origin: 'change',
    says: 'error[E0382]: borrow of moved value: `basket`',
    because: 'the error among coloured warnings',
  },
  {
    log: 'eslint-errors',
    line: 21,
    kind: 'lint',
    origin: 'change',
    says: "88:15  error  Expected '===' and instead saw '=='  eqeqeq",
    because: 'the first error, not the warning above it',
  },
  {
    log: 'npm-eresolve',
    line: 18,
    kind: 'dependency',
    origin: 'change',
    says: 'npm error code ERESOLVE',
    because: 'the conflict of versions',
  },
  {
    log: 'pip-no-matching-distribution',
    line: 23,
    kind: 'dependency',
    origin: 'change',
    says: 'ERROR: No matching distribution found for tillkit==9.9.9',
    because: 'the missing version, not the time-outs that were retried',
  },
  {
    log: 'buildkit-missing-file',
    line: 25,
    kind: 'docker',
    origin: 'change',
    says: '#6 ERROR: failed to calculate checksum of ref 7c2d::x9: "/di',
    because: 'the step that failed, not the repetition at the end',
  },
  {
    log: 'terraform-undeclared',
    line: 22,
    kind: 'terraform',
    origin: 'change',
    says: '│ Error: Reference to undeclared resource',
    because: 'the error in its box',
  },
  {
    log: 'javascript-heap',
    line: 25,
    kind: 'out-of-memory',
    origin: 'unknown',
    says: 'FATAL ERROR: Ineffective mark-compacts near heap limit Alloc',
    because: 'the heap, not the abort that follows',
  },
  {
    log: 'killed-137',
    line: 21,
    kind: 'out-of-memory',
    origin: 'unknown',
    says: '/usr/bin/bash: line 162:    31 Killed                  pytho',
    because: 'the kill, after a progress bar that overwrote itself',
  },
  {
    log: 'job-timeout',
    line: 28,
    kind: 'timeout',
    origin: 'unknown',
    says: 'ERROR: Job failed: execution took longer than 1h0m0s seconds',
    because: 'the time limit: there is no error',
  },
  {
    log: 'image-not-found',
    line: 8,
    kind: 'image',
    origin: 'unknown',
    says: 'ERROR: Job failed: failed to pull image "registry.example.co',
    because: 'an image that is not there: no script ran',
  },
  {
    log: 'git-fetch-503',
    line: 13,
    kind: 'git',
    origin: 'infrastructure',
    says: "fatal: unable to access 'https://gitlab.example.com/shop/che",
    because: 'the fetch: no script ran',
  },
  {
    log: 'command-not-found-after-noisy-step',
    line: 22,
    kind: 'missing-command',
    origin: 'change',
    says: '/bin/sh: eval: line 167: jq: not found',
    because: 'the missing command, not the errors that an earlier step passed over',
  },
  {
    log: 'no-space-left',
    line: 18,
    kind: 'disk-full',
    origin: 'infrastructure',
    says: 'npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device',
    because: 'the disk, not the package manager that hit it',
  },
  {
    log: 'artifacts-too-large',
    line: 24,
    kind: 'artifact',
    origin: 'unknown',
    says: 'ERROR: Uploading artifacts as "archive" to coordinator... 41',
    because: 'the upload: the script succeeded',
  },
  {
    log: 'rspec-failure',
    line: 22,
    kind: 'test',
    origin: 'change',
    says: '1) Voucher#redeem refuses a voucher that was used before',
    because: 'the first failing example',
  },
  {
    log: 'phpunit-failure',
    line: 22,
    kind: 'test',
    origin: 'change',
    says: '1) Shop\\Tests\\TillTest::testTakesVoucher',
    because: 'the name of the failing test, below the count',
  },
  {
    log: 'msbuild-error',
    line: 21,
    kind: 'compilation',
    origin: 'change',
    says: "/builds/shop/checkout/Till/Till.cs(31,24): error CS1061: 'Vo",
    because: 'the error, not the warning above it',
  },
  {
    log: 'golangci-lint',
    line: 19,
    kind: 'lint',
    origin: 'change',
    says: 'internal/stock/stock.go:41:12: Error return value of `db.Clo',
    because: 'the finding of the linter',
  },
  {
    log: 'helm-upgrade',
    line: 19,
    kind: 'timeout',
    origin: 'unknown',
    says: 'Error: UPGRADE FAILED: release shop failed, and has been rol',
    because: 'the release that failed',
  },
  {
    log: 'unknown-tool-says-its-own-thing',
    line: 21,
    kind: 'script',
    origin: 'unknown',
    says: 'the shop is closed on Sundays, nothing was deployed',
    because: 'the last words of a tool that no pattern knows',
  },
  {
    log: 'apt-after-retries',
    line: 24,
    kind: 'dependency',
    origin: 'change',
    says: 'E: Unable to locate package libtill-dev',
    because: 'the package, not the name that could be resolved later',
  },
  {
    log: 'playwright-timeout',
    line: 22,
    kind: 'test',
    origin: 'change',
    says: '1) [chromium] › voucher.spec.ts:9:5 › takes a voucher ──────',
    because: 'the test that failed twice',
  },
  {
    log: 'cypress-element-not-found',
    line: 10,
    kind: 'test',
    origin: 'change',
    says: 'AssertionError: Timed out retrying',
    because: 'what the test waited for, not its number in a list',
  },
  {
    log: 'mocha-failure',
    line: 9,
    kind: 'test',
    origin: 'change',
    says: '1) Till',
    because: 'the first failing test, below the count',
  },
  {
    log: 'next-type-error',
    line: 10,
    kind: 'type-check',
    origin: 'change',
    says: "Type error: Property 'cents'",
    because: 'the type error, not "Failed to compile"',
  },
  {
    log: 'scalatest-failure',
    line: 5,
    kind: 'test',
    origin: 'change',
    says: 'takes a voucher *** FAILED ***',
    because: 'the failing test, not the exception of the build tool',
  },
  {
    log: 'sonar-quality-gate',
    line: 5,
    kind: 'lint',
    origin: 'change',
    says: 'QUALITY GATE STATUS: FAILED',
    because: 'the quality gate, not the error that follows from it',
  },
  {
    log: 'vite-missing-import',
    line: 9,
    kind: 'compilation',
    origin: 'change',
    says: 'Rollup failed to resolve import',
    because: 'the missing import, not the last frame of a stack',
  },
  {
    log: 'npm-inside-an-image-build',
    line: 6,
    kind: 'permission',
    origin: 'change',
    says: 'npm error code E401',
    because: 'what failed inside of the image build, not that it failed',
  },
  {
    log: 'database-connection-refused',
    line: 7,
    kind: 'network',
    origin: 'unknown',
    says: 'Connection refused',
    because: 'the refused connection, not the exception around it',
  },
  {
    log: 'unittest-error',
    line: 6,
    kind: 'test',
    origin: 'change',
    says: 'ERROR: test_total',
    because: 'the failing test, not the line of its traceback',
  },
  {
    log: 'cargo-test-panic',
    line: 7,
    kind: 'test',
    origin: 'change',
    says: 'panicked at src/till.rs:31:9',
    because: 'the panic, not the summary',
  },
  {
    log: 'scalac-error',
    line: 5,
    kind: 'compilation',
    origin: 'change',
    says: 'Till.scala:12:5',
    because: 'the compiler, not the build tool',
  },
  {
    log: 'dotnet-test-failure',
    line: 6,
    kind: 'test',
    origin: 'change',
    says: 'Failed Shop.TillTest.Takes',
    because: 'the failing test with its message',
  },
  {
    log: 'ssh-permission-denied',
    line: 6,
    kind: 'permission',
    origin: 'change',
    says: 'Permission denied (publickey',
    because: 'the refusal, not the warnings before it',
  },
  {
    log: 'psql-missing-relation',
    line: 5,
    kind: 'script',
    origin: 'unknown',
    says: 'relation "voucher" does not exist',
    because: 'the error of the database',
  },
  {
    log: 'node-uncaught-error',
    line: 7,
    kind: 'script',
    origin: 'change',
    says: 'environment variable SHOP_URL is not set',
    because: 'the error, not the frames around it',
  },
  {
    log: 'upload-failed-after-good-script',
    line: 4,
    kind: 'artifact',
    origin: 'infrastructure',
    says: 'Uploading artifacts as "archive" to coordinator... failed',
    because: 'the upload that the server refused, not the last words of the script that succeeded',
  },
  {
    log: 'script-that-only-says-why',
    line: 5,
    kind: 'script',
    origin: 'unknown',
    says: 'Version 2.4.0 is released already',
    because: 'the last words of a script that ends itself',
  },
] as const;

function read(log: string): string {
  return readFileSync(new URL(`../fixtures/traces/${log}.log`, import.meta.url), 'utf8');
}

describe('the line that tells why a job failed is', () => {
  test.each(logs)('$because ($log)', ({ log, line, kind, origin, says }) => {
    const cause = causeOfText(read(log));
    expect(cause).toMatchObject({ line, kind, origin });
    expect(cause?.headline).toContain(says);
  });

  test.each(logs)('shown with what belongs to it and nothing else ($log)', ({ log, line }) => {
    const cause = causeOfText(read(log));
    const excerpt = cause?.excerpt ?? [];
    expect(excerpt.map(({ number }) => number)).toContain(line);
    expect(excerpt.length).toBeLessThanOrEqual(25);
    expect(excerpt.map(({ text }) => text).join('\n')).not.toMatch(
      /gitlab-runner|section_|s3cr3t|abcdef0123456789/,
    );
    expect(hasEscapes(cause)).toBe(false);
  });
});

describe('the command is', () => {
  test.each([
    { log: 'tsc-type-errors', command: 'npx tsc --noEmit' },
    {
      log: 'vitest-in-timestamped-log',
      command:
        'npx vitest run --reporter=default --coverage.enabled --coverage.reporter=cobertura --passWithNoTests',
    },
    { log: 'image-not-found', command: null },
    { log: 'artifacts-too-large', command: null },
    { log: 'unknown-tool-says-its-own-thing', command: './deploy.sh --token [MASKED]' },
  ])('$command in $log', ({ log, command }) => {
    expect(causeOfText(read(log))?.command).toBe(command);
  });
});

describe('a log', () => {
  test('of a job that succeeded has no cause', () => {
    expect(causeOfText('\u001b[32;1m$ make\u001b[0;m\nerror: not really\nJob succeeded\n')).toBeNull();
  });

  test('without the marks of a runner gives its last words', () => {
    expect(causeOfText('one\ntwo\nthe shop is closed\n')).toMatchObject({
      kind: 'script',
      headline: 'the shop is closed',
      line: 3,
    });
  });

  test('that says one thing a hundred times is shown once', () => {
    const log = Array.from({ length: 100 }, (_, index) => `attempt ${index} is under way`).join('\n');
    expect(causeOfText(log)?.excerpt).toEqual([{ number: 89, text: 'attempt 88 is under way  (12 times)' }]);
  });
});
