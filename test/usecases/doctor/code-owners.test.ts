import { expect, test } from 'vitest';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { anInstallation } from './installation.ts';

async function found(content: string | null, change: (state: EmbeddedState) => void = () => undefined) {
  const { checks, state, stage } = await anInstallation();
  const watched = state.projects.find(({ path_with_namespace: path }) => path === 'shop/checkout');
  const project_id = watched?.id ?? 0;
  const file = { project_id, ref: watched?.default_branch ?? '', path: 'docs/CODEOWNERS' };
  if (content !== null) state.files.push({ ...file, content });
  change(state);
  const invited = (full_path: string, access_level: number, relation: 'direct' | 'inherited'): void =>
    void state.ci.invitedGroups.push({ project_id, full_path, access_level, relation });
  invited('acme/reviewers', 30, 'direct');
  invited('acme/above', 40, 'inherited');
  invited('acme/guests', 20, 'direct');
  const before = stage.gitlab.requests.length;
  const all = await checks();
  const asked = stage.gitlab.requests.slice(before).map(({ path }) => path);
  return {
    said: all
      .filter(({ about }) => about.includes('CODEOWNERS'))
      .map(({ state: how, words }) => `${how}: ${words}`),
    asked: asked.filter((path) => /\/(?:invited_)?groups$|members\/all$/.test(path)).length,
  };
}

test('owners who can approve are fine; groups above the project need no question', async () => {
  expect(await found('* @shop\n/src @@developer\n')).toEqual({
    said: ['ok: 2 owners: GitLab can ask each of them'],
    asked: 0,
  });
});

test('groups that nobody invited, or as less than a Developer, and strangers count for nothing', async () => {
  const { said, asked } = await found('* @acme/reviewers @acme/above @acme/guests @acme/none @stranger\n');
  expect(said).toEqual([
    expect.stringMatching(
      /^warning: of 5 owners, GitLab passes over @acme\/guests, @acme\/none, @stranger, as far/,
    ),
  ]);
  expect(asked).toBe(3);
});

test('without a file nothing is said', async () => {
  expect(await found(null)).toEqual({ said: [], asked: 0 });
});
