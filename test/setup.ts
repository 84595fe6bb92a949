import nock from 'nock';
import { afterEach, beforeAll, expect } from 'vitest';

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
