import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { demoBot, demoFiles, type Push, storeArtifact } from '../../../src/demo/scenario.ts';
import { verdictOf } from '../../../src/render/comment/verdict.ts';
import { useRealNetwork } from '../../gitlab/loopback.ts';
import { haltTimers } from '../../halted-timers.ts';
import { type EmbeddedOptions, startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { endpointOf, type Fault, faultAt, faults } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import type { EmbeddedState } from '../../support/gitlab/state/state.ts';
import { markFlaky } from './mark-flaky.ts';
import { aFolder, type Ended, jobsOf, wholeRun } from './run-for-test.ts';

useRealNetwork();

/** A run of which something is red, so that no verdict over it may be green. */
interface Scenario {
  readonly push: Push;
  readonly paths: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** CI variables that differ from the push's. */
  readonly changed?: Readonly<Record<string, string>>;
  /** How many failing tests are marked as flaky; missing = none. */
  readonly marked?: number;
  readonly prepare: (state: EmbeddedState) => void;
  /** True where the gate needs the facts of the merge request: without them it is open, and fails nothing. */
  readonly isAboutMergeRequest?: boolean;
}

const failingSuite = {
  name: 'api',
  total_time: 1,
  total_count: 1,
  success_count: 0,
  failed_count: 1,
  skipped_count: 0,
  error_count: 0,
  test_cases: [{ status: 'failed', name: 'rounds', classname: 'till', execution_time: 1 }],
};

const deployment = {
  id: 9_900,
  name: 'deploy',
  stage: 'deploy',
  status: 'success',
  allow_failure: false,
  failure_reason: null,
  created_at: '2026-03-04T10:00:00.000Z',
  started_at: '2026-03-04T10:00:00.000Z',
  finished_at: '2026-03-04T10:01:00.000Z',
  duration: 60,
  coverage: null,
  downstream_id: null,
};

const changedFile = {
  old_path: 'api/till.py',
  new_path: 'api/till.py',
  new_file: false,
  renamed_file: false,
  deleted_file: false,
  diff: '@@ -1 +1 @@\n-a\n+b\n',
  collapsed: false,
  too_large: false,
};

const scenarios: Readonly<Record<string, Scenario>> = {
  'tests and jobs fail, a label allows it, lines have comments': {
    push: 'second',
    paths: ['api/junit.xml', 'api/coverage.xml'],
    options: { failOn: ['failures'], inline: ['coverage', 'tests'], labels: 'results', gateThread: true },
    prepare: ({ mergeRequests }) => {
      for (const { labels } of mergeRequests) labels.push('herald::allow-failures');
    },
  },
  'tests fail under the lock of the component, and one of them is marked as flaky': {
    push: 'second',
    paths: ['api/junit.xml', 'api/coverage.xml'],
    options: {},
    changed: { HERALD_LOCK: 'herald/vouchers/report' },
    marked: 1,
    prepare: (state) => {
      markFlaky(state, 'test_stock_is_reserved');
    },
  },
  'only the jobs are red': {
    push: 'first',
    paths: ['api/coverage.xml'],
    options: {},
    // A run asks for trigger jobs only where the commit has one.
    prepare: ({ pipelines }) => {
      for (const pipeline of pipelines) Object.assign(pipeline, { bridges: [deployment] });
    },
  },
  'code owners have not approved, and a label allows that': {
    push: 'first',
    paths: [],
    options: { failOn: ['code-owner-approval'] },
    isAboutMergeRequest: true,
    prepare: ({ mergeRequests, pipelines, files, ci, users }) => {
      for (const { jobs } of pipelines)
        for (const job of jobs) Object.assign(job, { status: 'success', failure_reason: null });
      for (const mr of mergeRequests) {
        mr.labels.push('herald::allow-code-owner-approval');
        mr.diff = { files: [changedFile], raw: null };
      }
      files.push({ project_id: 42, ref: 'main', path: 'CODEOWNERS', content: '* @shop/core @@maintainer' });
      users.push({ id: 31, username: 'mia' });
      ci.groups.push({ id: 71, full_path: 'shop/core' });
      ci.groupMembers.push({ group_id: 71, user_id: 31 });
      ci.members.push({ project_id: 42, user_id: 31, access_level: 40 });
      ci.members.push({ project_id: 42, user_id: demoBot.id, access_level: 40 });
    },
  },
  'only a report that a job handed over is red': {
    push: 'first',
    paths: [],
    options: {},
    prepare: (state) => {
      for (const { jobs } of state.pipelines)
        for (const job of jobs) Object.assign(job, { status: 'success', failure_reason: null });
      const bytes = gzipSync(demoFiles('first')['api/junit.xml'] ?? '');
      jobsOf(state, 'first')[0]?.reports.push({ file_type: 'junit', filename: 'junit.xml.gz', bytes });
    },
  },
  'only the test report of GitLab is red': {
    push: 'first',
    paths: ['api/coverage.xml'],
    options: {},
    prepare: ({ pipelines }) => {
      for (const pipeline of pipelines) {
        for (const job of pipeline.jobs) Object.assign(job, { status: 'success', failure_reason: null });
        Object.assign(pipeline, { test_report: { total_count: 1, test_suites: [failingSuite] } });
      }
    },
  },
};

interface Result {
  readonly note: boolean;
  readonly status: boolean;
  readonly exitCode: number;
}

const noteNeeds = /^(?:GET|POST) \S+\/merge_requests\/:n\/notes$|^GET \/user$/;
const statusNeeds = /^POST \S+\/statuses\//;

/** Where a fault is no trouble, and why. */
const tolerated: readonly { readonly at: RegExp; readonly faults: readonly Fault[] | 'all' }[] = [
  // The list of files gives the same.
  { at: /\/raw_diffs$/, faults: 'all' },
  // There may be no earlier report, or one of another version: the footer says so.
  { at: /\/artifacts\/\S+\/herald-report\.json$/, faults: ['404', 'a cut answer', 'another shape'] },
  // A report that is gone, cut off or something else is named, as one on disk is.
  { at: /\/jobs\/:n\/artifacts$/, faults: ['404', 'a cut answer', 'another shape'] },
  // Any text is a log.
  { at: /\/trace$/, faults: ['a cut answer', 'another shape'] },
  // REST gives the same.
  { at: /^GET \/graphql$/, faults: 'all' },
  // A project without issues has no marks.
  { at: /^GET \S+\/issues$/, faults: ['403', '404'] },
  // What a create made is looked for.
  { at: /^POST \S+\/(?:notes|discussions)$/, faults: ['a cut answer', 'another shape'] },
  // It rules trigger jobs out, which are asked for without it; and the status is set, once more at worst.
  { at: /^GET \S+\/commits\/:sha\/statuses$/, faults: 'all' },
  // Newer versions of GitLab have another name for it, which is asked next.
  { at: /\/bridges$/, faults: ['404'] },
  // Its owners are not visible; nobody approved, so the rule is owed all the same.
  { at: /^GET \/groups\/\S+\/members$/, faults: ['403', '404'] },
  // There may be no such file; half of it, or another one, is one: the gate is open, or it is owed.
  { at: /\/CODEOWNERS\/raw$/, faults: ['404', 'a cut answer', 'another shape'] },
  // An older GitLab has another name for it, which is asked next.
  { at: /\/diffs$/, faults: ['404'] },
  // Nothing of this answer is needed.
  { at: /^POST \S+\/statuses\//, faults: ['another shape'] },
];

function exitCodeAt(endpoint: string, fault: Fault, { isAboutMergeRequest = false }: Scenario): number {
  const isTolerated = tolerated.some(
    ({ at, faults: which }) => at.test(endpoint) && (which === 'all' || which.includes(fault)),
  );
  if (isTolerated) return 0;
  const isMergeRequest = /^GET \S+\/merge_requests\/:n$/.test(endpoint);
  // Without its labels no label allows the gate.
  if (isMergeRequest && !isAboutMergeRequest) return 1;
  if (isMergeRequest && fault === '404') return 0;
  return fault === '403' || fault === '404' ? 4 : 5;
}

function expectedAt(endpoint: string, fault: Fault, scenario: Scenario): Result {
  const isDone = endpoint.startsWith('POST ') && (fault === 'a cut answer' || fault === 'another shape');
  return {
    note: isDone || !noteNeeds.test(endpoint),
    status: isDone || !statusNeeds.test(endpoint),
    exitCode: exitCodeAt(endpoint, fault, scenario),
  };
}

interface Stage {
  readonly scenario: Scenario;
  readonly directory: string;
  readonly baseline: string;
}

async function aStage(scenario: Scenario): Promise<Stage> {
  const filesOf = (push: Push): Promise<string> =>
    aFolder(
      Object.fromEntries(Object.entries(demoFiles(push)).filter(([path]) => scenario.paths.includes(path))),
    );
  const gitlab = await startEmbeddedGitLab({ state: stateOfDemo(new Date()) });
  const { written } = await wholeRun({ push: 'baseline', directory: await filesOf('baseline'), gitlab });
  await gitlab.stop();
  return {
    scenario,
    directory: await filesOf(scenario.push),
    baseline: written.get('herald-report.json') ?? '',
  };
}

interface Ran {
  readonly result: Result;
  readonly ended: Ended;
  readonly endpoints: readonly string[];
  /** How many comments of Herald the merge request has. */
  readonly ownNotes: number;
}

async function runWith(
  { scenario, directory, baseline }: Stage,
  beforeRequest?: EmbeddedOptions['beforeRequest'],
): Promise<Ran> {
  const state = stateOfDemo(new Date());
  scenario.prepare(state);
  storeArtifact(state, 'baseline', { path: 'herald-report.json', content: baseline });
  const time = haltTimers();
  let hung = 0;
  const gitlab = await startEmbeddedGitLab({
    state,
    beforeRequest: (request) => {
      const intervention = beforeRequest?.(request);
      if (intervention === 'hang') hung += 1;
      return intervention;
    },
  });
  const ended = await time.during(
    () => wholeRun({ ...scenario, directory, gitlab }),
    () => {
      // A request has two timers: until the next piece of its answer, and until all of it must be there.
      const isQuiet = hung > 0 && time.waiting() === 2 * hung;
      if (isQuiet) hung = 0;
      return isQuiet;
    },
  );
  await gitlab.stop();
  const [mergeRequest] = state.mergeRequests;
  const ownNotes = mergeRequest?.notes.filter(({ author, type }) => author.id === demoBot.id && !type).length;
  const result = {
    note: mergeRequest?.notes.some(({ author }) => author.id === demoBot.id) ?? false,
    status: state.pipelines.some(({ statuses }) => statuses.length > 0),
    exitCode: ended.exitCode,
  };
  const endpoints = [...new Set(gitlab.requests.map(endpointOf))];
  return { result, ended, endpoints, ownNotes: ownNotes ?? 0 };
}

/** What a reader finds of each part that is missing. */
const saidOf = {
  'merge-request': 'merge request are not known',
  jobs: 'jobs of this pipeline are not known',
  traces: 'The log could not be fetched|GitLab refused the log',
  'test-report': 'tests that GitLab counted are not known',
  baseline: 'Nothing to compare with',
  diff: 'lines of this change are not known',
  labels: 'labels of the merge request are not known',
  'flaky-marks': 'marks of flaky tests are not known',
  'code-owner-approval': 'approvals of code owners are not known',
  quarantine: 'quarantine of tests is not known',
  'touched-files': 'incidents about the changed files are not known',
  blame: 'people who last changed the lines that failed are not known',
  'job-reports': 'GitLab refused it|GitLab did not answer|GitLab before 19.4 does not give it',
} as const;

describe.each(Object.entries(scenarios))('where %s', (_name, scenario) => {
  test('all is well without a fault, and every kind of request has a place in a table', async () => {
    const { result, endpoints, ended } = await runWith(await aStage(scenario));
    expect(ended.summary.comparison.flakyMarks.size).toBe(scenario.marked ?? 0);
    expect(result).toEqual({ note: true, status: true, exitCode: 0 });
    expect(endpoints.length).toBeGreaterThan(7);
  });

  test.each(Object.keys(faults) as Fault[])('%s at each endpoint costs its part only', async (fault) => {
    const stage = await aStage(scenario);
    const { endpoints } = await runWith(stage);
    const found: Record<string, Result> = {};
    for (const endpoint of endpoints) {
      const { result, ended, ownNotes } = await runWith(stage, faultAt(endpoint, fault));
      found[endpoint] = result;
      expect(verdictOf(ended.summary), endpoint).not.toBe('passed');
      expect(ownNotes, endpoint).toBeLessThanOrEqual(1);
      if (endpoint === 'GET /graphql')
        expect(ended.summary.comparison.flakyMarks.size, fault).toBe(scenario.marked);
      for (const { part } of ended.summary.missing)
        expect(ended.rendered.markdown, endpoint).toMatch(new RegExp(saidOf[part]));
    }
    const expected = Object.fromEntries(endpoints.map((at) => [at, expectedAt(at, fault, scenario)]));
    expect(found).toEqual(expected);
  });
});
