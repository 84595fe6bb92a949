import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const corpus = resolve(process.env['HERALD_CORPUS'] ?? '../shared/corpus');

/** Reads a corpus of files that many tools wrote. Where there is none, nothing is tested, and that is said. */
if (!existsSync(corpus)) process.stdout.write(`no corpus at ${corpus}: set HERALD_CORPUS to its folder\n`);

export default defineConfig({
  test: {
    include: ['test/conformance/**/*.test.ts'],
    passWithNoTests: false,
    reporters: ['default', './tools/closing-line-reporter.mjs'],
    env: existsSync(corpus) ? { HERALD_CORPUS: corpus } : {},
    expect: { requireAssertions: true },
    allowOnly: false,
    // Ends what hangs; a busy machine may take its time.
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
