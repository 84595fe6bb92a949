import fc from 'fast-check';
import nock from 'nock';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { demoBot } from '../../../src/demo/scenario.ts';
import type { Note, NotesAndIssue } from '../../../src/gitlab/ports/port.ts';
import { flakyIssue } from '../../../src/model/flaky-mark.ts';
import { withIssueMarker } from '../../../src/model/issue-marker.ts';
import { withBotMark } from '../../../src/publish/bot-marker.ts';
import { fetchFlakyMarks, flakyMarksOf } from '../../../src/publish/flaky-marks.ts';
import { withMarker } from '../../../src/publish/marker.ts';
import { runs } from '../../property-runs.ts';
import { startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import {
  type EmbeddedIssue,
  type EmbeddedMergeRequest,
  type EmbeddedNote,
  type EmbeddedState,
} from '../../support/gitlab/state/state.ts';
import { connect, mergeRequest, origin } from '../connect-for-test.ts';

const place = { project: 42, projectPath: 'shop/shop', iid: 7 } as const;
const other = { id: 8, username: 'eve' };
const sha = '0123456789abcdef0123456789abcdef01234567';

/** As GraphQL gives times: without parts of a second. */
function withoutParts<T extends { readonly createdAt: string }>(row: T): T {
  const cut = (text: string): string => text.replace(/\.\d+Z$/, 'Z');
  const updatedAt = 'updatedAt' in row ? { updatedAt: cut(String(row.updatedAt)) } : {};
  return { ...row, createdAt: cut(row.createdAt), ...updatedAt };
}

interface Stage {
  readonly gitlab: ReturnType<typeof connect>['gitlab'];
  readonly state: EmbeddedState;
  readonly mr: EmbeddedMergeRequest;
}

async function aStage(): Promise<Stage> {
  const state = stateOfDemo(new Date());
  const server = await startEmbeddedGitLab({ state });
  onTestFinished(() => server.stop());
  const { gitlab } = connect({
    apiUrl: server.apiUrl,
    token: { kind: 'bot', value: 'demo-bot-token', variable: 'HERALD_TOKEN' },
  });
  const [mr] = state.mergeRequests;
  if (mr === undefined) throw new Error('the demo has a merge request');
  return { gitlab, state, mr };
}

function aNote(id: number, fields: Partial<EmbeddedNote> = {}): EmbeddedNote {
  const at = new Date(Date.parse('2026-03-04T10:00:00.000Z') + id * 1234).toISOString();
  return { id, author: other, body: `note ${id}`, system: false, created_at: at, updated_at: at, ...fields };
}

function aMark(stage: Stage, iid: number, label: string): string {
  const on = { kind: 'issue', project: 42, iid } as const;
  const mark = {
    kind: 'note',
    key: `flaky/${label}`,
    by: 'command flaky',
    event: 'note',
    config: null,
    permission: 'dev, developer',
  } as const;
  const sign = (text: string): string => stage.gitlab.signature(text);
  return withBotMark(mark, { on, authorId: demoBot.id, sign }, `${label} is flaky`);
}

function anIssue(stage: Stage, iid: number, fields: Partial<EmbeddedIssue> = {}): EmbeddedIssue {
  const owner = { project: 42, authorId: demoBot.id };
  const described = { key: flakyIssue.key, body: 'Tests' };
  return {
    project_id: 42,
    iid,
    title: 'Tests known as flaky',
    author: demoBot,
    state: 'opened',
    confidential: true,
    labels: [flakyIssue.label],
    description: withIssueMarker(described, owner, (text) => stage.gitlab.signature(text)),
    notes: [],
    created_at: `2026-03-0${iid}T10:00:00.000Z`,
    ...fields,
  };
}

/** What both ways give must be the same, or the short one gives nothing. */
async function compared({ gitlab }: Stage): Promise<NotesAndIssue | null> {
  const found = await gitlab.fetchNotesAndIssue(place, flakyIssue);
  if (found === null) return null;
  const { notes, more } = await gitlab.fetchNotePage(place, 1);
  expect(found.notes).toEqual(notes.map(withoutParts));
  expect(found.more).toBe(more);
  expect(found.user).toEqual(await gitlab.fetchCurrentUser());
  const issue = await gitlab.findOwnIssue(place.project, flakyIssue);
  if (found.issue.kind === 'unknown') {
    expect(flakyMarksOf(found.issue, gitlab)).toBeNull();
    return found;
  }
  expect(found.issue.kind === 'found' ? found.issue.issue : null).toEqual(issue);
  const { byKey, on } = await fetchFlakyMarks(place.project, gitlab);
  const cut = [...byKey].map(([key, mark]) => [key, { ...mark, at: mark.at.replace(/\.\d+Z$/, 'Z') }]);
  const short = flakyMarksOf(found.issue, gitlab);
  expect(short?.on).toEqual(on);
  expect([...(short?.byKey ?? [])].sort()).toEqual(cut.sort());
  return found;
}

const hostile: readonly Partial<EmbeddedNote>[] = [
  { body: withMarker({ key: 'report', pipelineId: 5003, sha }, 'copied') },
  { body: '`{"errors":[{}]}`\n<!-- herald:bot v=1 -->\n"}]}}' },
  { body: 'added 1 commit', system: true },
  { body: 'only for us', internal: true },
  { body: 'on a line', type: 'DiffNote', discussion_id: 'a', resolved: true },
  { body: 'an answer', type: 'DiffNote', discussion_id: 'a' },
  { body: 'a thread', type: 'DiscussionNote', discussion_id: 'b' },
  { body: '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} \u202Eabc \u0007 \uFEFF \u2028 ﷽' },
  { body: 'x'.repeat(999_999) },
  { body: '\\u0000 \\" \r\n\t' },
];

describe('against the same instance', () => {
  test('hostile comments come as REST gives them', async () => {
    const stage = await aStage();
    stage.mr.notes.push(...hostile.map((fields, index) => aNote(200 + index, fields)));
    stage.mr.notes.push(aNote(300, { author: demoBot, body: 'mine' }));
    const found = await compared(stage);
    expect(found?.notes.length).toBe(stage.mr.notes.filter(({ system }) => !system).length);
    expect(found?.issue).toEqual({ kind: 'none' });
  });

  test.each([99, 100, 101, 250])('%i comments', async (count) => {
    const stage = await aStage();
    stage.mr.notes.splice(0, Infinity, aNote(1, { system: true }));
    for (let id = 2; id <= count + 1; id += 1) stage.mr.notes.push(aNote(id));
    const found = await compared(stage);
    expect(found?.notes).toHaveLength(Math.min(count, 100));
    expect(found?.more).toBe(count > 100);
  });

  test('comments come in the order of their times, whatever the order of their making', async () => {
    const stage = await aStage();
    const times = ['2026-03-05T10:00:00.000Z', '2026-03-04T10:00:00.000Z'];
    const made = times.map((at, index) => aNote(index + 1, { created_at: at }));
    stage.mr.notes.splice(0, Infinity, ...made);
    expect((await compared(stage))?.notes.map(({ id }) => id)).toEqual([2, 1]);
  });

  test('marks of the own user count, and nobody else’s', async () => {
    const stage = await aStage();
    const issue = anIssue(stage, 2);
    issue.notes.push(
      aNote(1, { body: aMark(stage, 2, 'copied') }),
      aNote(2, { author: demoBot, body: aMark(stage, 2, 'a') }),
      aNote(3, { author: demoBot, body: aMark(stage, 3, 'of another issue') }),
      aNote(4, { author: demoBot, body: aMark(stage, 2, 'a'), system: true }),
      aNote(5, { author: demoBot, body: aMark(stage, 2, 'b'), internal: true }),
      // As after an import: the two ways list this one in different places.
      aNote(6, { author: demoBot, body: aMark(stage, 2, 'a'), created_at: '2026-03-01T10:00:00.000Z' }),
    );
    stage.state.issues.push(issue);
    const found = await compared(stage);
    const marks = found === null ? null : flakyMarksOf(found.issue, stage.gitlab);
    expect([...(marks?.byKey.values() ?? [])].map(({ test: name, at }) => [name, at.slice(17, 19)])).toEqual([
      ['a', '02'],
      ['b', '06'],
    ]);
  });

  test.each<[what: string, issues: (stage: Stage) => readonly EmbeddedIssue[], kind: string]>([
    ['the oldest of two', (stage) => [anIssue(stage, 2), anIssue(stage, 3)], 'found'],
    [
      'one of somebody else with the same description',
      (stage) => [anIssue(stage, 2, { author: other })],
      'none',
    ],
    ['one without the label', (stage) => [anIssue(stage, 2, { labels: [] })], 'none'],
    ['one that is closed', (stage) => [anIssue(stage, 2, { state: 'closed' })], 'found'],
    ['one of another project', (stage) => [anIssue(stage, 2, { project_id: 43 })], 'none'],
    ['one with another key', (stage) => [anIssue(stage, 2, { description: 'x' })], 'none'],
    [
      'one behind three of somebody else',
      (stage) => [2, 3, 4, 5].map((iid) => anIssue(stage, iid, iid < 5 ? { author: other } : {})),
      'unknown',
    ],
    [
      'one with more comments than a page has',
      (stage) => {
        const notes = Array.from({ length: 101 }, (_none, at) => aNote(400 + at));
        return [anIssue(stage, 2, { notes })];
      },
      'unknown',
    ],
  ])('%s', async (_what, issues, kind) => {
    const stage = await aStage();
    stage.state.projects.push({ id: 43, path_with_namespace: 'shop/other', default_branch: 'main' });
    stage.state.issues.push(...issues(stage));
    expect((await compared(stage))?.issue.kind).toBe(kind);
  });

  test('any comments and issues', async () => {
    const stage = await aStage();
    const note = fc.record({
      fields: fc.constantFrom({}, ...hostile.slice(0, 8)),
      isOwn: fc.boolean(),
      label: fc.constantFrom('a', 'b'),
      isMark: fc.boolean(),
    });
    const notesOf = (all: readonly (typeof note extends fc.Arbitrary<infer T> ? T : never)[], iid: number) =>
      all.map(({ fields, isOwn, label, isMark }, id) => {
        const author = isOwn ? demoBot : other;
        return aNote(id + 1, { author, ...fields, ...(isMark ? { body: aMark(stage, iid, label) } : {}) });
      });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(note, { maxLength: 120 }),
        fc.array(fc.record({ isOwn: fc.boolean(), notes: fc.array(note, { maxLength: 120 }) }), {
          maxLength: 5,
        }),
        async (onMergeRequest, issues) => {
          stage.mr.notes.splice(0, Infinity, ...notesOf(onMergeRequest, 0));
          const made = issues.map(({ isOwn, notes }, at) =>
            anIssue(stage, at + 1, { notes: notesOf(notes, at + 1), ...(isOwn ? {} : { author: other }) }),
          );
          stage.state.issues.splice(0, Infinity, ...made);
          const found = await compared(stage);
          seen.add(found?.issue.kind ?? 'nothing');
        },
      ),
      { numRuns: runs(100) },
    );
    expect(seen).toEqual(new Set(['none', 'found', 'unknown']));
  });

  test('what the token may not see makes the short way give nothing', async () => {
    const stage = await aStage();
    stage.mr.notes.push(aNote(200, { internal: true }), aNote(201));
    stage.state.ci.members.push({ project_id: 42, user_id: demoBot.id, access_level: 10 });
    expect(await stage.gitlab.fetchNotesAndIssue(place, flakyIssue)).toBeNull();
    const { notes } = await stage.gitlab.fetchNotePage(place, 1);
    expect(notes.map(({ id }) => id)).toContain(201);
  });

  test.each([
    ['a merge request that is not there', { ...place, iid: 99 }],
    ['a project that is not there', { ...place, projectPath: 'shop/none' }],
    ['a path that belongs to another project now', { ...place, project: 43 }],
  ])('%s gives nothing', async (_what, at) => {
    const { gitlab } = await aStage();
    expect(await gitlab.fetchNotesAndIssue(at, flakyIssue)).toBeNull();
  });
});

const noteNode = {
  id: 'gid://gitlab/Note/301',
  body: 'a',
  author: { id: 'gid://gitlab/User/7' },
  system: false,
  createdAt: '2026-03-04T10:00:00Z',
  updatedAt: '2026-03-04T10:00:00Z',
};

function listOf(nodes: readonly unknown[], fields: object = {}): object {
  return { count: nodes.length, nodes, pageInfo: { hasNextPage: false }, ...fields };
}

interface Parts {
  readonly user?: unknown;
  readonly project?: unknown;
  readonly projectFields?: object;
  readonly mr?: unknown;
  readonly notes?: unknown;
  readonly issues?: unknown;
}

/** A whole answer, but for some parts of it. */
function anAnswer(parts: Parts = {}): object {
  const {
    user = { id: 'gid://gitlab/User/7', username: 'herald-bot' },
    notes = listOf([noteNode]),
    mr = { iid: '17', notes },
    issues = listOf([]),
    project = { id: 'gid://gitlab/Project/42', mergeRequest: mr, issues, ...parts.projectFields },
  } = parts;
  return { data: { currentUser: user, project } };
}

const issueNode = {
  iid: '3',
  description: null,
  author: { id: 'gid://gitlab/User/7' },
  notes: listOf([]),
};

describe('an answer that is not whole gives nothing', () => {
  let requests = 0;
  beforeEach(() => {
    requests = 0;
  });

  async function asked(body: unknown, status = 200): Promise<NotesAndIssue | null> {
    nock(origin)
      .get('/api/graphql')
      .query(true)
      .reply(() => {
        requests += 1;
        return [status, body as nock.Body];
      });
    const { gitlab } = connect();
    return gitlab.fetchNotesAndIssue({ ...mergeRequest, projectPath: 'shop/till' }, flakyIssue);
  }

  test('and a whole one gives all of it', async () => {
    const note: Note = {
      id: 301,
      body: 'a',
      authorId: 7,
      system: false,
      createdAt: '2026-03-04T10:00:00Z',
      updatedAt: '2026-03-04T10:00:00Z',
    };
    const user = { id: 7, username: 'herald-bot' };
    expect(await asked(anAnswer())).toEqual({ user, notes: [note], more: false, issue: { kind: 'none' } });
  });

  test.each<[what: string, body: unknown, status?: number]>([
    ['errors beside the data', { ...anAnswer(), errors: [{ message: 'Timeout on Project.issues' }] }],
    ['errors alone', { errors: [{ message: 'Query has complexity of 300' }] }],
    ['no data', { data: null }],
    ['no user', anAnswer({ user: null })],
    ['no project', anAnswer({ project: null })],
    ['another project', anAnswer({ projectFields: { id: 'gid://gitlab/Project/43' } })],
    ['no merge request', anAnswer({ mr: null })],
    ['another merge request', anAnswer({ mr: { iid: '18', notes: listOf([]) } })],
    ['no comments', anAnswer({ notes: null })],
    ['null among the comments', anAnswer({ notes: listOf([noteNode, null]) })],
    ['a comment without an author', anAnswer({ notes: listOf([{ ...noteNode, author: null }]) })],
    ['a comment without a body', anAnswer({ notes: listOf([{ ...noteNode, body: null }]) })],
    ['a comment with an id of another kind', anAnswer({ notes: listOf([{ ...noteNode, id: 'x' }]) })],
    ['a comment too few', anAnswer({ notes: listOf([noteNode], { count: 2 }) })],
    ['no comment of one', anAnswer({ notes: listOf([], { count: 1 }) })],
    [
      'fewer comments than a page has',
      anAnswer({ notes: listOf([noteNode], { count: 101, pageInfo: { hasNextPage: true } }) }),
    ],
    ['a page behind the last', anAnswer({ notes: listOf([noteNode], { pageInfo: { hasNextPage: true } }) })],
    ['no count', anAnswer({ notes: listOf([noteNode], { count: null }) })],
    ['no issues', anAnswer({ issues: null })],
    ['null among the issues', anAnswer({ issues: listOf([null]) })],
    ['an issue too few', anAnswer({ issues: listOf([], { count: 1 }) })],
    ['an issue without an author', anAnswer({ issues: listOf([{ ...issueNode, author: null }]) })],
    ['an issue without comments', anAnswer({ issues: listOf([{ ...issueNode, notes: null }]) })],
    [
      'a comment too few on an issue',
      anAnswer({ issues: listOf([{ ...issueNode, notes: listOf([], { count: 1 }) }]) }),
    ],
    ['a list', [anAnswer()]],
    ['nothing', ''],
    ['a page', '<!DOCTYPE html><title>Sign in</title>'],
    ['half of it', JSON.stringify(anAnswer()).slice(0, 200)],
    ...[400, 401, 403, 404, 429, 500, 503].map((code): [string, unknown, number] => [
      `the status ${code}`,
      anAnswer(),
      code,
    ]),
  ])('%s', async (_what, body, status) => {
    expect(await asked(body, status)).toBeNull();
    expect(requests).toBe(1);
  });

  test('a redirect to a page for signing in gives nothing', async () => {
    const address = '/users/sign_in';
    nock(origin)
      .get('/api/graphql')
      .query(true)
      .reply(302, '', { location: `${origin}${address}` });
    nock(origin).get(address).reply(200, '<!DOCTYPE html><title>Sign in</title>');
    const at = { ...mergeRequest, projectPath: 'shop/till' };
    expect(await connect().gitlab.fetchNotesAndIssue(at, flakyIssue)).toBeNull();
  });

  test.each([
    ['16.5.3', 0],
    ['15.11.0-ee', 0],
    ['16.6.0', 1],
    ['19.6.0-pre', 1],
  ])('GitLab %s is asked %i times', async (version, times) => {
    if (times > 0) nock(origin).get('/api/graphql').query(true).reply(200, anAnswer());
    const { gitlab } = connect({ variables: { CI_SERVER_VERSION: version } });
    const found = await gitlab.fetchNotesAndIssue({ ...mergeRequest, projectPath: 'shop/till' }, flakyIssue);
    expect(found === null).toBe(times === 0);
    expect(gitlab.requestCount()).toBe(times);
  });

  test('who the token’s user is need not be asked for after a whole answer, and only then', async () => {
    nock(origin)
      .get('/api/graphql')
      .query(true)
      .reply(200, anAnswer({ project: null }));
    nock(origin).get('/api/graphql').query(true).reply(200, anAnswer());
    nock(origin).get('/api/v4/user').reply(200, { id: 7, username: 'herald-bot' });
    const at = { ...mergeRequest, projectPath: 'shop/till' };
    const { gitlab } = connect();
    await gitlab.fetchNotesAndIssue(at, flakyIssue);
    await gitlab.fetchCurrentUser();
    const { gitlab: second } = connect();
    await second.fetchNotesAndIssue(at, flakyIssue);
    expect(await second.fetchCurrentUser()).toEqual({ id: 7, username: 'herald-bot' });
    expect(second.requestCount()).toBe(1);
  });
});
