import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What lets a test wait in real time, or gives it a limit that a busy machine can reach. */
const waysToWait: Readonly<Record<string, RegExp>> = {
  'a timer': /\bset(?:Timeout|Interval)\(|\bfrom ['"](?:node:)?timers/,
  'a limit of a test or a process': /\b(?:timeout|testTimeout|hookTimeout): ?\w|\{ timeout[ ,]/,
  'a limit of a request': /\b\w+TimeoutMs: ?\d|\bAbortSignal\.timeout\(/,
  'the clock on the wall': /\bperformance\.now\(|\bhrtime\b|\bDate\.now\(\) - [a-z]\w*|\bconsole\.time\(/,
  'the real clock': /\bsystemClock\b/,
  'asking again until it is so': /\bvi\.waitFor|\bvi\.waitUntil|\bexpect\.poll\(/,
  'a late answer': /\.delay(?:Body|Connection)?\(|\blatencyMilliseconds\b(?! =)/,
};

const halted = 'only under halted timers';
const anyOrder = 'all orders of the requests must end the same';
const processes = 'two processes, whose settling time grows with how slow the machine is';

/** By file and way: why no busy machine can let these fail. */
const allowed: Readonly<Record<string, string>> = {
  'test/gitlab/network.test.ts: a limit of a request': halted,
  'test/io/clock.test.ts: the real clock': halted,
  'test/e2e/report.test.ts: a late answer': processes,
  'test/e2e/report.test.ts: the clock on the wall':
    'it takes at least so long; a busy machine can only add to it',
  'test/e2e/sections.test.ts: a late answer': processes,
  'test/gitlab/self-signed.ts: the clock on the wall': 'a certificate from yesterday until tomorrow',
  'test/publish/bot-writes/comments.test.ts: a late answer': halted,
  'test/publish/bot-writes/every-action.test.ts: a late answer': halted,
  'test/publish/bot-writes/issues.test.ts: a late answer': halted,
  'test/usecases/bot/exactly-once.slow.test.ts: a late answer': anyOrder,
  'test/publish/races.test.ts: a timer': halted,
  'test/e2e/serve.test.ts: a limit of a test or a process': processes,
  'test/e2e/serve.test.ts: the clock on the wall':
    'requests are at least so far apart; a busy machine can only add to it',
  'test/e2e/serve.test.ts: asking again until it is so': processes,
  'test/e2e/serve.test.ts: a late answer': processes,
  'test/serve/http-server.test.ts: a timer': 'a body stays open for so long; the others are read meanwhile',
  'test/serve/killable-receiver.ts: the real clock': 'a process that is killed',
  'test/serve/many-kills.slow.test.ts: a limit of a test or a process': processes,
  'test/serve/many-kills.slow.test.ts: asking again until it is so': processes,
  'test/serve/many-kills.slow.test.ts: a timer': 'when the receiver is killed, which may be at any time',
  'test/publish/races.test.ts: the real clock': halted,
};

function waitsIn(text: string): readonly string[] {
  return Object.entries(waysToWait).flatMap(([way, pattern]) => (pattern.test(text) ? [way] : []));
}

const own = 'test/guards/time-limits.test.ts';
const found = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((path) => `test/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\.m?[jt]s$/.test(path) && !path.startsWith('test/fixtures/') && path !== own)
  .flatMap((path) => waitsIn(readFileSync(join(root, path), 'utf8')).map((way) => `${path}: ${way}`));

describe('no test has a limit that a busy machine can reach', () => {
  test('but for those that are listed here', () => {
    expect(found.filter((one) => !Object.hasOwn(allowed, one))).toEqual([]);
  });

  test('nor is one listed that is gone', () => {
    expect(Object.keys(allowed).filter((one) => !found.includes(one))).toEqual([]);
  });

  test('and what ends a test that hangs is ten minutes', () => {
    const configs = readdirSync(root).filter((name) => /^vitest\..*config\.ts$/.test(name));
    expect(configs.length).toBeGreaterThan(0);
    for (const name of configs) {
      const text = readFileSync(join(root, name), 'utf8');
      const limits = [...text.matchAll(/Timeout: ([\d_]+)/g)].map(([, digits = '']) =>
        Number(digits.replaceAll('_', '')),
      );
      expect(Math.min(600_000, ...limits), name).toBe(600_000);
      if (limits.length === 0) expect(text, name).toContain('...common');
    }
  });
});

describe('a wait is found', () => {
  test.each([
    ['a timer', 'await new Promise((resolve) => setTimeout(resolve, 5));'],
    ['a timer', "import { setTimeout as sleep } from 'node:timers/promises';"],
    ['a limit of a test or a process', "test('x', { timeout: 60_000 }, () => undefined);"],
    ['a limit of a test or a process', "test('x', { timeout }, () => undefined);"],
    ['a limit of a test or a process', "spawnSync('git', [], { encoding: 'utf8', timeout: limit });"],
    ['a limit of a request', 'connect({ limits: { responseTimeoutMs: 200 } });'],
    ['a limit of a request', 'fetch(url, { signal: AbortSignal.timeout(100) });'],
    ['the clock on the wall', 'expect(performance.now() - begun).toBeLessThan(50);'],
    ['the clock on the wall', 'expect(Date.now() - started).toBeLessThan(50);'],
    ['the real clock', 'await systemClock.sleep(20);'],
    ['asking again until it is so', 'await vi.waitFor(() => expect(answers).toHaveLength(1));'],
    ['a late answer', "nock(origin).get('/x').delay(50).reply(200);"],
  ])('%s: %s', (way, line) => {
    expect(waitsIn(line)).toEqual([way]);
  });

  test.each([
    'const started = new Date(Date.now() - 3_600_000).toISOString();',
    'await stage.clock.sleep(20 * 60_000);',
    'const { user } = process.cpuUsage(begun);',
  ])('this is none: %s', (line) => {
    expect(waitsIn(line)).toEqual([]);
  });
});
