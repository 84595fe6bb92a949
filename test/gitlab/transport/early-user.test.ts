import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { connectGitLab } from '../../../src/gitlab/rest.ts';
import type { AuditEntry } from '../../../src/gitlab/transport/audit.ts';
import { askEarly } from '../../../src/gitlab/transport/early-user.ts';
import { openLine } from '../../../src/gitlab/transport/open-line.ts';
import { aClock, aLog, canary, origin } from '../connect-for-test.ts';

const user = { id: 7, username: 'herald-bot' };

function connectEarly() {
  const audit: AuditEntry[] = [];
  const options = {
    apiUrl: `${origin}/api/v4`,
    token: { kind: 'bot', value: canary, variable: 'HERALD_TOKEN' },
    log: aLog(),
    clock: aClock(),
    audit: (entry: AuditEntry) => audit.push(entry),
    caFile: null,
    variables: {},
  } as const;
  const early = askEarly(openLine(options));
  return { gitlab: connectGitLab({ ...options, early }), early, audit };
}

function answers(...given: readonly (readonly [status: number, body: string | object])[]): void {
  for (const [status, body] of given)
    nock(origin, { reqheaders: { authorization: `Bearer ${canary}` } })
      .get('/api/v4/user')
      .reply(status, body);
}

describe('the early request for the user', () => {
  test('is the only one when it is answered, counted and in the audit', async () => {
    answers([200, user]);
    const { gitlab, audit } = connectEarly();
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
    expect(gitlab.requestCount()).toBe(1);
    expect(audit.map(({ method, path, status }) => [method, path, status])).toEqual([['GET', '/user', 200]]);
  });

  test.each<[why: string, status: number, body: string | object]>([
    ['a gateway answers', 502, 'Bad Gateway'],
    ['it is no JSON', 200, '<html>'],
    ['it is another object', 200, { id: 'seven' }],
    ['it is empty', 200, ''],
  ])('is asked again in the usual way when %s', async (_why, status, body) => {
    answers([status, body], [200, user]);
    const { gitlab, audit } = connectEarly();
    expect(await gitlab.fetchCurrentUser()).toEqual(user);
    expect(audit.map((entry) => entry.status)).toEqual([status, 200]);
  });

  test('leaves a refusal to the usual request, which names the reason', async () => {
    answers([401, { message: '401 Unauthorized' }], [401, { message: '401 Unauthorized' }]);
    const { gitlab } = connectEarly();
    await expect(gitlab.fetchCurrentUser()).rejects.toMatchObject({ code: 'refused', status: 401 });
  });
});
