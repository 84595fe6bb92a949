import { describe, expect, test } from 'vitest';
import { type GivenSetupTarget, setupTargetFrom } from '../../src/context/setup-target.ts';

const server = 'https://gitlab.example.com';

function targetFrom(
  given: Partial<GivenSetupTarget>,
  variables: Readonly<Record<string, string>> = {},
): ReturnType<typeof setupTargetFrom> {
  const nothing = { server, botProject: null, watch: [], group: null, allowInsecure: false, receiver: null };
  return setupTargetFrom({ ...nothing, ...given }, variables);
}

describe('what is set up', () => {
  test.each<[string, Partial<GivenSetupTarget>, Readonly<Record<string, string>>, object]>([
    [
      'one project that is its own bot',
      { watch: ['shop/web'] },
      {},
      { botProject: 'shop/web', projects: [] },
    ],
    ['the project of the job', {}, { CI_PROJECT_ID: '42' }, { botProject: 42, projects: [] }],
    [
      'one that is named, before that of the job',
      { watch: ['shop/web'] },
      { CI_PROJECT_ID: '42' },
      { botProject: 'shop/web' },
    ],
    [
      'a bot and what it watches',
      { botProject: 'shop/bot', watch: ['shop/a', '7'] },
      {},
      { botProject: 'shop/bot', projects: ['shop/a', 7] },
    ],
    ['a bot and a group', { botProject: '9', group: 'shop' }, {}, { botProject: 9, projects: [] }],
    [
      'a bot alone, which watches itself',
      { botProject: '9' },
      { CI_PROJECT_ID: '42' },
      { botProject: 9, projects: [] },
    ],
    ['paths without slashes around them', { watch: ['/shop/web/'] }, {}, { botProject: 'shop/web' }],
    ['a path that begins with a zero, which is no id', { watch: ['007'] }, {}, { botProject: '007' }],
    [
      'a number too long for an id, which is a path',
      { watch: ['1'.repeat(16)] },
      {},
      { botProject: '1'.repeat(16) },
    ],
  ])('%s', (_name, given, variables, target) => {
    expect(targetFrom(given, variables)).toMatchObject({ apiUrl: `${server}/api/v4`, ...target });
  });
});

describe('what cannot be understood', () => {
  test.each<[string, Partial<GivenSetupTarget>, Readonly<Record<string, string>>, string]>([
    ['no GitLab', { server: null }, {}, 'no GitLab given'],
    ['no project', {}, {}, 'no project given'],
    ['an empty project of the job', {}, { CI_PROJECT_ID: '' }, 'no project given'],
    [
      'a group and projects',
      { group: 'shop', watch: ['a'], botProject: 'b' },
      {},
      '--group and --watch are both given',
    ],
    ['a group without a bot', { group: 'shop' }, {}, 'no bot project given'],
    ['projects without a bot', { watch: ['a', 'b'] }, {}, 'no bot project given'],
    ['a GitLab without TLS', { server: 'http://gitlab.example.com', watch: ['a'] }, {}, 'does not use TLS'],
    ['in capitals, too', { server: 'HTTP://gitlab.example.com', watch: ['a'] }, {}, 'does not use TLS'],
    [
      'that of the job, too',
      { server: null, watch: ['a'] },
      { CI_API_V4_URL: 'http://x.example.com/api/v4' },
      'does not use TLS',
    ],
  ])('%s', (_name, given, variables, message) => {
    expect(() => targetFrom(given, variables)).toThrow(message);
  });

  test('a GitLab without TLS is taken where that is meant', () => {
    const given = { server: 'http://127.0.0.1:8080/gitlab/', watch: ['a'], allowInsecure: true };
    expect(targetFrom(given).apiUrl).toBe('http://127.0.0.1:8080/gitlab/api/v4');
  });
});
