import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mergeRequestEvent } from '../usecases/bot/events.ts';
import { aStage, cast, type Payload, type Stage } from '../usecases/bot/stage.ts';
import { type Run, runHerald } from './run-herald.ts';

const config = 'bot: { rules: [{ name: mark, on: merge_request.opened, do: [{ label: new }] }] }';

function roleOfBot({ state }: Stage, level: number): void {
  const member = state.ci.members.find(({ user_id: id }) => id === cast.bot.id);
  if (member !== undefined) member.access_level = level;
}

async function bot({ gitlab }: Stage, payload: Payload): Promise<Run> {
  const directory = await mkdtemp(join(tmpdir(), 'herald-bot-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'payload.json'), JSON.stringify(payload));
  const env = {
    CI_API_V4_URL: gitlab.apiUrl,
    CI_SERVER_URL: gitlab.url,
    CI_PROJECT_ID: '42',
    HERALD_TOKEN: 'bot-token',
  };
  return runHerald(['bot', '--server', gitlab.url, '--payload', 'payload.json'], { cwd: directory, env });
}

describe('herald bot ends with', () => {
  test('4 when GitLab refuses what a rule wanted, with the reason in the log', async () => {
    const stage = await aStage(config);
    roleOfBot(stage, 10);
    const { exitCode, stderr, stdout } = await bot(stage, mergeRequestEvent('open'));
    expect(exitCode, stderr).toBe(4);
    expect(stdout + stderr).toMatch(/rule mark: change the labels of !7 .*refused .*403/);
  });

  test('0 when the rule is obeyed', async () => {
    const stage = await aStage(config);
    const { exitCode, stderr } = await bot(stage, mergeRequestEvent('open'));
    expect(exitCode, stderr).toBe(0);
    expect(stage.item({ kind: 'merge_request', project: 42, iid: 7 }).labels).toEqual(['new']);
  });

  test('0 when GitLab refuses what a command wanted: the answer says so', async () => {
    const stage = await aStage();
    roleOfBot(stage, 10);
    const { note, payload } = stage.say('dev', '/herald label ~backend');
    const { exitCode, stderr } = await bot(stage, payload);
    expect(exitCode, stderr).toBe(0);
    expect(stage.answers(note)[0]).toMatch(/403/);
  });
});
