import { test } from 'vitest';

test('opens', () => undefined);

// The worker dies as if it had no memory left: Vitest says so on its console only.
test('dies', () => {
  process.kill(process.pid, 'SIGKILL');
});
