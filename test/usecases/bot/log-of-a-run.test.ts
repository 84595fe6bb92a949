import { expect, test } from 'vitest';
import { describeHandled } from '../../../src/usecases/bot/describe-handled.ts';
import { mergeRequestEvent } from './events.ts';
import { aStage } from './stage.ts';

const config = 'bot: { rules: [{ name: r, on: merge_request, do: [{ comment: Hello }, { label: new }] }] }';

test('the log of a run names each write once, with its address', async () => {
  const stage = await aStage(config);
  const handled = await stage.handle(mergeRequestEvent('open'));
  const lines = [...stage.log.lines, ...describeHandled(handled).map(({ text }) => text)];
  for (const words of ['write the comment', 'change the labels'])
    expect(lines.filter((line) => line.includes(words))).toEqual([expect.stringMatching(/done .*http/)]);
  expect(lines.at(-1)).toBe('handled: 2 actions');
});

test('a dry run tells what it would do', async () => {
  const stage = await aStage(config);
  const handled = await stage.handle(mergeRequestEvent('open'), { dryRun: true });
  const lines = describeHandled(handled).map(({ text }) => text);
  expect(lines.filter((line) => line.startsWith('would: '))).toHaveLength(2);
});
