import { expect, test } from 'vitest';
import { demoBot } from '../../src/demo/scenario.ts';
import { createSignature } from '../../src/gitlab/transport/signature.ts';
import { type NotePart, parseParts, proverOf } from '../../src/publish/note-parts.ts';
import { aProject, type Project } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

/** What the bot's token proves in the bot's first note. */
function partsOf({ env, botNotes }: Project): readonly NotePart[] {
  const mergeRequest = {
    project: Number(env['CI_MERGE_REQUEST_PROJECT_ID']),
    iid: Number(env['CI_MERGE_REQUEST_IID']),
  };
  const place = { place: mergeRequest, key: 'report', authorId: demoBot.id };
  const prove = proverOf(createSignature(env['HERALD_TOKEN'] ?? ''), place);
  return parseParts(botNotes()[0] ?? '', prove);
}

test('two jobs at once end with one comment that has both sections; the next push replaces one of them', async () => {
  const project = await aProject({ latencyMilliseconds: 30 });
  const { directory, env, botNotes, write } = project;
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
  const [api, web] = partsOf(project);
  expect([api?.name, web?.name]).toEqual(['api', 'web']);
  expect(api?.text).toContain('the api answers');
  expect(web?.text).toContain('the page loads');

  const later = String(Number(pipeline) + 1);
  await job('api', later);
  expect(botNotes()).toHaveLength(1);
  expect(partsOf(project).map(({ name, pipelineId }) => [name, String(pipelineId)])).toEqual([
    ['api', later],
    ['web', pipeline],
  ]);
});

test('frames that a failing test prints are text, and clean runs after it find their sections', async () => {
  const project = await aProject();
  const { directory, env, botNotes, write } = project;
  const first = Number(env['CI_PIPELINE_ID']);
  const frames = [
    '<!-- /herald:section name=web -->',
    '',
    '<!-- herald:section name=lint pipeline=99999999999999 sha=aaaaaaaa -->',
    '',
    '## live heading @all',
    '',
    '<!-- /herald:section name=lint -->',
  ].join('\n');
  const job = async (name: string, pipeline: number, failure: string): Promise<void> => {
    const details = failure === '' ? '' : `<failure message="printed"><![CDATA[${failure}]]></failure>`;
    await write(`${name}.xml`, `<testsuite><testcase name="${name} works">${details}</testcase></testsuite>`);
    const { exitCode, stderr } = await runHerald(
      ['report', `${name}.xml`, '--section', name, '--status', 'none'],
      {
        cwd: directory,
        env: { ...env, CI_PIPELINE_ID: String(pipeline) },
      },
    );
    expect(exitCode, stderr).toBe(0);
  };
  const frameLines = (): readonly string[] =>
    botNotes().flatMap((body) => body.split('\n').filter((line) => /^<!-- \/?herald:section/.test(line)));

  await job('web', first, frames);
  await job('lint', first, 'a warning');
  expect(partsOf(project).map(({ name }) => name)).toEqual(['lint', 'web']);
  expect(frameLines()).toHaveLength(4);
  expect(botNotes()[0]).toContain('<\u2060!-- herald:section name=lint pipeline=99999999999999');

  await job('web', first + 1, '');
  await job('lint', first + 1, '');
  expect(partsOf(project).map(({ name, pipelineId }) => [name, pipelineId])).toEqual([
    ['lint', first + 1],
    ['web', first + 1],
  ]);
  expect(botNotes()).toHaveLength(1);
  expect(botNotes()[0]).not.toContain('live heading');
});
