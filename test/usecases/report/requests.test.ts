import { expect, onTestFinished, test } from 'vitest';
import { demoFiles, type Push, storeArtifact } from '../../../src/demo/scenario.ts';
import { type EmbeddedGitLab, startEmbeddedGitLab } from '../../support/gitlab/embedded-gitlab.ts';
import { endpointOf } from '../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../support/gitlab/state/of-demo.ts';
import { aFolder, type Ended, jobsOf, type WholeRun, wholeRun } from './run-for-test.ts';

/** What the component sets: GitLab runs one report of this comment at a time. */
const lock = { HERALD_LOCK: 'herald/vouchers/report' };

/** A report with tests and coverage, of one job. */
const paths = ['api/junit.xml', 'api/coverage.xml'];

interface Asked {
  readonly push: Push;
  /** Whether the tests and the jobs of the push pass. */
  readonly green?: boolean;
  /** Reports of the push; without it `paths`. */
  readonly reports?: readonly string[];
  readonly options?: WholeRun['options'];
  readonly changed?: WholeRun['changed'];
}

interface Instance {
  readonly gitlab: EmbeddedGitLab;
  /** Runs the report job of a push; gives the requests that it made. */
  run(asked: Asked): Promise<{ readonly requests: readonly string[]; readonly ended: Ended }>;
}

/** An instance whose target branch has a report; its merge request has no comment. */
async function anInstance(onRequest: (endpoint: string) => void = () => undefined): Promise<Instance> {
  const state = stateOfDemo(new Date());
  // One job fails in each push, and its log is read.
  for (const push of ['first', 'second'] as const)
    for (const job of jobsOf(state, push))
      if (job.name !== 'test api') Object.assign(job, { status: 'success', failure_reason: null });
  const beforeRequest = (request: Parameters<typeof endpointOf>[0]): undefined => {
    onRequest(endpointOf(request));
  };
  const gitlab = await startEmbeddedGitLab({ state, beforeRequest });
  onTestFinished(() => gitlab.stop());
  const run: Instance['run'] = async ({
    push,
    green = false,
    reports = paths,
    options = {},
    changed = {},
  }) => {
    const files = demoFiles(green ? 'baseline' : push);
    const shown = Object.entries(files).filter(([path]) => reports.includes(path));
    const directory = await aFolder(Object.fromEntries(shown));
    if (green)
      for (const job of jobsOf(state, push)) Object.assign(job, { status: 'success', failure_reason: null });
    const before = gitlab.requests.length;
    const ended = await wholeRun({ push, directory, gitlab, options, changed });
    return { ended, requests: gitlab.requests.slice(before).map(endpointOf) };
  };
  const { ended } = await run({ push: 'baseline' });
  storeArtifact(state, 'baseline', {
    path: 'herald-report.json',
    content: ended.written.get('herald-report.json') ?? '',
  });
  return { gitlab, run };
}

const jobs = 'GET /projects/:n/pipelines/:n/jobs';
const statuses = 'GET /projects/:n/repository/commits/:sha/statuses';
const baseline = 'GET /projects/:n/jobs/artifacts/main/raw/herald-report.json';
const log = 'GET /projects/:n/jobs/:n/trace';
const diff = 'GET /projects/:n/merge_requests/:n/raw_diffs';
const marks = 'GET /projects/:n/issues';
const notes = 'GET /projects/:n/merge_requests/:n/notes';
/** The comments, the marks and the token's user at once. */
const together = 'GET /graphql';
const user = 'GET /user';
const create = 'POST /projects/:n/merge_requests/:n/notes';
const update = 'PUT /projects/:n/merge_requests/:n/notes/:n';
const again = 'GET /projects/:n/merge_requests/:n/notes/:n';
const status = 'POST /projects/:n/statuses/:sha';

interface Row {
  readonly title: string;
  readonly before?: readonly Asked[];
  readonly run: Asked;
  readonly makes: readonly string[];
}

const first: Asked = { push: 'first', changed: lock };
const second: Asked = { push: 'second', changed: lock };
const green: Asked = { push: 'second', green: true, changed: lock };

/** The requests of whole runs, by what they serve; those of one moment come in any order. */
const rows: readonly Row[] = [
  {
    title: 'the first run of a merge request, with a failure',
    run: first,
    makes: [baseline, jobs, statuses, log, diff, together, create, status],
  },
  {
    title: 'the usual run with a failure: the comment is there and changes',
    before: [first],
    run: second,
    makes: [baseline, jobs, statuses, log, diff, together, update, status],
  },
  {
    title: 'an unchanged run with a failure that is new',
    before: [second],
    run: second,
    makes: [baseline, jobs, statuses, log, diff, together],
  },
  {
    title: 'an unchanged run with a failure, which has no lines to look up in the diff',
    before: [{ ...second, reports: ['api/junit.xml'] }],
    run: { ...second, reports: ['api/junit.xml'] },
    makes: [baseline, jobs, statuses, log, together],
  },
  {
    title: 'the usual run in which all is green',
    before: [first],
    run: green,
    makes: [baseline, jobs, statuses, diff, notes, update, status],
  },
  {
    title: 'an unchanged run in which all is green',
    before: [green],
    run: green,
    makes: [baseline, jobs, statuses, diff, notes],
  },
  {
    title: 'a green run that needs no first comment',
    run: { ...green, options: { comment: 'failures' } },
    makes: [baseline, jobs, statuses, diff, notes, status],
  },
  {
    title: 'a run without the lock looks again after it wrote',
    before: [first],
    run: { push: 'second' },
    makes: [baseline, jobs, statuses, log, diff, marks, notes, update, again, status],
  },
  {
    title: 'a run without the lock that has no comment yet asks who it is',
    run: { push: 'second' },
    makes: [baseline, jobs, statuses, log, diff, marks, notes, user, create, notes, status],
  },
  {
    title: 'a usual run on a GitLab whose notes have no filter',
    before: [first],
    run: { ...second, changed: { ...lock, CI_SERVER_VERSION: '16.5.1-ee' } },
    makes: [baseline, jobs, statuses, log, diff, marks, notes, update, status],
  },
  {
    title: 'a run of which only the comment changes sets no status again',
    before: [second],
    run: { ...second, options: { title: 'Shop' } },
    makes: [baseline, jobs, statuses, log, diff, together, update],
  },
  {
    title: 'the pipeline of the default branch',
    run: { push: 'baseline' },
    makes: [jobs, statuses, 'GET /projects/:n/pipelines'],
  },
];

test.each(rows)('$title', async ({ before = [], run, makes }) => {
  const instance = await anInstance();
  for (const one of before) await instance.run(one);
  const { requests, ended } = await instance.run(run);
  expect(requests.toSorted()).toEqual(makes.toSorted());
  expect(ended.published.requests).toBe(makes.length);
});

test('the status does not wait for the comment', async () => {
  const { run } = await anInstance();
  await run({ push: 'first' });
  const { requests } = await run({ push: 'second' });
  expect(requests.indexOf(status)).toBeLessThan(requests.indexOf(update));
});

test('labels are read beside the comment, and left alone where a newer pipeline writes it meanwhile', async () => {
  let overtake = (): void => undefined;
  const { run, gitlab } = await anInstance((endpoint) => {
    if (endpoint === again) overtake();
  });
  const [mergeRequest] = gitlab.state.mergeRequests;
  await run(first);
  overtake = () => {
    for (const note of mergeRequest?.notes ?? [])
      Object.assign(note, { body: note.body.replace('pipeline=5003', 'pipeline=5004') });
  };
  const { requests, ended } = await run({ push: 'second', options: { labels: 'results' } });
  expect(ended.published.note?.outcome).toBe('newer-exists');
  expect(requests).toContain('GET /projects/:n/merge_requests/:n');
  expect(mergeRequest?.labels).toEqual([]);
});

test('a trigger job is asked for where the commit has one, and only there', async () => {
  const { run, gitlab } = await anInstance();
  const triggers = 'GET /projects/:n/pipelines/:n/bridges';
  expect((await run(first)).requests).not.toContain(triggers);
  const pipeline = gitlab.state.pipelines.find(({ id }) => id === 5002);
  const [job] = pipeline?.jobs ?? [];
  if (pipeline === undefined || job === undefined) throw new Error('the demo has a pipeline with jobs');
  const { artifacts: _files, reports: _reports, trace: _trace, ...fields } = job;
  Object.assign(pipeline, { bridges: [{ ...fields, id: 9000, name: 'deploy', downstream_id: null }] });
  expect((await run(first)).requests).toContain(triggers);
});
