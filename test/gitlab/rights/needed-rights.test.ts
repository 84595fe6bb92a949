import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coverageWords } from '../../../src/doctor/check-role.ts';
import { neededRights } from '../../../src/gitlab/rights/needed-rights.ts';
import { rightsOfRequest } from '../../../src/gitlab/rights/rights-of-request.ts';
import { permissionOf } from '../../support/gitlab/permissions.ts';
import { botCalls } from '../contract-of-bot.ts';
import { historyCalls } from '../contract-of-history.ts';
import { setupCalls } from '../contract-of-setup.ts';

/** `GET /api/v4/user?a=b` → its method, and its path below the API. */
function lineOf(request: string): readonly [method: string, path: string] {
  const [method = '', path = ''] = request.split(' ', 2);
  return [method, path.replace(/\?.*$/, '').replace(/^\/api(?:\/v4)?/, '')];
}

describe('the rights that each feature needs', () => {
  test.each([...botCalls, ...setupCalls, ...historyCalls].map(({ name, sent }) => [name, sent.request]))(
    'has the request of %s: %s',
    (_name, request) => {
      expect(rightsOfRequest(...lineOf(request))).not.toEqual([]);
    },
  );

  test('names each feature once, and a page of GitLab for each', () => {
    const features = neededRights.map(({ feature }) => feature);
    expect(new Set(features).size).toBe(features.length);
    for (const { source, requests } of neededRights) {
      expect(source).toMatch(/^https:\/\/docs\.gitlab\.com\//);
      expect(Object.values(requests).flat().length).toBeGreaterThan(0);
    }
  });

  test('asks for the scope api wherever it writes, and for read_api where it only reads', () => {
    for (const { feature, requests, scope } of neededRights) {
      const writes = Object.values(requests)
        .flat()
        .some((request) => !/^(?:GET|HEAD) /.test(request));
      expect([feature, scope]).toEqual([feature, writes ? 'api' : 'read_api']);
    }
  });

  test('names the permission that GitLab names for each request', () => {
    const wrong = neededRights.flatMap(({ requests }) =>
      Object.entries(requests).flatMap(([permission, list]) =>
        list.flatMap((request) => {
          const [method = '', path = ''] = request.split(' ', 2);
          const whole = path.startsWith('/') ? path : `/projects/:id/${path}`;
          const wanted = permissionOf(method, whole.replaceAll(/:[a-z]+|\*/g, 'x'));
          return path === '/graphql' || wanted === permission
            ? []
            : [`${request}: ${permission}, not ${wanted}`];
        }),
      ),
    );
    expect(wrong).toEqual([]);
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
    requests: {},
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
