import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rightsOfRequest } from '../../../src/gitlab/rights/rights-of-request.ts';
import { aStage, mr, type Stage } from './stage.ts';

/** The permissions that the reference lists for the bot, as `Job: Read`. */
function listedForBot(): readonly string[] {
  const page = readFileSync('docs/reference/permissions.md', 'utf8');
  const from = page.indexOf('A token for **the bot**');
  const list = page.slice(from, page.indexOf("A maintainer's token for", from));
  return [...list.matchAll(/^- ([^:]+): (.*)$/gm)].flatMap(([, resource = '', actions = '']) =>
    actions.split(', ').map((action) => `${resource}: ${action}`),
  );
}

async function withPermissions(permissions: readonly string[]): Promise<Stage> {
  const stage = await aStage();
  stage.state.granularTokens.set('bot-token', permissions);
  return stage;
}

test.each(['label ~backend', 'retry', 'help', 'assign @dev', 'status'])(
  'the permissions of the reference are enough for /herald %s',
  async (command) => {
    const stage = await withPermissions(listedForBot());
    const { outcome } = await stage.handle(stage.say('dev', `/herald ${command}`).payload);
    expect(outcome).toBe('handled');
    // What only Maintainers see is refused to this bot anyway, whatever its token.
    const refused = stage.gitlab.requests.filter(
      ({ method, path, status }) =>
        status === 403 && !rightsOfRequest(method, path).every(({ right }) => right.role === 'maintainer'),
    );
    expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(stage.item(mr).notes.length).toBeGreaterThan(1);
  },
);

test('without one of them the log says which, and does not blame the role', async () => {
  const stage = await withPermissions(listedForBot().filter((name) => name !== 'Merge Request: Update'));
  const handled = await stage.handle(stage.say('dev', '/herald label ~backend').payload);
  const { body = '' } = stage.item(mr).notes.at(-1) ?? {};
  const words = JSON.stringify([handled, body]);
  expect(words).toContain('[Merge Request: Update]');
  expect(words).not.toContain('at least the role');
});
