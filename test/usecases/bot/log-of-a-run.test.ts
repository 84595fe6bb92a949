import { expect, test } from 'vitest';
import { describeHandled } from '../../../src/usecases/bot/describe-handled.ts';
import { sweep } from '../../../src/usecases/bot/sweep.ts';
import { mergeRequestEvent } from './events.ts';
import { aStage, issue, noReports } from './stage.ts';

const config = 'bot: { rules: [{ name: r, on: merge_request, do: [{ comment: Hello }, { label: new }] }] }';

test('the log of a run names each write once, with its address', async () => {
  const stage = await aStage(config);
  const handled = await stage.handle(mergeRequestEvent('open'));
  const lines = [...stage.log.lines, ...describeHandled(handled).map(({ text }) => text)];
  for (const words of ['write the comment', 'change the labels'])
    expect(lines.filter((line) => line.includes(words))).toEqual([expect.stringMatching(/done .*http/)]);
  expect(lines.at(-1)).toBe('handled: 2 actions');
});

test('every line of an event says what it is about, and that of a deed which', async () => {
  const stage = await aStage(config);
  const handled = await stage.handle(mergeRequestEvent('open'));
  const about = { event: 'merge_request.opened', action: 'opened', project: 'shop/till', object: '!7' };
  const fields = stage.log.lines
    .filter((line) => line.includes('comment') || line.includes('labels'))
    .map((line) => JSON.parse(line.slice(line.lastIndexOf(' {'))) as object);
  expect(fields).toEqual([
    { ...about, write: 'comment' },
    { ...about, write: 'label' },
  ]);
  expect(describeHandled(handled).map((line) => line.fields)).toEqual([
    about,
    { ...about, outcome: 'handled' },
  ]);
});

test('a line about a command, by a webhook or by the sweep, does too', async () => {
  const stage = await aStage();
  await stage.handle(stage.say('mia', '/herald label ~wip').payload);
  stage.say('mia', '/herald label ~seen', issue);
  await sweep(stage.world(noReports));
  const said = stage.log.lines.filter((line) => line.includes('change the labels'));
  expect(said[0]).toContain(
    '{"event":"note.created","action":"created","project":"shop/till","object":"!7","write":"label"}',
  );
  expect(said[1]).toContain(
    '{"event":"note","action":null,"project":"shop/till","object":"#3","write":"label"}',
  );
});

test('a dry run tells what it would do', async () => {
  const stage = await aStage(config);
  const handled = await stage.handle(mergeRequestEvent('open'), { dryRun: true });
  const lines = describeHandled(handled).map(({ text }) => text);
  expect(lines.filter((line) => line.startsWith('would: '))).toHaveLength(2);
});
