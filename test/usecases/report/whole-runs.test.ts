import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadOptions } from '../../../src/config/load.ts';
import { reportOptions } from '../../../src/config/report-options.ts';
import { demoFiles } from '../../../src/demo/scenario.ts';
import { AnswerTooLargeError } from '../../../src/errors.ts';
import { filesUnder } from '../../../src/io/files.ts';
import { optionsOfBranch } from '../../../src/usecases/report/options-of-branch.ts';
import { aLog } from '../../gitlab/connect-for-test.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../support/gitlab/embedded-gitlab.ts';
import { type Fault, faultAt } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import { aFolder, wholeRun } from './run-for-test.ts';

async function aGitLab(beforeRequest?: EmbeddedOptions['beforeRequest']): Promise<EmbeddedGitLab> {
  const faulty = beforeRequest === undefined ? {} : { beforeRequest };
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()), ...faulty });
  onTestFinished(() => gitlab.stop());
  return gitlab;
}

const aCheckout = (): Promise<string> =>
  aFolder({ 'api/coverage.xml': demoFiles('first')['api/coverage.xml'] ?? '' });

describe('without a bot token', () => {
  test.each<Fault>(['403', '404'])(
    'a GitLab that refuses the jobs with %s ends with 0, and it is said',
    async (fault) => {
      const gitlab = await aGitLab(faultAt('GET /projects/:n/pipelines/:n/jobs', fault));
      const ended = await wholeRun({ push: 'first', directory: await aCheckout(), gitlab, token: 'job' });
      expect(ended.exitCode).toBe(0);
      expect(ended.summary.missing).toContainEqual({ part: 'jobs', reason: 'refused' });
      expect(ended.written.get('herald-report.md')).toContain('The jobs of this pipeline are not known');
      expect(ended.rendered.verdict).toContain('Jobs not known');
    },
  );

  test('a GitLab that fails at the jobs ends with 5', async () => {
    const gitlab = await aGitLab(faultAt('GET /projects/:n/pipelines/:n/jobs', '500'));
    const ended = await wholeRun({ push: 'first', directory: await aCheckout(), gitlab, token: 'job' });
    expect(ended.exitCode).toBe(5);
  });
});

describe('the status', () => {
  const setsOf = ({ requests }: EmbeddedGitLab): number =>
    requests.filter(({ method, path }) => method === 'POST' && path.includes('/statuses/')).length;

  test.each(['first', 'baseline'] as const)(
    'of an unchanged run of the push %s is set once',
    async (push) => {
      const gitlab = await aGitLab();
      const run = { push, directory: await aCheckout(), gitlab };
      await wholeRun(run);
      expect(setsOf(gitlab)).toBe(1);
      const again = await wholeRun(run);
      expect(setsOf(gitlab)).toBe(1);
      expect(again.log.join('\n')).toContain('The status was already success.');
    },
  );

  test('that changed is set again', async () => {
    const gitlab = await aGitLab();
    const directory = await aCheckout();
    await wholeRun({ push: 'baseline', directory, gitlab });
    await writeFile(
      join(directory, 'junit.xml'),
      '<testsuite><testcase name="a"><failure/></testcase></testsuite>',
    );
    await wholeRun({ push: 'baseline', directory, gitlab });
    expect(setsOf(gitlab)).toBe(2);
  });

  test('is set where GitLab does not tell which stand', async () => {
    const gitlab = await aGitLab(faultAt('GET /projects/:n/repository/commits/:sha/statuses', '500'));
    const ended = await wholeRun({ push: 'baseline', directory: await aCheckout(), gitlab });
    expect({ sets: setsOf(gitlab), exitCode: ended.exitCode }).toEqual({ sets: 1, exitCode: 0 });
  });

  test('that GitLab refuses on the protected default branch is a warning with the remedy, and no trouble', async () => {
    const gitlab = await aGitLab(faultAt('POST /projects/:n/statuses/:sha', '403'));
    const ended = await wholeRun({ push: 'baseline', directory: await aCheckout(), gitlab });
    expect(ended.exitCode).toBe(0);
    expect(ended.log.join('\n')).toContain('Settings > Repository > Protected branches');
  });

  test('that GitLab refuses elsewhere ends with 4', async () => {
    const gitlab = await aGitLab(faultAt('POST /projects/:n/statuses/:sha', '403'));
    const ended = await wholeRun({ push: 'first', directory: await aCheckout(), gitlab });
    expect(ended.exitCode).toBe(4);
  });
});

test('a configuration of the target branch that is too large is wrong usage, and named', async () => {
  const tooLarge = new AnswerTooLargeError('more than 262144 bytes', { status: null, request: 'GET /raw' });
  const gitlab = { fetchProject: () => Promise.reject(tooLarge), fetchFile: () => Promise.reject(tooLarge) };
  const asking = optionsOfBranch(
    { project: 42, branch: 'main' },
    { gitlab: { ...gitlab, fetchVersionedFile: gitlab.fetchFile, hasFile: gitlab.fetchFile }, log: aLog() },
  );
  await expect(asking).rejects.toMatchObject({
    exitCode: 2,
    message: '.herald.yml of the branch main is larger than 256 KiB',
  });
});

test('a configuration that is too large to be read is wrong usage', async () => {
  const directory = await aFolder({ '.herald.yml': `# ${'x'.repeat(5 * 1024 * 1024)}\n` });
  const sources = { flags: {}, variables: {}, files: filesUnder(directory) };
  await expect(loadOptions(reportOptions, sources)).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
});
