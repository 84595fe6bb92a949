import { describe, expect, test } from 'vitest';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import type { EmbeddedNote } from '../../support/gitlab/state/state.ts';
import { discussionIdOf } from '../../support/gitlab/work-items/note-json.ts';
import { aStage, cast, type Payload, type Stage, type Who } from './stage.ts';

/** The head of `main` on the stage. */
const sha = 'b0'.repeat(20);
const talk = /\/repository\/commits\/[^/]+\/discussions/;

/** A stage with a commit that people can comment on, and a failed pipeline of it that runs on `ref`. */
async function aCommitStage({ ref = 'main', config = '' } = {}): Promise<Stage> {
  const stage = await aStage(config === '' ? null : config);
  const { state } = stage;
  const at = stage.clock.now().toISOString();
  state.commits.push({ project_id: 42, id: sha, parent_ids: [], title: 'Take', created_at: at, notes: [] });
  const [first] = state.pipelines;
  if (first === undefined) throw new Error('the stage has no pipeline');
  const jobs = first.jobs.map((job) => ({ ...job, id: job.id + 100 }));
  state.pipelines.push({ ...first, id: 700, ref, sha, source: 'push', jobs });
  state.branches.push({ project_id: 42, name: 'free', sha });
  return stage;
}

function notesOf({ state }: Stage): EmbeddedNote[] {
  const { notes } = state.commits.find(({ id }) => id === sha) ?? {};
  if (notes === undefined) throw new Error('the commit is gone');
  return notes;
}

/** Source: https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-on-a-commit */
function payloadOf(note: EmbeddedNote, action = 'create', commit = sha): Payload {
  return {
    object_kind: 'note',
    event_type: 'note',
    user: { id: note.author.id, username: note.author.username },
    project_id: 42,
    project: { id: 42, path_with_namespace: 'shop/till' },
    object_attributes: {
      id: note.id,
      action,
      note: note.body,
      noteable_type: 'Commit',
      noteable_id: null,
      discussion_id: discussionIdOf(note),
      commit_id: commit,
      system: false,
    },
    commit: { id: commit },
  };
}

/** A comment on the commit; in a thread where one is given. */
function say(stage: Stage, who: Who, body: string, thread?: string): EmbeddedNote {
  stage.state.nextId += 1;
  const at = stage.clock.now().toISOString();
  const { id, username } = cast[who];
  const note: EmbeddedNote = {
    id: stage.state.nextId,
    author: { id, username },
    body,
    system: false,
    created_at: at,
    updated_at: at,
    ...(thread === undefined ? {} : { type: 'DiscussionNote', discussion_id: thread }),
  };
  notesOf(stage).push(note);
  return note;
}

function answersTo(stage: Stage, note: EmbeddedNote): readonly EmbeddedNote[] {
  return notesOf(stage).filter(
    ({ author, body }) => author.id === cast.bot.id && parseReplyMarker(body)?.noteId === note.id,
  );
}

function deeds(stage: Stage): readonly string[] {
  return stage.deeds().filter((deed) => !talk.test(deed));
}

const retried = 'POST /projects/42/jobs/701/retry';
const thread = 'd0'.repeat(20);

describe('a command in a comment on a commit', () => {
  test.each([
    ['retry', [retried]],
    ['play deploy', ['POST /projects/42/jobs/703/play']],
  ])('acts on the latest pipeline of that commit: %s', async (words, expected) => {
    const stage = await aCommitStage();
    const note = say(stage, 'mia', `/herald ${words}`);
    await stage.handle(payloadOf(note));
    expect(deeds(stage)).toEqual(expected);
    expect(answersTo(stage, note)).toHaveLength(1);
  });

  test('cancels that pipeline', async () => {
    const stage = await aCommitStage();
    Object.assign(stage.state.pipelines.find(({ id }) => id === 700) ?? {}, { status: 'running' });
    await stage.handle(payloadOf(say(stage, 'mia', '/herald cancel')));
    expect(deeds(stage)).toEqual(['POST /projects/42/pipelines/700/cancel']);
  });

  test('is answered in its thread, or in a thread of its own where it stands alone', async () => {
    const stage = await aCommitStage();
    const alone = say(stage, 'mia', '/herald help');
    const inThread = say(stage, 'mia', '/herald help', thread);
    await stage.handle(payloadOf(alone));
    await stage.handle(payloadOf(inThread));
    const [[own], [reply]] = [answersTo(stage, alone), answersTo(stage, inThread)];
    expect(own?.discussion_id).not.toBe(discussionIdOf(alone));
    expect(reply?.discussion_id).toBe(thread);
    expect(reply?.body).toContain('/herald retry');
    expect(reply?.body).not.toContain('/herald label');
  });

  test.each(['label ~bug', 'close', 'run', 'why', 'hold', 'issue A title'])(
    'that needs a merge request or an issue says so: %s',
    async (words) => {
      const stage = await aCommitStage();
      const note = say(stage, 'mia', `/herald ${words}`);
      await stage.handle(payloadOf(note));
      expect(deeds(stage)).toEqual([]);
      expect(answersTo(stage, note).map(({ body }) => body)).toEqual([
        expect.stringMatching(/works on a `?(?:merge request|issue)/),
      ]);
    },
  );

  test.each([undefined, thread])('is done once, however often its event comes (thread %s)', async (of) => {
    const stage = await aCommitStage();
    const note = say(stage, 'mia', '/herald retry', of);
    await stage.handle(payloadOf(note));
    for (const job of stage.state.pipelines.flatMap(({ jobs }) => jobs)) job.status = 'failed';
    await stage.handle(payloadOf(note));
    expect([deeds(stage), answersTo(stage, note).length]).toEqual([[retried], 1]);
  });

  test.each([undefined, thread])('runs two at once and does it once (thread %s)', async (of) => {
    const stage = await aCommitStage();
    const note = say(stage, 'mia', '/herald retry', of);
    await Promise.all([stage.handle(payloadOf(note)), stage.handle(payloadOf(note))]);
    expect([deeds(stage), answersTo(stage, note).length]).toEqual([[retried], 1]);
  });

  test('is obeyed when it is added to an answered comment, and the others are not again', async () => {
    const stage = await aCommitStage();
    const note = say(stage, 'mia', '/herald retry');
    await stage.handle(payloadOf(note));
    note.body += '\n/herald play deploy';
    await stage.handle(payloadOf(note, 'update'));
    expect(deeds(stage)).toEqual([retried, 'POST /projects/42/jobs/703/play']);
    expect(answersTo(stage, note)).toHaveLength(1);
  });

  test.each([
    ['rita', []],
    ['otto', [retried]],
  ])('that %s put into the comment runs with the lower right of the two', async (editor, expected) => {
    const stage = await aCommitStage();
    const note = say(stage, 'mia', 'Looks good.');
    const by = stage.state.users.find(({ username }) => username === editor);
    if (by === undefined) throw new Error(`there is no ${editor}`);
    const updated_at = new Date(Date.parse(note.updated_at) + 60_000).toISOString();
    Object.assign(note, { body: '/herald retry', updated_at, last_edited_by: by });
    await stage.handle(payloadOf(note, 'update'));
    expect(deeds(stage)).toEqual(expected);
    expect(answersTo(stage, note)).toHaveLength(1);
  });
});

describe('who may act on the pipeline of a commit', () => {
  test.each(['rita', 'pat', 'sam'] as const)('not %s, who could not in GitLab', async (who) => {
    const stage = await aCommitStage();
    const note = say(stage, who, '/herald retry');
    await stage.handle(payloadOf(note));
    expect(deeds(stage)).toEqual([]);
    expect(answersTo(stage, note)[0]?.body).toContain('not allowed');
  });

  test('a developer not on a protected branch, and elsewhere', async () => {
    const onMain = await aCommitStage();
    await onMain.handle(payloadOf(say(onMain, 'dev', '/herald retry')));
    const free = await aCommitStage({ ref: 'free' });
    await free.handle(payloadOf(say(free, 'dev', '/herald retry')));
    expect([deeds(onMain), deeds(free)]).toEqual([[], [retried]]);
  });

  test.each(['v1.0', 'refs/merge-requests/7/head', 'gone'])(
    'nobody on what is no branch: %s',
    async (ref) => {
      const stage = await aCommitStage({ ref });
      stage.state.tags.push({ project_id: 42, name: 'v1.0', target: sha, commit: sha });
      stage.state.branches.push({ project_id: 42, name: 'v1.0', sha });
      const note = say(stage, 'otto', '/herald retry');
      await stage.handle(payloadOf(note));
      expect(deeds(stage)).toEqual([]);
      expect(answersTo(stage, note)[0]?.body).toContain('only for the pipeline of a branch that exists');
    },
  );
});

describe('an event that GitLab does not confirm', () => {
  test.each([
    ['a comment that is not there', { id: 99_999 }],
    ['a discussion that is not there', { discussion_id: 'e0'.repeat(20) }],
  ])('starts nothing and writes nothing: %s', async (_name, changes) => {
    const stage = await aCommitStage();
    const note = say(stage, 'mia', 'Looks good.');
    const payload = payloadOf({ ...note, body: '/herald retry' });
    const attributes = { ...(payload['object_attributes'] as object), ...changes };
    await stage.handle({ ...payload, object_attributes: attributes });
    expect([stage.deeds(), notesOf(stage).length]).toEqual([[], 1]);
  });

  test.each(['c0'.repeat(20), 'main', '../../jobs/701', sha.slice(0, 8)])(
    'nor does one that names another commit: %s',
    async (commit) => {
      const stage = await aCommitStage();
      await stage.handle(payloadOf(say(stage, 'mia', '/herald retry'), 'create', commit));
      expect([stage.deeds(), notesOf(stage).length]).toEqual([[], 1]);
    },
  );

  test('words that only the payload has are not obeyed', async () => {
    const stage = await aCommitStage();
    const note = say(stage, 'mia', 'Looks good.');
    await stage.handle(payloadOf({ ...note, body: '/herald retry' }));
    expect([stage.deeds(), notesOf(stage).length]).toEqual([[], 1]);
  });
});

test('the answer to a comment of the bot itself on a commit is none', async () => {
  const stage = await aCommitStage();
  await stage.handle(payloadOf(say(stage, 'bot', '/herald retry')));
  expect([stage.deeds(), notesOf(stage).length]).toEqual([[], 1]);
});

test('a wrong configuration is told in the thread, and the command is obeyed once it is right', async () => {
  const stage = await aCommitStage({ config: 'bot: [' });
  const note = say(stage, 'mia', '/herald retry', thread);
  await expect(stage.handle(payloadOf(note))).rejects.toThrow(/herald\.yml/);
  expect(answersTo(stage, note)[0]?.body).toMatch(/Not done yet.*write the command once more/);
  stage.state.files.splice(0);
  await stage.handle(payloadOf(note));
  expect([deeds(stage), answersTo(stage, note).length]).toEqual([[retried], 1]);
});

test('a dry run changes nothing', async () => {
  const stage = await aCommitStage();
  const note = say(stage, 'mia', '/herald retry');
  const handled = await stage.handle(payloadOf(note), { dryRun: true });
  expect([stage.deeds(), handled.writes.map(({ write }) => write.action.do)]).toEqual([[], ['retryJobs']]);
});
