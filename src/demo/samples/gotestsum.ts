const packageName = 'shop/worker/queue';

/** Events as test2json writes them: https://pkg.go.dev/cmd/test2json */
function event(action: string, more: Readonly<Record<string, string | number>> = {}): string {
  return JSON.stringify({ Time: '2026-03-04T10:02:30Z', Action: action, Package: packageName, ...more });
}

interface TestRun {
  readonly test: string;
  readonly verdict: 'fail' | 'pass';
  readonly seconds: number;
  readonly output?: string;
}

function run({ test, verdict, seconds, output }: TestRun): readonly string[] {
  return [
    event('run', { Test: test }),
    ...(output === undefined ? [] : [event('output', { Test: test, Output: `${output}\n` })]),
    event(verdict, { Test: test, Elapsed: seconds }),
  ];
}

/**
 * What gotestsum writes with --jsonfile and --rerun-fails for the shop's worker: a test that failed once, and passed in
 * a second execution of its package.
 */
export const gotestsumReport = `${[
  event('start'),
  ...run({ test: 'TestPushAndPop', verdict: 'pass', seconds: 0.01 }),
  ...run({
    test: 'TestRetriesWithBackoff',
    verdict: 'fail',
    seconds: 1.04,
    output: '    queue_test.go:88: third try came after 61ms, want at least 80ms',
  }),
  event('run', { Test: 'TestDrainsOnShutdown' }),
  ...run({ test: 'TestDrainsOnShutdown/while_busy', verdict: 'pass', seconds: 0.02 }),
  event('pass', { Test: 'TestDrainsOnShutdown', Elapsed: 0.03 }),
  event('fail', { Elapsed: 1.1 }),
  event('start'),
  ...run({ test: 'TestRetriesWithBackoff', verdict: 'pass', seconds: 1.017 }),
  event('pass', { Elapsed: 1.017 }),
].join('\n')}\n`;
