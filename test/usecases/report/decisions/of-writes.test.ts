import { expect, onTestFinished, test } from 'vitest';
import { demoFiles, type Push } from '../../../../src/demo/scenario.ts';
import { isOfStep } from '../../../../src/explain/step-of.ts';
import type { DecisionOf } from '../../../../src/model/decision.ts';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../../../support/gitlab/embedded-gitlab.ts';
import { stateOfDemo } from '../../../support/gitlab/state/of-demo.ts';
import { aFolder, wholeRun } from '../run-for-test.ts';

async function anInstance(): Promise<EmbeddedGitLab> {
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()) });
  onTestFinished(() => gitlab.stop());
  return gitlab;
}

const asked = {
  labels: 'results',
  inline: ['findings', 'tests', 'coverage'],
  failOn: ['failures'],
  gateThread: true,
  thread: true,
};

function name(decision: DecisionOf<'writes'>): string {
  return decision.about === 'threads' ? `threads of ${decision.of}` : decision.about;
}

async function writesOf(
  gitlab: EmbeddedGitLab,
  push: Push,
  options: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const directory = await aFolder(demoFiles(push));
  const { decisions } = await wholeRun({ push, directory, gitlab, options });
  return decisions.filter(isOfStep('writes')).map(name);
}

const inOrder = ['comment', 'status', 'threads of lines', 'threads of gates', 'labels', 'threads of comment'];

test.each([
  { title: 'a run', options: asked },
  { title: 'a dry run', options: { ...asked, dryRun: true } },
])('what $title publishes at the same time is recorded in a fixed order', async ({ options }) => {
  expect(await writesOf(await anInstance(), 'first', options)).toEqual(inOrder);
});

test('what a run leaves to a newer pipeline is not recorded', async () => {
  const gitlab = await anInstance();
  await writesOf(gitlab, 'second', { thread: true });
  expect(await writesOf(gitlab, 'first', asked)).toEqual(['comment', 'status']);
});

test('without a status its absence is recorded', async () => {
  const writes = await writesOf(await anInstance(), 'first', { status: 'none' });
  expect(writes).toEqual(['comment', 'no-status', 'threads of lines', 'labels']);
});
