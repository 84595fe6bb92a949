import { describe, expect, test } from 'vitest';
import { aStage, edited, issue, mr } from './stage.ts';

const config = `
bot:
  other-bots: [eve]
  rules:
    - name: praise
      on: note.created
      when: {note: '/^lgtm/i'}
      do: {label: liked}
`;
const labelled = ['PUT /projects/42/merge_requests/7'];

describe('rules about comments', () => {
  test('look at the words that GitLab has, not at those that the event tells', async () => {
    const stage = await aStage(config);
    const { note, payload } = stage.say('dev', 'LGTM');
    note.body = 'No.';
    const { outcome } = await stage.handle(payload);
    expect([outcome, stage.deeds()]).toEqual(['ignored', []]);
    note.body = 'Well.\nLGTM';
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(labelled);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual([]);
  });

  test('hold on issues too', async () => {
    const stage = await aStage(config);
    await stage.handle(stage.say('sam', 'lgtm', issue).payload);
    expect(stage.deeds()).toEqual(['PUT /projects/42/issues/3']);
  });

  test.each([
    ['the bot itself', 'bot', /itself/],
    ['an account of an access token', 'robot', /another bot/],
    ['a bot that the configuration names', 'eve', /another bot/],
  ] as const)('do nothing for what %s wrote', async (_who, who, reason) => {
    const stage = await aStage(config);
    const handled = await stage.handle(stage.say(who, 'lgtm').payload);
    expect(handled.reason).toMatch(reason);
    expect(stage.deeds()).toEqual([]);
  });

  test.each([
    ['that mentions the bot and asks for nothing', 'lgtm, @herald-bot is right'],
    ['that speaks of a command', 'lgtm, and then `/herald retry`'],
  ])('hold for one %s', async (_name, words) => {
    const stage = await aStage(config);
    await stage.handle(stage.say('dev', words).payload);
    expect(stage.deeds()).toEqual(labelled);
  });

  test('are tried after the commands, also by the run that comes after one that was killed between', async () => {
    const stage = await aStage(config);
    const { payload } = stage.say('dev', 'lgtm\n\n/herald help');
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(labelled);
    stage.item(mr).labels.length = 0;
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(labelled);
  });

  test('do nothing for a comment that is gone', async () => {
    const stage = await aStage(config);
    const { payload } = stage.say('dev', 'lgtm');
    stage.item(mr).notes.pop();
    expect((await stage.handle(payload)).reason).toMatch(/gone/);
    expect(stage.deeds()).toEqual([]);
  });

  test('know who wrote it, and not who edited it', async () => {
    const stage = await aStage(
      config.replace('{note:', '{actor: dev, note:').replace('note.created', 'note'),
    );
    const { note, payload } = stage.say('dev', 'lgtm');
    await stage.handle(edited(note));
    expect(stage.deeds()).toEqual([]);
    await stage.handle(stage.say('mia', 'lgtm').payload);
    expect(stage.deeds()).toEqual([]);
    await stage.handle(payload);
    expect(stage.deeds()).toEqual(labelled);
  });

  test('cost no request where no rule is about comments', async () => {
    const stage = await aStage(config.replace('note.created', 'merge_request'));
    await stage.handle(stage.say('dev', 'lgtm').payload);
    expect(stage.requests().filter((request) => request.includes('/merge_requests/'))).toEqual([]);
  });
});

describe('why', () => {
  test('tells of each rule what it would do now, from facts that are asked for', async () => {
    const stage = await aStage(`
bot:
  rules:
    - {name: strangers, on: merge_request.opened, when: {role: {below: guest}}, do: {label: stranger}}
    - {name: members, on: merge_request.opened, when: {role: developer}, do: [{label: member}, {assign: mia}]}
`);
    const { note, payload } = stage.say('dev', '/herald why');
    await stage.handle(payload);
    const [answer = ''] = stage.answers(note);
    expect(answer).toContain('the author has the role guest or more');
    expect(answer).toMatch(/members.*would label, setAssignees/);
    expect(stage.deeds()).toEqual([]);
  });
});

describe('people that rules name', () => {
  test('are asked for by name', async () => {
    const stage = await aStage(
      'bot: {rules: [{name: a, on: note, do: [{assign: [mia, nobody]}, {request-review: eve}]}]}',
    );
    await stage.handle(stage.say('dev', 'Hello').payload);
    expect(stage.deeds()).toEqual([...labelled, ...labelled]);
  });
});
