import { expect, test } from 'vitest';
import { actorOf } from '../../../../src/gitlab/resources/history/actor.ts';

test.each([
  'project_42_bot',
  'project_42_bot_1f2e3d',
  'group_7_bot_0123456789abcdef',
  'service_account_group_7_1f2e',
  'support-bot',
  'alert-bot',
  'gitlab-bot',
  'herald_bot',
  'renovate-bot',
  'renovate',
  'dependabot',
  'GitLabDuo',
])('%s is a bot', (username) => {
  expect(actorOf(username).isBot).toBe(true);
});

test.each(['ada', 'abbot', 'bottom', 'botond', 'talbot', 'ghost', 'project_bot_of_ada_x'])(
  '%s is a person',
  (username) => {
    expect(actorOf(username).isBot).toBe(false);
  },
);

test('GitLab knows better where it says so', () => {
  expect(actorOf('ada', true).isBot).toBe(true);
});
