import { defineConfig } from 'vitest/config';

/**
 * Whole runs: dist/herald.mjs over HTTP, and the component's template through gitlab-ci-local. Needs a fresh "npm run
 * build".
 */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    reporters: ['default', './tools/closing-line-reporter.mjs'],
    expect: { requireAssertions: true },
    allowOnly: false,
    // Ends what hangs; a busy machine may take its time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
