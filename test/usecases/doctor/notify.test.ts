import { describe, expect, test } from 'vitest';
import { bot, canaries, maintainer } from '../../setup/bot-project-state.ts';
import type { EmbeddedIssue } from '../../support/gitlab/state/state.ts';
import { aBotUser, asBot, botToken, botUser } from './bot-user.ts';
import { anInstallation, type Installation } from './installation.ts';

const title = 'Herald needs somebody to look after it';
const stranger = { id: 90, username: 'mallory', bot: false };

function markOf(authorId: number): string {
  return `<!-- herald:issue v=1 key=doctor by=${authorId}:AAAAAAAAAAAAAAAAAAAAAA -->\n\nHerald looks after`;
}

/** Without a schedule: a problem that every token sees. */
async function anIll(level = 30): Promise<Installation> {
  const installation = await anInstallation({}, aBotUser(level, level));
  installation.state.ci.schedules.splice(0);
  return installation;
}

function openIssues({ state }: Installation): readonly EmbeddedIssue[] {
  return state.issues.filter((issue) => issue.state === 'opened');
}

function commentsOf({ notes }: EmbeddedIssue): readonly string[] {
  return notes.map(
    ({ body }) => /Seen with the token of `[^`]*`/.exec(body)?.[0] ?? body.split('\n').at(-1) ?? '',
  );
}

describe('the issue of doctor', () => {
  test('is one, whichever token looks, with one comment of each', async () => {
    const ill = await anIll();
    for (let run = 0; run < 2; run += 1) {
      await ill.doctor(['--notify']);
      await ill.doctor(['--notify'], asBot);
    }
    expect(ill.state.issues).toHaveLength(1);
    const [issue] = ill.state.issues;
    expect(issue && commentsOf(issue)).toEqual([
      'Seen with the token of `maria`',
      'Seen with the token of `herald-bot`',
    ]);
  });

  test('is found again by the new token of the same user', async () => {
    const ill = await anIll();
    await ill.doctor(['--notify'], asBot);
    const facts = { scopes: ['api'], expires_at: null };
    ill.state.tokens.push({
      value: 'glpat-CANARY-rotated-0123456789',
      kind: 'personal',
      userId: botUser.id,
      facts,
    });
    await ill.doctor(['--notify'], { HERALD_TOKEN: 'glpat-CANARY-rotated-0123456789' });
    expect(ill.state.issues).toHaveLength(1);
    expect(ill.state.issues[0]?.notes).toHaveLength(1);
  });

  test('is not closed by a token that had nothing to complain of: what another sees is for that one to settle', async () => {
    const { state, ...ill } = await anInstallation({}, aBotUser(30, 40));
    const at = state.tokens.findIndex(({ value }) => value === botToken);
    const token = state.tokens[at];
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    if (token !== undefined)
      state.tokens[at] = { ...token, facts: { scopes: ['api'], expires_at: tomorrow } };
    await ill.doctor(['--notify'], asBot);
    for (let run = 0; run < 2; run += 1) expect((await ill.doctor(['--notify'])).exitCode).toBe(0);
    expect(state.issues).toMatchObject([{ state: 'opened' }]);
    expect(state.issues[0]?.notes).toHaveLength(1);
  });

  test('is closed by the token that complained in it, once all is well, whoever opened it', async () => {
    const ill = await anIll(40);
    await ill.doctor(['--notify'], asBot);
    await ill.doctor(['--notify']);
    await ill.stage.run();
    await ill.doctor(['--notify']);
    expect(ill.state.issues).toMatchObject([{ state: 'closed', author: { id: botUser.id } }]);
    expect(ill.state.issues[0]?.notes.at(-1)?.body).toContain('All is well');
    const before = ill.writes().length;
    await ill.doctor(['--notify']);
    expect(ill.writes()).toHaveLength(before);
  });

  test('that was opened twice at the same moment is one after the next run', async () => {
    const ill = await anIll();
    await ill.doctor(['--notify'], asBot);
    const [first] = ill.state.issues;
    if (first !== undefined) first.state = 'closed';
    await ill.doctor(['--notify']);
    if (first !== undefined) first.state = 'opened';
    await ill.doctor(['--notify']);
    expect(ill.state.issues).toMatchObject([
      { iid: 1, state: 'opened' },
      { iid: 2, state: 'closed' },
    ]);
    expect(ill.state.issues[1]?.notes.at(-1)?.body).toContain('Duplicate of issue 1');
  });

  test('that GitLab does not let be written is told, and the verdict stays', async () => {
    let isShut = false;
    const ill = await anInstallation({}, undefined, {
      beforeRequest: ({ path }) =>
        isShut && path.includes('/issues') ? { status: 403, body: { message: '403 Forbidden' } } : undefined,
    });
    ill.state.ci.schedules.splice(0);
    isShut = true;
    const { exitCode, stderr } = await ill.doctor(['--notify']);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/the issue was not written: .*403/);
  });
});

describe('an issue that somebody forged', () => {
  type Forged = readonly [string, Partial<EmbeddedIssue>, number];
  const confidential = true;
  test.each<Forged>([
    ['a stranger wrote', { author: stranger, description: markOf(stranger.id), confidential }, 0],
    ['a guest wrote', { author: stranger, description: markOf(stranger.id), confidential }, 10],
    ['a reporter wrote', { author: stranger, description: markOf(stranger.id), confidential }, 20],
    [
      'a developer wrote for everybody to see',
      { author: stranger, description: markOf(stranger.id), confidential: false },
      30,
    ],
    [
      'names the bot, whom its author is not',
      { author: stranger, description: markOf(botUser.id), confidential },
      30,
    ],
    [
      'has the marker further below',
      { author: botUser, description: `Hi\n${markOf(botUser.id)}`, confidential },
      30,
    ],
    [
      'has another key',
      { author: botUser, description: markOf(botUser.id).replace('doctor', 'docto'), confidential },
      30,
    ],
    ['has the title alone', { author: botUser, description: 'Herald looks after', confidential }, 30],
  ])('gets no word of doctor: one that %s', async (_name, forged, level) => {
    const ill = await anIll();
    const { state } = ill;
    state.users.push(stranger);
    if (level > 0) state.ci.members.push({ project_id: bot.id, user_id: stranger.id, access_level: level });
    state.issues.push({
      project_id: bot.id,
      iid: 1,
      title,
      state: 'opened',
      labels: [],
      notes: [],
      ...forged,
    });
    await ill.doctor(['--notify']);
    expect(state.issues).toMatchObject([
      { iid: 1, notes: [], state: 'opened' },
      { iid: 2, state: 'opened', confidential: true, author: { id: maintainer.id } },
    ]);
    expect(openIssues(ill)[1]?.notes).toHaveLength(1);
    expect(JSON.stringify(state.issues)).not.toContain(canaries.maintainer);
  });
});
