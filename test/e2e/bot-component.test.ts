import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { aBotGitLab, asBotProject, listJobs, runBotJob } from './bot-component.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the bot component, run by gitlab-ci-local', () => {
  test('a webhook whose payload is a file brings an answer, without a checkout', async () => {
    const bot = await aBotGitLab();
    const note = bot.say('dev', '/herald help');
    await asBotProject(bot);
    const { stdout, stderr } = await runBotJob(bot, note.payload);
    expect(stdout + stderr).toMatch(/PASS.*herald-bot/);
    expect(bot.answers(note)).toHaveLength(1);
  });

  test('a payload that is none fails the job with its likely cause', async () => {
    const bot = await aBotGitLab();
    await asBotProject(bot);
    const { stdout, stderr } = await runBotJob(bot, '{"object_kind":"note","object_attributes":{"no');
    expect(stdout).toMatch(/FAIL.*herald-bot/);
    expect(stdout + stderr).toContain('it ends too early');
  });

  test.each(['trigger', 'schedule', 'web'])('exactly one job is there for %s', async (source) => {
    const bot = await aBotGitLab();
    await asBotProject(bot);
    expect(await listJobs(bot, source)).toEqual(['herald-bot']);
  });

  test.each(['push', 'merge_request_event'])('no job is there for %s', async (source) => {
    const bot = await aBotGitLab();
    await asBotProject(bot);
    expect(await listJobs(bot, source)).toEqual([]);
  });

  test('the guide and the example name the same files', async () => {
    const guide = await readFile(join(root, 'docs/guides/bot.md'), 'utf8');
    expect(guide).toContain('../examples/bot-project/.gitlab-ci.yml');
  });
});
