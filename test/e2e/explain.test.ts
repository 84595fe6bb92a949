import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { explanationSchema } from '../../src/explain/explanation.ts';
import { aProject } from './fake-project.ts';
import { runHerald } from './run-herald.ts';

const args = ['--fail-on', 'failures', '--labels', 'results', '--inline', 'findings,tests,coverage'];

test('a whole run is explained: nothing is written, and the same is asked as by a dry run of report', async () => {
  const { gitlab, directory, env } = await aProject();
  const before = await readdir(directory);
  const { exitCode, stdout, stderr } = await runHerald(['explain', '--json', ...args], {
    cwd: directory,
    env,
  });
  expect(exitCode, stderr).toBe(1);
  const asked = gitlab.requests.map(({ method, path }) => `${method} ${path}`);
  expect(asked.filter((line) => !line.startsWith('GET '))).toEqual([]);
  expect(await readdir(directory)).toEqual(before);

  const explanation = explanationSchema.parse(JSON.parse(stdout));
  expect(explanation.requests).toBe(asked.length);
  expect(explanation.run[0]).toMatchObject({ about: 'pipeline', pipelineId: 5002 });
  expect(explanation.files.filter(({ about }) => about === 'file').length).toBeGreaterThan(1);
  expect(explanation.mergeRequest.at(-1)).toMatchObject({ about: 'merge-request', iid: 7 });
  expect(explanation.baseline[0]).toMatchObject({ about: 'baseline-wanted', by: 'merge-base' });
  expect(explanation.baseline.at(-1)).toMatchObject({ about: 'baseline' });
  expect(explanation.gates).toMatchObject([{ condition: 'failures', outcome: 'failed' }]);
  expect(explanation.writes).toContainEqual(
    expect.objectContaining({ about: 'comment', outcome: 'created' }),
  );
  expect(explanation.writes).toContainEqual(
    expect.objectContaining({ about: 'status', state: 'failed', outcome: 'planned' }),
  );
  expect(explanation.writes).toContainEqual(expect.objectContaining({ about: 'labels' }));

  const seen = gitlab.requests.length;
  await runHerald(['report', '--dry-run', ...args], { cwd: directory, env });
  const dry = gitlab.requests.slice(seen).map(({ method, path }) => `${method} ${path}`);
  expect(dry.toSorted()).toEqual(asked.toSorted());
});

test('after the report its comment is unchanged, and the text says so', async () => {
  const { directory, env } = await aProject();
  await runHerald(['report'], { cwd: directory, env });
  const { exitCode, stdout } = await runHerald(['explain'], { cwd: directory, env });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/comment: unchanged \(note \d+\)/);
  expect(stdout).toContain('merge request !');
});
