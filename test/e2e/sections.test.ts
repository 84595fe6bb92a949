import { expect, test } from 'vitest';
import { parseParts } from '../../src/publish/note-parts.ts';
import { aProject } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

test('two jobs at once end with one comment that has both sections; the next push replaces one of them', async () => {
  const { directory, env, botNotes, write } = await aProject({ latencyMilliseconds: 30 });
  await write('api.xml', '<testsuite><testcase name="the api answers"><failure/></testcase></testsuite>');
  await write('web.xml', '<testsuite><testcase name="the page loads"><failure/></testcase></testsuite>');
  const job = (name: string, pipeline: string) =>
    runHerald(['report', `${name}.xml`, '--section', name, '--output', name], {
      cwd: directory,
      env: { ...env, CI_PIPELINE_ID: pipeline },
    });
  const pipeline = env['CI_PIPELINE_ID'] ?? '';
  const done = await Promise.all([job('web', pipeline), job('api', pipeline)]);
  for (const { exitCode, stderr } of done) expect(exitCode, stderr).toBe(0);
  expect(botNotes()).toHaveLength(1);
  const [api, web] = parseParts(botNotes()[0] ?? '');
  expect([api?.name, web?.name]).toEqual(['api', 'web']);
  expect(api?.text).toContain('the api answers');
  expect(web?.text).toContain('the page loads');

  const later = String(Number(pipeline) + 1);
  await job('api', later);
  expect(botNotes()).toHaveLength(1);
  expect(parseParts(botNotes()[0] ?? '').map(({ name, pipelineId }) => [name, String(pipelineId)])).toEqual([
    ['api', later],
    ['web', pipeline],
  ]);
});
