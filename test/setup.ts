import fc from 'fast-check';
import nock from 'nock';
import { afterEach, beforeAll, expect } from 'vitest';

// The same values in each run: what fails, fails for everybody. `npm run test:random` tries others.
fc.configureGlobal({ seed: Number(process.env['HERALD_TEST_SEED'] ?? 1_863_850_273) });

// No test may reach a network; loopback is where the embedded GitLab stands.
beforeAll(() => {
  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])/);
});

afterEach(() => {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  expect(pending, 'every request that a test announces must be made').toEqual([]);
});
