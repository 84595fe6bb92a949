import { defineConfig } from 'vitest/config';

/** The unit and integration tests; whole runs of dist/ are in vitest.e2e.config.ts, the corpus in vitest.conformance.config.ts. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/conformance/**', 'test/fixtures/**'],
    reporters: ['default', './tools/closing-line-reporter.mjs'],
    setupFiles: ['test/setup.ts'],
    expect: { requireAssertions: true },
    allowOnly: false,
    restoreMocks: true,
    unstubEnvs: true,
    testTimeout: 20_000,
  },
});
