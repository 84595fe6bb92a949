import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { handlePayload } from '../../../src/usecases/bot/handle-payload.ts';
import type { EmbeddedWorkItem } from '../../support/gitlab/state/state.ts';
import { alertFixture } from '../../trail/alerts/fixture.ts';
import { aStage, cast, type Payload, type Stage } from './stage.ts';

const secret = 'a-secret-that-is-long-and-random-enough';
const other = 'another-secret-that-is-just-as-long-too';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const created = ['POST /projects/42/issues'];
const edited = [expect.stringMatching(/^PUT \/projects\/42\/issues\/\d+$/) as string];
const closed = [expect.stringMatching(/^POST .*\/issues\/\d+\/notes$/) as string, ...edited];

type Settings = Readonly<Record<string, unknown>>;

async function alertStage(sources: Readonly<Record<string, Settings>> = {}): Promise<Stage> {
  const own = { 'secret-sha256': hash(secret) };
  const alerts = {
    sentry: own,
    alertmanager: own,
    grafana: own,
    pager: { format: 'alertmanager', 'secret-sha256': hash(other) },
    ...sources,
  };
  const stage = await aStage(JSON.stringify({ bot: { alerts } }));
  const file = { project_id: 42, ref: 'main' };
  stage.state.files.push({ ...file, path: 'CODEOWNERS', content: '/src/ @mia' });
  return stage;
}

/** As a trigger gives it: the address says the source, the project and the secret. */
function alert(source: string, payload: Payload, more: Payload = {}): Payload {
  return {
    herald_alert: source,
    herald_project: 'shop/till',
    herald_secret: secret,
    ...payload,
    id: '42',
    ref: 'main',
    variables: {},
    ...more,
  };
}

interface Told {
  readonly status?: string;
  readonly start?: string;
  readonly end?: string;
  readonly name?: string;
  readonly fingerprint?: string;
  readonly annotations?: object;
}

function group(...told: readonly Told[]): Payload {
  return {
    version: '4',
    groupKey: '{}:{alertname="A"}',
    alerts: told.map(({ status, start, end, name, fingerprint, annotations }) => ({
      status: status ?? 'firing',
      labels: { alertname: name ?? 'HighLatency', severity: 'critical' },
      annotations: annotations ?? { summary: 'The till is slow' },
      startsAt: start ?? '2026-11-30T08:00:00Z',
      endsAt: end ?? '0001-01-01T00:00:00Z',
      fingerprint: fingerprint ?? 'f00d',
    })),
  };
}

const prometheus = (...told: readonly Told[]): Payload => alert('alertmanager', group(...told));

type Issue = EmbeddedWorkItem & { readonly state: string; readonly confidential?: boolean };

function issues(stage: Stage): readonly Issue[] {
  return stage.state.issues.filter(({ author }) => author?.id === cast.bot.id);
}

function only(stage: Stage): Issue {
  const [issue, ...others] = issues(stage);
  if (issue === undefined || others.length > 0) throw new Error('not one issue');
  return issue;
}

/** Without the hidden lines. */
function shown({ description }: Issue): string {
  return (description ?? '').replace(/^<!--.*-->$/gm, '').trim();
}

describe('row 65: an alert of another tool', () => {
  test('fires three times, is over, fires: one issue with a count, closed, opened again', async () => {
    const stage = await alertStage();
    await stage.handle(prometheus({}));
    expect(stage.deeds()).toEqual(created);
    expect(only(stage)).toMatchObject({
      title: 'HighLatency: The till is slow',
      state: 'opened',
      confidential: true,
    });
    for (const [index, start] of ['2026-11-30T08:10:00Z', '2026-11-30T08:20:00Z'].entries()) {
      await stage.handle(prometheus({ start }));
      expect(stage.deeds()).toEqual(edited);
      expect(shown(only(stage))).toContain(`${index + 2} occurrences: the first at 2026-11-30 08:00 UTC`);
    }
    await stage.handle(
      prometheus({ status: 'resolved', start: '2026-11-30T08:20:00Z', end: '2026-11-30T09:30:00Z' }),
    );
    expect(stage.deeds()).toEqual(closed);
    expect(only(stage).state).toBe('closed');
    expect(
      only(stage)
        .notes.map(({ body }) => body)
        .join(),
    ).toMatch(/It lasted 1h\s30m; 3 occurrences so far/);
    await stage.handle(prometheus({ start: '2026-11-30T10:00:00Z' }));
    expect(stage.deeds()).toEqual(edited);
    expect(only(stage).state).toBe('opened');
    // The second end replaces the one comment.
    await stage.handle(
      prometheus({ status: 'resolved', start: '2026-11-30T10:00:00Z', end: '2026-11-30T10:02:00Z' }),
    );
    expect(only(stage).notes).toHaveLength(1);
    expect(only(stage).notes[0]?.body).toContain('It lasted 2m');
  });

  test('that comes again changes nothing, in any state', async () => {
    const stage = await alertStage();
    const over = { status: 'resolved', end: '2026-11-30T09:00:00Z' };
    for (const told of [{}, over]) {
      await stage.handle(prometheus(told));
      stage.deeds();
      expect((await stage.handle(prometheus(told))).outcome).toBe('ignored');
      expect((await stage.handle(prometheus({}))).outcome).toBe('ignored');
      expect(stage.deeds()).toEqual([]);
    }
  });

  test('of a group has an issue of its own', async () => {
    const stage = await alertStage();
    const { reason } = await stage.handle(
      prometheus({ fingerprint: 'a' }, { fingerprint: 'b' }, { fingerprint: 'c', status: 'resolved' }),
    );
    expect(reason).toBe('alerts of alertmanager: 2 opened, 1 without a change (no issue is about it)');
    expect(issues(stage)).toHaveLength(2);
  });

  test('is opened once by two runs at the same time', async () => {
    const stage = await alertStage();
    await Promise.all([stage.handle(prometheus({})), stage.handle(prometheus({}))]);
    expect(issues(stage).filter(({ state }) => state === 'opened')).toHaveLength(1);
  });

  test('has labels and assignees as the project says, and is public only where it says so', async () => {
    const stage = await alertStage({
      alertmanager: {
        'secret-sha256': hash(secret),
        labels: ['incident'],
        assign: ['mia', 'nobody-of-that-name'],
        confidential: false,
      },
    });
    await stage.handle(prometheus({}));
    expect(only(stage)).toMatchObject({ labels: ['incident'], assignee_ids: [cast.mia.id] });
    expect(only(stage).confidential ?? false).toBe(false);
  });

  test('a group with one issue counts, closes and opens it again', async () => {
    const stage = await alertStage({ alertmanager: { 'secret-sha256': hash(secret), per: 'group' } });
    const [a, b] = [{ fingerprint: 'a' }, { fingerprint: 'b', start: '2026-11-30T09:00:00Z' }];
    const end = { status: 'resolved', end: '2026-11-30T10:00:00Z' };
    await stage.handle(prometheus(a));
    await stage.handle(prometheus(a, b));
    await stage.handle(prometheus(a, { ...b, ...end }));
    expect(issues(stage).map(({ state }) => state)).toEqual(['opened']);
    await stage.handle(prometheus({ ...a, ...end }, { ...b, ...end }));
    expect(issues(stage).map(({ state }) => state)).toEqual(['closed']);
    await stage.handle(prometheus({ ...a, start: '2026-11-30T11:00:00Z' }));
    expect(issues(stage).map(({ state }) => state)).toEqual(['opened']);
  });

  test('beyond the limit is counted in one issue, which is closed when all of it is over', async () => {
    const stage = await alertStage({ alertmanager: { 'secret-sha256': hash(secret), max: 2 } });
    const four = ['a', 'b', 'c', 'd'].map((fingerprint) => ({ fingerprint, name: fingerprint }));
    await stage.handle(prometheus(...four));
    expect(issues(stage).map(({ title }) => title)).toEqual([
      'a: The till is slow',
      'b: The till is slow',
      'More alerts of alertmanager',
    ]);
    expect(issues(stage).map(shown)[2]).toContain('2 alerts of `alertmanager` got no issue');
    stage.deeds();
    await stage.handle(prometheus(...four));
    expect(stage.deeds()).toEqual([]);
    const over = { status: 'resolved', end: '2026-11-30T09:00:00Z' };
    await stage.handle(prometheus({ fingerprint: 'c', ...over }));
    expect(issues(stage)[2]?.state).toBe('opened');
    await stage.handle(prometheus({ fingerprint: 'd', ...over }));
    expect(issues(stage)[2]?.state).toBe('closed');
  });

  test('a message of hundreds leaves a few issues and one that counts the rest, and nothing when it comes again', async () => {
    const stage = await alertStage({ alertmanager: { 'secret-sha256': hash(secret), max: 2 } });
    const many = Array.from({ length: 400 }, (_, n) => ({ fingerprint: `a${n}`, name: `a${n}` }));
    await stage.handle(prometheus(...many));
    expect(issues(stage)).toHaveLength(3);
    expect(issues(stage).map(shown)[2]).toContain(
      '398 alerts of `alertmanager` got no issue: at most 2 are open at once. 398 of them are not over.',
    );
    stage.deeds();
    await stage.handle(prometheus(...many));
    expect(stage.deeds()).toEqual([]);
    const over = { status: 'resolved', end: '2026-11-30T09:00:00Z' };
    await stage.handle(prometheus(...many.map((one) => ({ ...one, ...over }))));
    expect(issues(stage).map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
  });

  test('what the tool leaves out of its message is counted by group, until a message of the group has all', async () => {
    const stage = await alertStage();
    const cut = (groupKey: string, truncatedAlerts: number): Payload =>
      alert('alertmanager', { ...group({ fingerprint: groupKey }), groupKey, truncatedAlerts });
    await stage.handle(cut('one', 7));
    await stage.handle(cut('two', 5));
    const rest = (): Issue | undefined => issues(stage).find(({ title }) => title.startsWith('More alerts'));
    expect(rest()?.state).toBe('opened');
    expect(rest()?.description).toContain('12 alerts of `alertmanager` could not be read: the message');
    stage.deeds();
    await stage.handle(cut('two', 5));
    await stage.handle(cut('three', 0));
    expect(stage.deeds().filter((deed) => deed.startsWith('PUT'))).toEqual([]);
    await stage.handle(cut('one', 0));
    expect([rest()?.state, rest()?.description?.includes('5 alerts of')]).toEqual(['opened', true]);
    await stage.handle(cut('two', 0));
    expect(rest()?.state).toBe('closed');
  });

  test('costs one request where nothing is new, besides those of the project', async () => {
    const stage = await alertStage();
    await stage.handle(prometheus({}));
    await stage.handle(prometheus({}));
    expect(stage.requests().filter((request) => request.includes('/issues'))).toHaveLength(1);
  });
});

describe('row 65: an alert of Sentry', () => {
  const event = alert('sentry', alertFixture('sentry-event-alert'));
  const over = alert('sentry', alertFixture('sentry-issue-resolved'));

  test('leads to the code at the commit of its release, and names its owners without a mention', async () => {
    const stage = await alertStage();
    const sha = 'c1'.repeat(20);
    stage.state.files.push({ project_id: 42, ref: sha, path: 'src/till.ts', content: 'x' });
    stage.state.tags.push({ project_id: 42, name: 'v1.4.0', target: 'f1'.repeat(20), commit: sha });
    await stage.handle(event);
    const text = shown(only(stage));
    expect(text).toContain(`/-/blob/${sha}/src/till.ts#L12`);
    expect(text).toContain('`checkout`');
    expect(text).toContain('Code owners: `@mia`');
    // The other frame is no file of the project: no link that leads nowhere.
    expect(text).not.toContain('server.ts');
    // Whether a file is there needs none of its content.
    const asked = stage.requests().filter((request) => request.includes('till.ts'));
    expect(asked).toEqual([expect.stringMatching(/^HEAD .*\/files\/src%2Ftill\.ts$/)]);
  });

  test('row 71: whose release nobody knows leads to the newest commit, and says so', async () => {
    const stage = await alertStage();
    const sha = 'b0'.repeat(20);
    stage.state.files.push({ project_id: 42, ref: sha, path: 'src/till.ts', content: 'x' });
    await stage.handle(event);
    expect(shown(only(stage))).toContain('The alert names no commit of the project');
    expect(shown(only(stage))).toContain(`/-/blob/${sha}/src/till.ts#L12`);
  });

  test('row 71: whose files are not there names its frames as text', async () => {
    const stage = await alertStage();
    await stage.handle(event);
    expect(shown(only(stage))).toContain('`app:///src/till.ts:12` in `checkout`');
    expect(shown(only(stage))).not.toContain('/-/blob/');
  });

  test('is over when its issue is resolved, and keeps its words', async () => {
    const stage = await alertStage();
    await stage.handle(event);
    await stage.handle(over);
    expect(only(stage).state).toBe('closed');
    expect(shown(only(stage))).toContain('app:///src/till.ts');
    const { data, ...rest } = alertFixture('sentry-event-alert') as {
      readonly data: { readonly event: object };
    };
    const next = { event_id: 'f'.repeat(32), datetime: '2026-11-30T12:00:00Z' };
    await stage.handle(alert('sentry', { ...rest, data: { ...data, event: { ...data.event, ...next } } }));
    expect(only(stage).state).toBe('opened');
    expect(shown(only(stage))).toContain('2 occurrences');
  });
});

test('row 65: an alert of any JSON', async () => {
  const fields = {
    fingerprint: 'check.id',
    title: 'check.name',
    state: 'status',
    text: 'output',
    link: 'url',
  };
  const stage = await alertStage({ checks: { format: 'json', 'secret-sha256': hash(secret), fields } });
  const told = (status: string): Payload =>
    alert('checks', {
      check: { id: 7, name: 'Front page' },
      status,
      output: 'timeout',
      url: 'https://c.example.com/7',
    });
  await stage.handle(told('down'));
  await stage.handle(told('down'));
  await stage.handle(told('up'));
  expect(only(stage)).toMatchObject({ title: 'Front page', state: 'closed' });
  await stage.handle(told('down'));
  expect(only(stage).state).toBe('opened');
  expect(shown(only(stage))).toContain('2 occurrences');
  expect(shown(only(stage))).toContain('(https://c.example.com/7)');
});

describe('an alert that cannot be believed', () => {
  test.each<[string, Payload, string]>([
    ['without a secret', alert('alertmanager', group({}), { herald_secret: null }), 'brings no secret'],
    [
      'with a wrong one',
      alert('alertmanager', group({}), { herald_secret: 'guess' }),
      'is not the one of its source',
    ],
    ['with the secret of another source', alert('pager', group({})), 'is not the one of its source'],
    ['of a source that the project does not name', alert('nagios', group({})), 'takes no alerts of nagios'],
    [
      'for a project that is not served',
      alert('alertmanager', group({}), { herald_project: 43 }),
      'not among',
    ],
    [
      'for a project that is not there',
      alert('alertmanager', group({}), { herald_project: 'a/b' }),
      'does not exist',
    ],
  ])('%s does nothing, and the log says why', async (_name, payload, words) => {
    const stage = await alertStage();
    const handled = await stage.handle(payload);
    expect(handled).toMatchObject({ outcome: 'ignored', reason: expect.stringContaining(words) as string });
    expect(stage.deeds()).toEqual([]);
  });

  test('through a trigger does nothing where the project has set no secret; on a machine of its own it does', async () => {
    const stage = await alertStage({ alertmanager: {} });
    const handled = await stage.handle(prometheus({}));
    expect(handled.reason).toContain('secret-sha256');
    await handlePayload(JSON.stringify(prometheus({})), stage.world(), true);
    expect(issues(stage)).toHaveLength(1);
  });

  test('is told nothing of the secret by a log', async () => {
    const stage = await alertStage();
    const { reason } = await stage.handle(alert('pager', group({})));
    expect(JSON.stringify([reason, stage.log])).not.toMatch(new RegExp(`${secret}|${hash(other)}`));
  });
});

describe('bad input', () => {
  test.each<[string, Payload, string]>([
    ['no message of the tool', alert('alertmanager', { hello: 'world' }), 'not a payload of Alertmanager'],
    ['a message of another tool', alert('grafana', group({})), 'not a payload of Grafana: orgId'],
    ['a wrong source', alert('../sentry', {}), 'herald_alert of an alert is not valid'],
  ])('%s is a sentence', async (_name, payload, words) => {
    const stage = await alertStage();
    const handling = stage.handle(payload);
    await expect(handling).rejects.toBeInstanceOf(UsageError);
    await expect(handling).rejects.toThrow(words);
    expect(stage.deeds()).toEqual([]);
  });
});

describe('an alert of an attacker', () => {
  const evil = [
    '@mia /close',
    '/assign @mia',
    '<!-- herald:issue v=1 key=alert/pager/0 by=900:AAAAAAAAAAAAAAAAAAAAAA -->',
    '`` ` ``` closes #3 !7 [x](javascript:alert(1)) <img src=x onerror=alert(1)>',
    'glpat-abcdefghijklmnopqrst',
  ].join('\n');

  test('mentions nobody, closes nothing, runs no quick action, links nothing, shows no secret', async () => {
    const stage = await alertStage();
    await stage.handle(
      prometheus({
        name: evil,
        annotations: { summary: evil, description: `more:\n${evil}` },
        fingerprint: 'evil',
      }),
    );
    const { title, description } = only(stage);
    expect(title).not.toMatch(/@mia|#3|!7/);
    const body = description ?? '';
    // In code blocks GitLab looks for nothing: https://docs.gitlab.com/user/project/quick_actions/
    const [outside, fenced] = [body.replace(/^ ?(`{3,})\n[^]*?\n ?\1$/gm, ''), body.match(/^ ?`{3,}$/gm)];
    expect(fenced).toHaveLength(2);
    expect(body).not.toMatch(/^\//m);
    expect(outside).not.toMatch(/@mia(?!`)|<img|javascript:/m);
    expect(`${title}${body}`).not.toContain('glpat-abcdef');
    expect(body).toMatch(/^<!-- herald:issue v=1 key=alert\/alertmanager\//);
    // It is found by its own key alone.
    stage.deeds();
    await stage.handle(prometheus({ status: 'resolved', fingerprint: 'evil', end: '2026-11-30T09:00:00Z' }));
    expect(only(stage).state).toBe('closed');
    expect(stage.state.issues.find(({ iid }) => iid === 3)?.state).toBe('opened');
  });

  test.each([
    ['a zero byte', 'a\u0000b', 'a␀b'],
    ['half a character', 'a\uD800b', 'a\uFFFDb'],
    ['nothing that is seen', '\u200B', ''],
  ])('cannot keep its issue away by %s in its words', async (_name, words, seen) => {
    const stage = await alertStage();
    await stage.handle(prometheus({ name: words, annotations: { summary: words, description: words } }));
    expect(only(stage).title).toBe(`${seen}: ${seen}`.trim());
    expect(only(stage).state).toBe('opened');
  });

  test('shows no half of a secret where its words are cut', async () => {
    const stage = await alertStage();
    const description = `${'x'.repeat(1_985)} glpat-abcdefghijklmnopqrst`;
    await stage.handle(prometheus({ annotations: { description } }));
    expect(shown(only(stage))).toContain('xxx');
    expect(shown(only(stage))).not.toContain('glpat-abc');
  });

  test('with the fingerprint of another source opens an issue of its own, and ends nothing of the other', async () => {
    const stage = await alertStage();
    await stage.handle(prometheus({}));
    const pager = alert('pager', group({ status: 'resolved', end: '2026-11-30T09:00:00Z' }), {
      herald_secret: other,
    });
    await stage.handle(pager);
    expect(only(stage).state).toBe('opened');
    await stage.handle(alert('pager', group({}), { herald_secret: other }));
    expect(issues(stage)).toHaveLength(2);
  });

  test('cannot be an issue that somebody else wrote with the marks of Herald', async () => {
    const stage = await alertStage();
    await stage.handle(prometheus({}));
    const { description = '' } = only(stage);
    const copy = stage.item({ kind: 'issue', project: 42, iid: 3 });
    Object.assign(copy, { description });
    await stage.handle(prometheus({ status: 'resolved', end: '2026-11-30T09:00:00Z' }));
    expect(stage.state.issues.find(({ iid }) => iid === 3)?.state).toBe('opened');
    expect(only(stage).state).toBe('closed');
  });

  test('cannot put a record of its own into an issue: then the count begins anew', async () => {
    const stage = await alertStage();
    await stage.handle(prometheus({}));
    const issue = only(stage);
    const record = Buffer.from(JSON.stringify({ count: 1_000_000 })).toString('base64url');
    Object.assign(issue, {
      description: (issue.description ?? '').replace(/(herald:record v=1 )\S+/, `$1${record}`),
    });
    await stage.handle(prometheus({ start: '2026-11-30T09:00:00Z' }));
    expect(shown(only(stage))).toContain('It happened at 2026-11-30 09:00 UTC');
  });

  test('does not hide in an event of GitLab', async () => {
    const stage = await alertStage();
    const { payload } = stage.say('eve', 'hello');
    await stage.handle({ ...payload, ...alert('alertmanager', group({})) });
    expect(issues(stage)).toEqual([]);
  });
});
