import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { common } from './vitest.config.ts';

const seed = process.env['HERALD_TEST_SEED'] ?? String(randomInt(2 ** 31));
process.stdout.write(
  `property tests with another seed; repeat with: HERALD_TEST_SEED=${seed} npm run test:random\n`,
);

/** The property tests, the slow ones with them, with values that no run had before. */
export default defineConfig({
  test: {
    ...common,
    include: readdirSync('test', { recursive: true, encoding: 'utf8' })
      .map((path) => `test/${path.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.test.ts') && !/^test\/(?:e2e|conformance|fixtures)\//.test(path))
      .filter((path) => readFileSync(path, 'utf8').includes("from 'fast-check'")),
    env: { HERALD_TEST_SEED: seed, HERALD_TEST_ALL_RUNS: '1' },
  },
});
