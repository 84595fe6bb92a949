import { randomInt } from 'node:crypto';
import { defineConfig } from 'vitest/config';

const seed = process.env['ATTACK_SEED'] ?? String(randomInt(2 ** 31));
process.stdout.write(`ATTACK_SEED=${seed}\n`);

/**
 * A million hostile texts, or as many as ATTACK_STRINGS says, on everything that a reader sees; the same ones for the
 * same seed.
 */
export default defineConfig({
  test: {
    include: ['test/attack/**/*.test.ts'],
    reporters: ['default', './tools/closing-line-reporter.mjs'],
    env: { ATTACK_SEED: seed, ATTACK_STRINGS: process.env['ATTACK_STRINGS'] ?? '1000000' },
    expect: { requireAssertions: true },
    allowOnly: false,
    testTimeout: 1_200_000,
  },
});
