import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coverageWords } from '../../src/doctor/check-role.ts';
import { neededRights } from '../../src/doctor/needed-rights.ts';
import { botCalls } from '../gitlab/contract-of-bot.ts';
import { setupCalls } from '../gitlab/contract-of-setup.ts';

/** `POST/PUT issues/:iid/notes` as expressions for `POST /projects/42/issues/5/notes/7`. */
function patternsOf(call: string): readonly RegExp[] {
  const [methods = '', path = ''] = call.split(' ');
  const top = path === '/graphql' ? '/api' : '/api/v4';
  const below = path.startsWith('/') ? top : '/api/v4/projects/[^/]+/';
  const rest = path
    .replace(/\?.*$/, '')
    .replaceAll('.', '\\.')
    .replace('…', '[^?]*')
    .replace(/:[a-z]+/g, '[^/?]+');
  // The project itself, not all that is below it.
  const tail = path.endsWith('/projects/:id') ? '' : '(?:[/?].*)?';
  return methods.split('/').map((method) => new RegExp(`^${method} ${below}${rest}${tail}$`));
}

const known = neededRights.flatMap(({ calls }) => calls.flatMap(patternsOf));

/** What every token may ask of itself and of the instance. */
const always = [
  /^GET \/api\/v4\/(?:version|personal_access_tokens\/self)$/,
  /^GET \/api\/v4\/projects\/[^/?]+$/,
];

describe('the rights that each feature needs', () => {
  test.each([...botCalls, ...setupCalls].map(({ name, sent }) => [name, sent.request]))(
    'has the request of %s: %s',
    (_name, request) => {
      expect([...known, ...always].filter((pattern) => pattern.test(request))).not.toEqual([]);
    },
  );

  test('names each feature once, and a page of GitLab for each', () => {
    const features = neededRights.map(({ feature }) => feature);
    expect(new Set(features).size).toBe(features.length);
    for (const { source, calls } of neededRights) {
      expect(source).toMatch(/^https:\/\/docs\.gitlab\.com\//);
      expect(calls.length).toBeGreaterThan(0);
    }
  });

  test('asks for the scope api wherever it writes, and for read_api where it only reads', () => {
    for (const { feature, calls, scope } of neededRights) {
      const writes = calls.some((call) => /\b(?:POST|PUT|DELETE)\b/.test(call.split(' ', 1)[0] ?? ''));
      expect([feature, scope]).toEqual([feature, writes ? 'api' : 'read_api']);
    }
  });

  test('is the page', () => {
    const page = readFileSync('docs/reference/permissions.md', 'utf8');
    for (const { feature } of neededRights) expect(page).toContain(`| ${feature} |`);
  });
});

test('which features a role covers, in words', () => {
  const right = (feature: string, role: 'reporter' | 'developer' | 'maintainer') => ({
    feature,
    role,
    actors: [],
    project: 'watched' as const,
    scope: 'api' as const,
    tier: 'Free' as const,
    calls: [],
    note: '',
    source: '',
  });
  const rights = [
    right('comments', 'reporter'),
    right('statuses', 'developer'),
    right('labels', 'developer'),
    right('webhooks', 'maintainer'),
  ];
  expect([0, 20, 30, 40].map((level) => coverageWords(rights, level))).toEqual([
    'needs Reporter: comments; needs Developer: statuses, labels; needs Maintainer: webhooks',
    'works: comments; needs Developer: statuses, labels; needs Maintainer: webhooks',
    'works: comments, statuses, labels; needs Maintainer: webhooks',
    'works: comments, statuses, labels, webhooks',
  ]);
});
