import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseReplyMarker } from '../../../src/bot/commands/reply-marker.ts';
import type { EmbeddedMergeRequest } from '../../support/gitlab/state/state.ts';
import { aStage, edited, issue, mr, type Stage, type Who } from './stage.ts';

const path = '.herald/quarantine.yml';

/** GitLab's own reading of the reports of pipeline 501. */
function tested(stage: Stage): void {
  const test_cases = [
    { classname: 'till.Cart', name: 'takes @all vouchers, closes #3', status: 'failed' },
    { classname: 'till.Cart', name: 'adds up', status: 'success' },
  ].map((one) => ({ ...one, file: null, execution_time: 1, system_output: null, stack_trace: null }));
  const suite = { name: 'unit', total_time: 1, total_count: 2, failed_count: 1, test_cases };
  const report = { total_time: 1, total_count: 2, failed_count: 1, test_suites: [suite] };
  const pipeline = stage.state.pipelines.find(({ id }) => id === 501);
  if (pipeline !== undefined) Object.assign(pipeline, { test_report: report });
}

const label = 'till.Cart: takes @all vouchers, closes #3';
const name = '"takes @all vouchers, closes #3"';

async function stageWith(text: string | null): Promise<Stage> {
  const stage = await aStage();
  tested(stage);
  if (text !== null) stage.state.files.push({ project_id: 42, ref: 'main', path, content: text });
  return stage;
}

async function say(stage: Stage, who: Who, words: string, on = mr) {
  const { note, payload } = stage.say(who, `/herald ${words}`, on);
  await stage.handle(payload);
  const [answer = ''] = stage.answers(note, on);
  return { answer, state: [...(parseReplyMarker(answer)?.calls.values() ?? [])][0], note, payload };
}

function opened({ state }: Stage): readonly EmbeddedMergeRequest[] {
  return state.mergeRequests.filter(({ source_branch: of }) => of.startsWith('herald/quarantine-'));
}

function contentOn({ state }: Stage, ref: string): unknown {
  const file = state.files.find((one) => one.ref === ref && one.path === path);
  return file === undefined ? null : parse(Buffer.from(file.content).toString());
}

describe('flaky TEST --until DATE', () => {
  test('opens one merge request that adds the entry, however often it is read', async () => {
    const stage = await stageWith(null);
    const { state, note, payload } = await say(stage, 'dev', `flaky ${name} --until 2999-01-31`);
    expect(state).toBe('done');
    const [made, ...others] = opened(stage);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ target_branch: 'main', state: 'opened' });
    expect(contentOn(stage, made?.source_branch ?? '')).toEqual([
      { test: label, reason: 'Marked as flaky in !7', owner: 'dev', expires: '2999-01-31' },
    ]);
    expect(contentOn(stage, 'main')).toBeNull();
    stage.deeds();
    await stage.handle(payload);
    await stage.handle(edited(note));
    await say(stage, 'eve', `flaky ${name} --until=2999-01-31`);
    expect(stage.deeds()).toEqual([]);
    expect(opened(stage)).toHaveLength(1);
  });

  test('words of the test mention nobody and close nothing', async () => {
    const stage = await stageWith(null);
    await say(stage, 'dev', `flaky ${name} --until 2999-01-31`);
    const [made] = opened(stage);
    expect(made?.title).not.toMatch(/@all|closes #3/);
    expect(made?.description).toContain(`\`${label}\``);
    expect(stage.state.commits.map(({ title }) => title)).toEqual([
      'Quarantine a failing test until 2999-01-31',
    ]);
  });

  test('keeps the other entries, and gives one that is there a later day', async () => {
    const other = '- test: other # keep\n  reason: r\n  owner: o\n  expires: 2020-01-01\n';
    const own = `- test: ${JSON.stringify(label)}\n  reason: clock\n  owner: team\n  expires: 2020-01-01\n`;
    const stage = await stageWith(`${other}${own}`);
    await say(stage, 'dev', `flaky ${name} --until 2999-01-31`);
    expect(contentOn(stage, opened(stage)[0]?.source_branch ?? '')).toEqual([
      { test: 'other', reason: 'r', owner: 'o', expires: '2020-01-01' },
      { test: label, reason: 'clock', owner: 'team', expires: '2999-01-31' },
    ]);
  });

  test('works on an issue, for the default branch', async () => {
    const stage = await stageWith(null);
    expect(await say(stage, 'dev', `flaky ${name} --until 2999-01-31`, issue)).toMatchObject({
      state: 'done',
    });
    expect(opened(stage)).toMatchObject([{ target_branch: 'main' }]);
  });

  test.each([
    { who: 'mia', may: true },
    { who: 'dev', may: true },
    { who: 'rita', may: false },
    { who: 'pat', may: false },
    { who: 'sam', may: false },
    { who: 'gone', may: false },
  ] as const)('is for who may push: $who', async ({ who, may }) => {
    const stage = await stageWith(null);
    const { state } = await say(stage, who, `flaky ${name} --until 2999-01-31`);
    expect(state).toBe(may ? 'done' : 'refused');
    expect(opened(stage)).toHaveLength(may ? 1 : 0);
    if (!may) expect(stage.deeds()).toEqual([]);
  });

  test.each([
    { words: `flaky ${name} --until`, file: null, says: 'Usage' },
    { words: 'flaky --until 2999-01-31', file: null, says: 'Usage' },
    { words: `flaky ${name} --until 2999-02-30`, file: null, says: 'is not a day' },
    { words: `flaky ${name} --until tomorrow`, file: null, says: 'is not a day' },
    { words: `flaky ${name} --until 2020-01-01`, file: null, says: 'is over' },
    { words: 'flaky "none such at all" --until 2999-01-31', file: null, says: 'has no test' },
    { words: `flaky ${name} --until 2999-01-31`, file: '- tset: a\n', says: 'is wrong' },
    { words: `flaky ${name} --until 2999-01-31`, file: '- [\n', says: 'is wrong' },
    { words: `flaky ${name} --until 2999-01-31`, file: '[]\n', says: 'by hand' },
    {
      words: `flaky ${name} --until 2999-01-31`,
      file: `- test: ${JSON.stringify(label)}\n  reason: r\n  owner: o\n  expires: 2999-02-01\n`,
      says: 'already in quarantine',
    },
  ])('$words with $file changes nothing and says why: $says', async ({ words, file, says }) => {
    const stage = await stageWith(file);
    const { answer } = await say(stage, 'dev', words);
    expect(answer).toContain(says);
    expect(stage.deeds()).toEqual([]);
  });
});
