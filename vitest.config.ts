import { defineConfig, type TestUserConfig } from 'vitest/config';

/** What all test runs have in common. */
export const common = {
  reporters: ['default', './tools/closing-line-reporter.mjs'],
  setupFiles: ['test/setup.ts'],
  expect: { requireAssertions: true },
  allowOnly: false,
  restoreMocks: true,
  unstubEnvs: true,
  // Each worker loads the source once, for all of its files: half of the time went into loading it for each. A test
  // that changes what other tests see must put it back, as restoreMocks and unstubEnvs do.
  isolate: false,
  maxWorkers: '100%',
  // Ends what hangs. No test has a limit that a busy machine could reach.
  testTimeout: 600_000,
  hookTimeout: 600_000,
} satisfies TestUserConfig;

/**
 * A suite is slow when it costs more than 15 seconds of a core. So far these are suites that repeat a whole scenario
 * once for each of its steps (a process that is killed after each of its writes), or that search all of the source.
 * Their names end in `.slow.test.ts`, and vitest.slow.config.ts runs them.
 */
export const slowSuites = 'test/**/*.slow.test.ts';

/**
 * The tests for every change; `npm run test:slow` has the slow ones. Whole runs of dist/ are in vitest.e2e.config.ts,
 * the corpus in vitest.conformance.config.ts, real tools in vitest.real-tools.config.ts.
 */
export default defineConfig({
  test: {
    ...common,
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/conformance/**', 'test/fixtures/**', 'test/real-tools/**', slowSuites],
  },
});
