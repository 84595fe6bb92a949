import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { common, slowSuites } from './vitest.config.ts';

/** The suites of which `npm test` tries a fifth of the values. */
const inPart = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((path) => `test/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('/property-runs.ts'));

/** The slow suites, and all values of properties; vitest.config.ts says what makes one slow. */
export default defineConfig({
  test: { ...common, include: [slowSuites, ...inPart], env: { HERALD_TEST_ALL_RUNS: '1' } },
});
