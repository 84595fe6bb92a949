import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';

let built = 0;
beforeEach(() => {
  built = 0;
  vi.resetModules();
  z.config({
    postProcessor: () => {
      built += 1;
    },
  });
});
afterEach(() => {
  z.config({ postProcessor: undefined });
});

/**
 * A schema that a module builds as it loads costs every command that loads the module, and few need it: about 15
 * microseconds each before the first request. `z.lazy(() => …)` builds it for the first value. The budgets are what was
 * measured when they were written down, and a twentieth.
 */
test.each<[name: string, load: () => Promise<unknown>, most: number]>([
  ['the requests to GitLab', () => import('../../src/gitlab/rest.ts'), 262],
  ['the events of webhooks', () => import('../../src/webhooks/registry.ts'), 47],
  ['the settings of the bot', () => import('../../src/bot/parse-settings.ts'), 406],
  ['herald bot', () => import('../../src/cli/bot.ts'), 152],
  ['herald report', () => import('../../src/cli/report.ts'), 400],
  ['the help of a command', () => import('../../src/print-help.ts'), 0],
])('%s: few schemas are built as it loads', async (_name, load, most) => {
  await load();
  expect(built).toBeLessThanOrEqual(most);
});
