import { expect, test } from 'vitest';
import type { Intervention } from '../../../src/demo/server.ts';
import { aStage } from './stage.ts';

const rules = 'bot: { rules: [{ name: r, on: merge_request, do: [{ label: new }] }] }';

/** A proxy that takes away the header with the commit of a file. */
function withoutHeader({ path }: { readonly path: string }): Intervention {
  if (!path.includes('/repository/files/')) return undefined;
  return { status: 200, body: rules, headers: { 'content-type': 'text/plain' } };
}

test.each([
  ['why', null, /has no configuration: only commands act/],
  ['why', withoutHeader, /comes from the default branch; GitLab does not name its commit/],
  ['status', null, /Configuration: none: only commands act/],
  ['status', withoutHeader, /Configuration: 1 rule in force/],
])('%s tells a missing file from a missing commit', async (command, beforeRequest, words) => {
  const stage = await aStage(null, beforeRequest === null ? {} : { beforeRequest });
  const { note, payload } = stage.say('mia', `/herald ${command}`);
  await stage.handle(payload);
  expect(stage.answers(note)[0]).toMatch(words);
});
