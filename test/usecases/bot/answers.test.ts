import { describe, expect, test } from 'vitest';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { aStage, cast, edited, issue, mr, noReports, type Stage } from './stage.ts';

/** Notes of the bot whose thread blocks the merge where all threads must be resolved. */
function blocking(stage: Stage): readonly string[] {
  return stage
    .item(mr)
    .notes.filter((note) => note.type !== undefined && note.resolved !== true)
    .map(({ body }) => body);
}

describe('an answer makes a thread of a comment that stood alone', () => {
  test.each([
    ['of a command that is done at once', 'label ~backend'],
    ['of one that is begun first', 'retry'],
    ['of one that is refused', 'close now, please'],
    ['of one that is none', 'rety'],
  ])('and resolves it, so that it blocks no merge: %s', async (_name, words) => {
    const stage = await aStage();
    await stage.handle(stage.say('dev', `/herald ${words}`).payload);
    expect(stage.item(mr).notes).toHaveLength(2);
    expect(blocking(stage)).toEqual([]);
  });

  test('an edited comment is answered in the same thread, which stays resolved', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('dev', '/herald label ~a');
    await stage.handle(payload);
    note.body = '/herald label ~a\n/herald label ~b';
    await stage.handle(edited(note));
    expect(blocking(stage)).toEqual([]);
  });

  test('a thread that a person began stays open', async () => {
    const stage = await aStage();
    const { note } = stage.say('dev', 'This is wrong.\n\n/herald label ~bug');
    Object.assign(note, { type: 'DiscussionNote', discussion_id: 'd0'.repeat(20) });
    await stage.handle(edited(note));
    expect(blocking(stage)).toHaveLength(2);
  });

  test('one that somebody opened again after the answer, and wrote in, stays open', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('dev', '/herald label ~a');
    await stage.handle(payload);
    const said = stage.say('eve', 'Why this label?').note;
    Object.assign(said, { type: 'DiscussionNote', discussion_id: note.discussion_id });
    for (const one of stage.item(mr).notes) one.resolved = false;
    note.body = '/herald label ~a\n/herald label ~b';
    await stage.handle(edited(note));
    expect(blocking(stage)).toHaveLength(3);
  });

  test('the hold, which is there to block, stays open', async () => {
    const stage = await aStage();
    await stage.handle(stage.say('dev', '/herald hold until Monday').payload);
    expect(blocking(stage)).toEqual([expect.stringContaining('On hold')]);
  });
});

describe('an answer that a person deleted', () => {
  test.each([
    ['a command that GitLab would do again', '/herald retry'],
    ['one that undoes what somebody has done since', '/herald close'],
  ])('is not given again, nor is %s', async (_name, words) => {
    const stage = await aStage();
    const { note, payload } = stage.say('dev', words);
    await stage.handle(payload);
    expect(stage.deeds()).toHaveLength(1);
    const { notes } = stage.item(mr);
    notes.splice(0, notes.length, ...notes.filter(({ author }) => author.id !== cast.bot.id));
    Object.assign(stage.item(mr), { state: 'opened' });
    for (const job of stage.state.pipelines.flatMap(({ jobs }) => jobs)) job.status = 'failed';
    await stage.handle(payload);
    await sweep(stage.world(noReports));
    expect([stage.deeds(), stage.answers(note)]).toEqual([[], []]);
    expect(note.reactions?.map(({ name }) => name)).toEqual(['white_check_mark']);
  });
});

describe('an answer of another bot', () => {
  /** As it is when the token was replaced by one of another account, or two bots serve one project. */
  async function answeredBy(author: { readonly id: number; readonly username: string }): Promise<Stage> {
    const stage = await aStage();
    const { payload } = stage.say('mia', '/herald close', issue);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(['PUT /projects/42/issues/3']);
    for (const note of stage.item(issue).notes)
      if (note.author.id === cast.bot.id) Object.assign(note, { author });
    Object.assign(stage.item(issue), { state: 'opened' });
    for (const note of stage.item(issue).notes) note.reactions = [];
    return stage;
  }

  test('counts: what it did is not done again', async () => {
    const stage = await answeredBy({ id: cast.robot.id, username: cast.robot.username });
    await sweep(stage.world(noReports));
    expect(stage.deeds()).toEqual([]);
  });

  test('what a person copied from one does not', async () => {
    const stage = await answeredBy({ id: cast.eve.id, username: cast.eve.username });
    await sweep(stage.world(noReports));
    expect(stage.deeds()).toEqual(['PUT /projects/42/issues/3']);
  });
});
