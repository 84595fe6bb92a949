import { defineConfig } from 'vitest/config';

/** Runs tools on small projects of their own: what each prints is the truth that its reports are held against. */
export default defineConfig({
  test: {
    include: ['test/real-tools/*.test.ts'],
    reporters: ['default', './tools/closing-line-reporter.mjs'],
    expect: { requireAssertions: true },
    allowOnly: false,
    // Ends what hangs: compilers take their time on a busy machine.
    testTimeout: 600_000,
  },
});
