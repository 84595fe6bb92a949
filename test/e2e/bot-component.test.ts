import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { aBotGitLab, asBotProject, listJobs, preview, runBotJob } from './bot-component.ts';

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

  test.each([
    ['NODE_OPTIONS', { NODE_OPTIONS: '--import=data:text/javascript,process.exit(86)' }],
    ['a debug log', { NODE_DEBUG: 'http' }],
    [
      'options of Herald',
      { HERALD_SERVER: 'http://127.0.0.1:9', HERALD_PROJECTS: 'nobody/**', HERALD_DRY_RUN: 'true' },
    ],
    ['an image', { HERALD_COMPONENT_IMAGE: 'evil.example/image', CI_REGISTRY: 'evil.example' }],
  ])('a trigger that sends %s along changes nothing', async (_name, trigger) => {
    const bot = await aBotGitLab();
    const note = bot.say('dev', '/herald help');
    await asBotProject(bot);
    const { stdout, stderr } = await runBotJob(bot, note.payload, trigger);
    expect(stdout + stderr).toMatch(/PASS.*herald-bot/);
    expect(bot.answers(note)).toHaveLength(1);
    expect(stdout + stderr).not.toContain('bot-token');
  });

  test('a trigger that names another GitLab fails the job before anything is sent', async () => {
    const bot = await aBotGitLab();
    const note = bot.say('dev', '/herald help');
    await asBotProject(bot);
    const trigger = { CI_API_V4_URL: 'http://127.0.0.1:9/api/v4', CI_SERVER_URL: 'http://127.0.0.1:9' };
    const { stdout, stderr } = await runBotJob(bot, note.payload, trigger);
    expect(stdout + stderr).toMatch(/FAIL.*herald-bot/);
    expect(stdout + stderr).toContain('CI_SERVER_URL leads to http://127.0.0.1:9');
    expect(bot.stage.gitlab.requests).toEqual([]);
  });

  test('neither the components nor the example take their image from a variable', async () => {
    for (const path of [
      'templates/bot/template.yml',
      'templates/report/template.yml',
      'templates/digest/template.yml',
      'docs/examples/bot-project/.gitlab-ci.yml',
    ]) {
      const text = await readFile(join(root, path), 'utf8');
      const images = text
        .split('\n')
        .filter((line) => /^\s*(?:- )?(?:image|component|default): ?.*\$/.test(line));
      // A queue is not an image.
      const queue = 'default: herald-bot-$CI_TRIGGER_SHORT_TOKEN';
      const known = ['$[[ inputs.image ]]', queue];
      expect(images.filter((line) => !known.some((one) => line.includes(one)))).toEqual([]);
    }
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

  test('behind a receiver its job waits in the queue that the pipeline’s input names', async () => {
    const bot = await aBotGitLab();
    await asBotProject(bot, 'docs/examples/receiver/bot-project.gitlab-ci.yml');
    expect(await listJobs(bot, 'trigger')).toEqual(['herald-bot']);
    expect(await preview(bot)).toContain('resource_group: herald-bot-none');
    expect(await preview(bot, ['--input', 'queue=q7'])).toContain('resource_group: herald-bot-q7');
  });

  test('the guide and the example name the same files', async () => {
    const guide = await readFile(join(root, 'docs/guides/bot.md'), 'utf8');
    expect(guide).toContain('../examples/bot-project/.gitlab-ci.yml');
  });
});
