import { expect, test } from 'vitest';
import type { Host } from '../../../src/cli/host.ts';
import { setupWishesFrom } from '../../../src/cli/setup-wishes-from.ts';
import { setupOptions } from '../../../src/config/setup-options.ts';
import type { ProjectSettings } from '../../../src/model/setup.ts';
import { setupCommand } from '../../../src/usecases/setup/command.ts';

const bot = { id: 9, path: 'shop/bot' } as ProjectSettings;
const watched = { id: 100, path: 'shop/web' } as ProjectSettings;

test.each<[string, object, ProjectSettings, string]>([
  ['nothing chosen', {}, watched, '--bot-project shop/bot --watch shop/web'],
  ['a project that is its own bot', {}, bot, '--watch shop/bot'],
  [
    'everything chosen',
    {
      ref: 'release',
      events: ['note_events', 'push_events'],
      branches: 'main*',
      template: false,
      sslVerification: false,
      protectToken: false,
      sweepCron: '0 7 * * *',
      resourceGroup: 'bot',
      parts: ['webhook'],
      config: 'ci/herald.yml',
    },
    watched,
    "--bot-project shop/bot --watch shop/web --ref release --events note_events,push_events --branches 'main*' --no-template --no-ssl-verification --no-protect-token --sweep-cron '0 7 * * *' --resource-group bot --parts webhook --config ci/herald.yml",
  ],
  ['what a shell would read', { ref: "it's; $(x)" }, bot, String.raw`--watch shop/bot --ref 'it'\''s; $(x)'`],
])('the command for %s', (_name, options, project, rest) => {
  const given = { server: 'https://git.example.com/gitlab/', watch: ['shop/web'], ...options };
  const host = { variables: { HERALD_BOT_TOKEN: 'glpat-CANARY-0123456789' } } as unknown as Host;
  const wishes = setupWishesFrom(setupOptions.parse(given), host);
  expect(setupCommand(wishes, bot, project)).toBe(
    `herald setup --server https://git.example.com/gitlab ${rest}`,
  );
});

test('the command for a GitLab without TLS says that this is meant', () => {
  const given = { server: 'http://git.example.com', allowInsecure: true, watch: ['shop/web'] };
  const wishes = setupWishesFrom(setupOptions.parse(given), { variables: {} });
  expect(setupCommand(wishes, bot, bot)).toContain('--server http://git.example.com --allow-insecure');
});
