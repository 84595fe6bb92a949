import { describe, expect, test } from 'vitest';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import type { Intervention } from '../../../src/demo/server.ts';
import { HeraldError } from '../../../src/errors.ts';
import { aStage, cast, edited, type Stage } from './stage.ts';

const config = 'bot: { commands: { roles: { label: maintainer } } }';
const reason = /this command needs the role Maintainer; yours is Developer/;

function states(answer: string): readonly string[] {
  return [...(parseReplyMarker(answer)?.calls.values() ?? [])];
}

function answerOf(stage: Stage, note: Parameters<Stage['answers']>[0]): string {
  const [answer = '', ...others] = stage.answers(note);
  expect(others).toEqual([]);
  return answer;
}

describe('why a command was not run is told', () => {
  test('also when the run that refused it was killed before it ended another', async () => {
    let [alive, wasKilled] = [true, false];
    const beforeRequest = ({ path }: { readonly path: string }): Intervention => {
      if (path.endsWith('/retry') && !wasKilled) [alive, wasKilled] = [false, true];
      return alive ? undefined : 'reset';
    };
    const stage = await aStage(config, { beforeRequest });
    const { note, payload } = stage.say('dev', '/herald label ~backend\n/herald retry');
    await stage.handle(payload).catch((error: unknown) => {
      expect(error).toBeInstanceOf(HeraldError);
    });
    const cut = answerOf(stage, note);
    expect(states(cut)).toEqual(['refused', 'working']);
    expect(cut).toMatch(reason);

    alive = true;
    await stage.clock.sleep(20 * 60_000);
    await stage.handle(payload);
    const whole = answerOf(stage, note);
    expect(states(whole)).toEqual(['refused', 'done']);
    expect(whole).toMatch(reason);
    expect(whole).not.toMatch(/Answered before/);
    expect(stage.deeds()).toEqual(['POST /projects/42/jobs/601/retry']);
    expect(stage.item({ kind: 'merge_request', project: 42, iid: 7 }).labels).toEqual([]);
  });

  test('also when the comment is edited and gets another command', async () => {
    const stage = await aStage(config);
    const { note, payload } = stage.say('dev', '/herald label ~backend\n/herald milestone %9.9');
    await stage.handle(payload);
    note.body += '\n/herald mute';
    await stage.handle(edited(note));
    const answer = answerOf(stage, note);
    expect(states(answer)).toEqual(['refused', 'cannot', 'done']);
    expect(answer).toMatch(reason);
    expect(answer).toMatch(/9\.9/);
    expect(answer).not.toMatch(/Answered before/);
  });

  test('what was done is told in short, and not done again', async () => {
    const stage = await aStage();
    const { note, payload } = stage.say('dev', '/herald label ~backend');
    await stage.handle(payload);
    stage.deeds();
    note.body += '\n/herald help';
    await stage.handle(edited(note));
    expect(answerOf(stage, note)).toMatch(/Answered before/);
    expect(stage.deeds()).toEqual([]);
  });

  test('who was refused and may by now has to ask again: nothing is run by an edit', async () => {
    const stage = await aStage(config);
    const { note, payload } = stage.say('dev', '/herald label ~backend');
    await stage.handle(payload);
    const member = stage.state.ci.members.find(({ user_id: id }) => id === cast.dev.id);
    if (member !== undefined) member.access_level = 40;
    note.body += '\n/herald help';
    await stage.handle(edited(note));
    const answer = answerOf(stage, note);
    expect(states(answer)).toEqual(['refused', 'done']);
    expect(answer).toMatch(/Answered before/);
    expect(answer).not.toMatch(reason);
    expect(stage.deeds()).toEqual([]);
  });
});
