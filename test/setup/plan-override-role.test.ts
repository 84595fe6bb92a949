import { describe, expect, test } from 'vitest';
import { checkOverrideRole } from '../../src/doctor/check-bot-project.ts';
import { planOverrideRole } from '../../src/setup/plan-override-role.ts';

const theProject = {
  id: 9,
  path: 'shop/herald-bot',
  url: '',
  defaultBranch: 'main',
  archived: false,
  pendingDeletion: false,
  ciEnabled: true,
};

const rows: readonly (readonly [role: string | null, version: string | null, done: string, found: string])[] =
  [
    ['developer', '18.6.0-ee', 'change', 'problem'],
    ['maintainer', '19.6.0', 'change', 'problem'],
    ['owner', '19.0.1-ee', 'change', 'problem'],
    ['no_one_allowed', '18.6.0', 'nothing', 'ok'],
    // Before that a payload counts as a variable: setting it would end the bot.
    ['maintainer', '18.5.9', 'advice', 'problem'],
    ['owner', null, 'advice', 'problem'],
    ['no_one_allowed', '18.5.0', 'advice', 'warning'],
    ['no_one_allowed', null, 'advice', 'warning'],
    [null, '19.6.0', 'nothing', 'unknown'],
  ];

describe('who may set variables of the pipelines of the bot', () => {
  test.each(rows)('%s in GitLab %s: setup makes %s, doctor finds %s', (role, version, done, found) => {
    const project = { ...theProject, minimumOverrideRole: role };
    const { changes, advice } = planOverrideRole(project, version);
    expect(changes.length > 0 ? 'change' : advice.length > 0 ? 'advice' : 'nothing').toBe(done);
    const to = changes.flatMap((change) => (change.do === 'set-override-role' ? [change.to] : []));
    expect(to).toEqual(done === 'change' ? ['no_one_allowed'] : []);
    expect(checkOverrideRole(project, version).map(({ state }) => state)).toEqual([found]);
  });
});
