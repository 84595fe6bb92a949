import { describe, expect, onTestFinished, test } from 'vitest';
import type { Context, MergeRequest } from '../../../src/model/context.ts';
import { askForQuarantine, type FoundQuarantine } from '../../../src/usecases/report/ask-for-quarantine.ts';
import { noFiles, noGit } from '../../../src/usecases/report/no-files.ts';
import { createTroubles } from '../../../src/usecases/troubles.ts';
import { aContext, aFailedTest, aMergeRequest, aTestsReport } from '../../builders.ts';
import { aClock, aLog } from '../../gitlab/connect-for-test.ts';
import { startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { faultAt } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import { aFolder, type Ended, type WholeRun, wholeRun } from './run-for-test.ts';

const file = '.herald/quarantine.yml';

const junit = `<testsuites><testsuite name="till">
  <testcase classname="till.Cart" name="sums"><failure message="expected 3 to be 4"/></testcase>
  <testcase classname="till.Cart" name="opens"/>
</testsuite></testsuites>`;

function listed(expires: string, name = 'till.Cart: sums'): string {
  return `- test: "${name}"\n  reason: "@all closes #1"\n  owner: "@ada"\n  expires: ${expires}\n`;
}

interface Case {
  /** The file on the target branch and in the checkout; null where there is none. */
  readonly target: string | null;
  readonly checkout: string | null;
  readonly push?: WholeRun['push'];
  readonly fault?: Parameters<typeof faultAt>[1];
  readonly token?: WholeRun['token'];
}

async function run({ target, checkout, push = 'first', fault, token = 'bot' }: Case): Promise<Ended> {
  const state = stateOfDemo(new Date());
  for (const { jobs } of state.pipelines)
    for (const job of jobs) Object.assign(job, { status: 'success', failure_reason: null });
  const [project] = state.projects;
  if (target !== null && project !== undefined)
    state.files.push({ project_id: project.id, ref: 'main', path: file, content: target });
  const faulty =
    fault === undefined
      ? {}
      : { beforeRequest: faultAt('GET /projects/:n/repository/files/.herald%2Fquarantine.yml/raw', fault) };
  const gitlab = await startEmbeddedGitLab({ state, ...faulty });
  onTestFinished(() => gitlab.stop());
  const directory = await aFolder({ 'junit.xml': junit, ...(checkout === null ? {} : { [file]: checkout }) });
  return wholeRun({ push, directory, gitlab, token, options: { failOn: ['failures', 'new-failures'] } });
}

const comment = ({ written }: Ended): string => written.get('herald-report.md') ?? '';
const [future, past] = ['2999-12-31', '2020-01-31'];

describe('a failure that the target branch has in quarantine', () => {
  test('fails no gate, and the comment says until when, by whom and why, and mentions nobody', async () => {
    const ended = await run({ target: listed(future), checkout: listed(future) });
    expect(ended.exitCode).toBe(0);
    expect(ended.rendered.verdict).toContain('1 quarantined');
    const said = comment(ended);
    expect(said).toContain('Quarantined, counts in no gate (1)');
    expect(said).toContain('quarantined until 2999-12-31, by');
    expect(said).not.toMatch(/(?<![\\\w`])@(?:ada|all)\b/);
    expect(said).not.toMatch(/(?<![\\\w`])#1\b/);
    expect(said).toMatch(/^### ⚠️/);
    expect(said).toContain('`failures` **passed**: 0 tests fail, without 1 in quarantine');
  });

  test('counts again after its day, and the comment says so', async () => {
    const ended = await run({ target: listed(past), checkout: listed(past) });
    expect(ended.exitCode).toBe(1);
    expect(comment(ended)).toContain('expired on 2020-01-31: the failure counts again');
  });

  test('is known on the default branch by its own file', async () => {
    const ended = await run({ target: listed(future), checkout: listed(future), push: 'baseline' });
    expect(ended.exitCode).toBe(0);
    expect(ended.rendered.verdict).toContain('1 quarantined');
  });
});

describe('a failure counts', () => {
  test.each<Case & { readonly name: string; readonly says: string }>([
    {
      name: 'that only the change itself tolerates',
      target: null,
      checkout: listed(future),
      says: 'from the merge on',
    },
    {
      name: 'that the change adds to the file',
      target: listed(future, 'other'),
      checkout: listed(future),
      says: 'from the merge on',
    },
    {
      name: 'whose entry the change prolongs',
      target: listed(past),
      checkout: listed(future),
      says: 'from the merge on',
    },
    {
      name: 'where the file of the target is wrong',
      target: `${listed(future)}  exipres: 2030-01-01\n`,
      checkout: listed(future),
      says: 'unknown key',
    },
    {
      name: 'where the file of the target is no YAML',
      target: '- test: [\n',
      checkout: listed(future),
      says: 'not valid YAML',
    },
    {
      name: 'where the file of the target is too large',
      target: `# ${'x'.repeat(300_000)}\n${listed(future)}`,
      checkout: listed(future),
      says: 'larger than 256 KiB',
    },
    {
      name: 'where GitLab refuses the file',
      target: listed(future),
      checkout: listed(future),
      fault: '403',
      says: 'which Herald cannot read here',
    },
    {
      name: 'where GitLab fails at the file',
      target: listed(future),
      checkout: listed(future),
      fault: '500',
      says: 'quarantine of tests is not known',
    },
  ])('$name, and the report says so', async ({ name: _name, says, ...given }) => {
    const ended = await run(given);
    expect(ended.exitCode).toBe(1);
    expect(ended.rendered.verdict).not.toContain('quarantined');
    expect(comment(ended)).toContain(says);
  });
});

test('a project without the file is asked for none', async () => {
  const ended = await run({ target: listed(future), checkout: null });
  expect(ended.exitCode).toBe(1);
});

test("the pipeline's own token reads the file, too", async () => {
  const ended = await run({ target: listed(future), checkout: listed(future), token: 'job' });
  expect(ended.exitCode).toBe(0);
  expect(ended.rendered.verdict).toContain('1 quarantined');
});

describe('without a token', () => {
  const failed = aFailedTest({ className: 'till.Cart', name: 'sums' });

  function asking(context: Context, mergeRequest: MergeRequest | null): Promise<FoundQuarantine> {
    const files = { ...noFiles, readText: () => Promise.resolve(listed(future)) };
    const log = aLog();
    const world = {
      gitlab: null,
      tokenAdvice: null,
      files,
      git: noGit,
      output: noFiles,
      clock: aClock('2026-03-04T10:00:00Z'),
      log,
      mask: (text: string) => text,
    };
    const asked = { tests: aTestsReport({ cases: [failed] }), context, mergeRequest };
    return askForQuarantine(asked, world, createTroubles(log, null));
  }

  const onMain = aContext({
    commit: { sha: 'a1'.repeat(20), branch: 'main', tag: null },
    mergeRequest: null,
  });

  test('the checkout of the default branch counts', async () => {
    const { quarantined, warnings } = await asking(onMain, null);
    expect([[...quarantined.keys()], warnings]).toEqual([[failed.id], []]);
  });

  test.each([
    { name: 'a merge request', context: aContext(), mergeRequest: aMergeRequest() },
    {
      name: 'another branch',
      context: aContext({ ...onMain, commit: { ...onMain.commit, branch: 'vouchers' } }),
      mergeRequest: null,
    },
    {
      name: 'a tag',
      context: aContext({ ...onMain, commit: { ...onMain.commit, branch: null, tag: 'main' } }),
      mergeRequest: null,
    },
    { name: 'a fork', context: aContext({ ...onMain, runsInFork: true }), mergeRequest: null },
  ])('that of $name does not, and it is said', async ({ context, mergeRequest }) => {
    const { quarantined, warnings } = await asking(context, mergeRequest);
    expect(quarantined.size).toBe(0);
    expect(warnings.map(({ path }) => path)).toEqual([file]);
    expect(warnings[0]?.message).toContain('which Herald cannot read here');
  });
});
