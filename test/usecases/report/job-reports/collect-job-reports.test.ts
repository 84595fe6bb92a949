import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EmbeddedJob, EmbeddedReport } from '../../../../src/demo/state.ts';
import { verdictOf } from '../../../../src/render/comment/verdict.ts';
import {
  type EmbeddedGitLab,
  type EmbeddedOptions,
  startEmbeddedGitLab,
} from '../../../support/gitlab/embedded-gitlab.ts';
import { faultAt } from '../../../support/gitlab/faults.ts';
import { stateOfDemo } from '../../../support/gitlab/state/of-demo.ts';
import type { EmbeddedState } from '../../../support/gitlab/state/state.ts';
import { aFolder, type Ended, jobsOf, type WholeRun, wholeRun } from '../run-for-test.ts';

function fixture(path: string): Buffer {
  return readFileSync(new URL(`../../../fixtures/reports/${path}`, import.meta.url));
}

function junit(...tests: readonly string[]): string {
  const cases = tests.map((name) => `<testcase classname="till" name="${name}" time="1"/>`);
  return `<testsuite name="till" tests="${tests.length}">${cases.join('')}</testsuite>`;
}

const failing =
  '<testsuite name="till" tests="1" failures="1"><testcase classname="till" name="rounds"><failure message="1 is not 2"/></testcase></testsuite>';

function packed(type: string, ...texts: readonly (Buffer | string)[]): EmbeddedReport {
  const bytes = Buffer.concat(texts.map((text) => gzipSync(text)));
  return { file_type: type, filename: `${type}.gz`, bytes };
}

function plain(type: string, bytes: Buffer | string): EmbeddedReport {
  return { file_type: type, filename: `gl-${type}-report.json`, bytes: Buffer.from(bytes) };
}

type AJob = Partial<Pick<EmbeddedJob, 'artifacts' | 'artifacts_expire_at' | 'reports'>> & {
  readonly name: string;
};

interface Given extends Partial<Pick<WholeRun, 'options' | 'token'>> {
  readonly version?: EmbeddedState['version'];
  readonly jobs: readonly AJob[];
  readonly files?: Readonly<Record<string, string>>;
  readonly beforeRequest?: EmbeddedOptions['beforeRequest'];
  readonly testReport?: object;
}

interface Result extends Ended {
  /** What was asked about artifacts of these jobs, each once: a busy machine may let one be tried again. */
  readonly asked: readonly string[];
}

/** A pipeline of the demo whose own jobs are green and left nothing, with these jobs beside them. */
async function aGitLab(given: Given): Promise<EmbeddedGitLab> {
  const state = stateOfDemo(new Date());
  state.version = given.version ?? '19.4';
  for (const pipeline of state.pipelines)
    for (const job of pipeline.jobs)
      if (job.status === 'failed') Object.assign(job, { status: 'success', failure_reason: null });
  const jobs = jobsOf(state, 'first');
  const [first] = jobs;
  if (first === undefined) throw new Error('the pipeline has no jobs');
  jobs.push(...given.jobs.map((job, index) => ({ ...first, id: 7000 + index, stage: 'test', ...job })));
  const report = given.testReport ?? null;
  for (const pipeline of state.pipelines) Object.assign(pipeline, { test_report: report });
  const { beforeRequest } = given;
  const gitlab = await startEmbeddedGitLab({
    state,
    ...(beforeRequest === undefined ? {} : { beforeRequest }),
  });
  onTestFinished(() => gitlab.stop());
  return gitlab;
}

async function run(given: Given): Promise<Result> {
  const gitlab = await aGitLab(given);
  const { options = {}, token = 'bot', files = {} } = given;
  const ended = await wholeRun({ push: 'first', directory: await aFolder(files), gitlab, token, options });
  const asked = gitlab.requests
    .filter(({ path }) => /\/jobs\/7\d+\/artifacts/.test(path))
    .map(({ path, query }) => `${path.replace(/^.*\/jobs\//, '')}${query === '' ? '' : `?${query}`}`);
  return { ...ended, asked: [...new Set(asked)] };
}

function signsOf({ summary }: Ended): readonly string[] {
  return summary.unexplained.map(({ kind, path, reason }) => `${kind}: ${path ?? ''}: ${reason}`);
}

function filesOf({ summary }: Ended): readonly string[] {
  return summary.files.map(({ path, format, error }) => `${path}: ${error ?? format}`);
}

describe('GitLab 19.4, where reports are in artifacts:reports only', () => {
  const every = [
    packed('junit', junit('a', 'b')),
    packed('cobertura', fixture('cobertura/sources-are-roots.xml')),
    packed('jacoco', fixture('jacoco/packages-and-lines.xml')),
    packed('metrics', fixture('openmetrics/labels-and-not-a-number.txt')),
    packed('cyclonedx', fixture('cyclonedx/the-highest-rating-wins.json')),
    plain('codequality', fixture('gitlab-code-quality/every-severity.json')),
    plain('sast', fixture('gitlab-secure/sast-every-severity.json')),
    plain('secret_detection', fixture('gitlab-secure/secret-stays-out.json')),
    plain('dependency_scanning', fixture('gitlab-secure/dependency-scanning-with-remediation.json')),
    plain('container_scanning', fixture('gitlab-secure/container-scanning-image-and-package.json')),
    plain('cluster_image_scanning', fixture('gitlab-secure/cluster-image-scanning.json')),
    plain('dast', fixture('gitlab-secure/dast-page.json')),
    plain('api_fuzzing', fixture('gitlab-secure/no-vulnerabilities.json')),
    plain('coverage_fuzzing', fixture('gitlab-secure/coverage-fuzzing-crash.json')),
    plain('license_scanning', fixture('licenses/gitlab-license-scanning.json')),
    plain('accessibility', fixture('pa11y/ci-results-by-page.json')),
    plain('terraform', fixture('terraform/short-plan.json')),
    plain('browser_performance', fixture('browser-performance/total-score.json')),
    plain('load_performance', fixture('k6/thresholds-of-summary-export.json')),
  ];
  const others = [plain('requirements', '{}'), packed('dotenv', 'A=1'), packed('annotations', '{}')];

  test('each report of each type is read, in one request each, and nothing else is asked', async () => {
    const result = await run({ jobs: [{ name: 'all', reports: [...every, ...others] }] });
    expect(result.summary.files.map(({ error }) => error)).toEqual(every.map(() => null));
    // Some are asked for at the same time.
    const expected = every.map(({ file_type: type }) => `7000/artifacts?file_type=${type}`);
    expect([...result.asked].sort()).toEqual(expected.sort());
    const { tests, coverage, findings, metrics } = result.summary;
    expect(tests?.totals.total).toBe(2);
    expect([coverage, findings, metrics]).not.toContain(null);
  });

  test('a failing test of any job makes the run red', async () => {
    const result = await run({
      jobs: [
        { name: 'unit', reports: [packed('junit', junit('a'))] },
        { name: 'till', reports: [packed('junit', failing)] },
      ],
    });
    expect(verdictOf(result.summary)).toBe('failed');
    expect(result.rendered.markdown).toContain('1 is not 2');
    expect(result.summary.tests?.totals.total).toBe(2);
  });

  test('pictures that a failing test names are shown from the artifacts of its own job', async () => {
    const report = failing.replace(
      '</testcase>',
      '<system-out>[[ATTACHMENT|shots/till.png]] [[ATTACHMENT|/etc/passwd.png]]</system-out></testcase>',
    );
    const artifacts = new Map([['shots/till.png', 'a picture']]);
    const given = { name: 'till', reports: [packed('junit', report)] };
    const kept = await run({ jobs: [{ ...given, artifacts }] });
    expect(kept.rendered.markdown).toMatch(
      /!\[till\.png\]\(http[^)]+\/-\/jobs\/7000\/artifacts\/raw\/shots\/till\.png\)/,
    );
    expect(kept.rendered.markdown).not.toContain('passwd');
    const nothingKept = await run({ jobs: [{ ...given, artifacts: new Map() }] });
    expect(nothingKept.rendered.markdown).toContain('`shots/till.png`');
    expect(nothingKept.rendered.markdown).not.toContain('artifacts/raw');
    expect(kept.asked).toEqual(nothingKept.asked);
  });

  test('several files of one report are read one by one', async () => {
    const result = await run({ jobs: [{ name: 'unit', reports: [packed('junit', junit('a'), failing)] }] });
    expect(filesOf(result)).toEqual(['unit/junit: junit', 'unit/junit: junit']);
    expect(result.summary.tests?.totals).toMatchObject({ total: 2, failed: 1 });
  });

  test('a job token reads them, too', async () => {
    const result = await run({ token: 'job', jobs: [{ name: 'till', reports: [packed('junit', failing)] }] });
    expect(result.summary.tests?.totals.failed).toBe(1);
  });

  test('an attempt that was run again is not read', async () => {
    const result = await run({
      jobs: [
        { name: 'till', reports: [packed('junit', failing)] },
        { name: 'till', reports: [packed('junit', junit('rounds'))] },
      ],
    });
    expect(result.asked).toEqual(['7001/artifacts?file_type=junit']);
    expect(verdictOf(result.summary)).toBe('passed');
  });

  test('300 jobs take 300 requests, and every test counts', async () => {
    const jobs = Array.from({ length: 300 }, (_, index) => ({
      name: `unit ${index}/300`,
      reports: [packed('junit', junit(`test ${index}`))],
    }));
    const result = await run({ jobs });
    expect(result.asked).toHaveLength(300);
    expect(result.summary.tests?.totals.total).toBe(300);
    expect(verdictOf(result.summary)).toBe('passed');
  });

  test('beyond 1,000 reports none is asked for, and it is said', async () => {
    const reports = [packed('junit', junit('a'))];
    const jobs = Array.from({ length: 1001 }, (_, index) => ({ name: `unit ${index}`, reports }));
    const result = await run({ jobs });
    expect(result.asked).toHaveLength(1000);
    expect(verdictOf(result.summary)).toBe('warning');
    expect(signsOf(result)).toEqual([
      'unreadable: unit 1000/junit: Herald reads at most 1000 reports by API',
    ]);
  });
});

describe('what cannot be read costs its part, and the verdict is not green', () => {
  const whole = packed('junit', junit('a', 'b'));
  const bytes = whole.bytes ?? new Uint8Array();
  const green = { name: 'unit', reports: [packed('junit', junit('c'))] };

  test.each<[string, EmbeddedReport, string]>([
    [
      'a report that is listed and gone',
      { ...whole, bytes: null },
      'missing: till/junit: GitLab lists it and does not have it any more: it expired or was deleted',
    ],
    [
      'a gzip file that is cut off',
      { ...whole, bytes: bytes.subarray(0, bytes.length - 20) },
      'unreadable: till/junit.gz: is a gzip file that is cut off or broken (unexpected end of file)',
    ],
    [
      'a zip file that calls itself a report',
      { ...whole, bytes: Buffer.from('PK\u0003\u0004 and more') },
      'unreadable: till/junit: it is a zip file, not a report',
    ],
    [
      'an HTML page',
      packed('junit', '<!DOCTYPE html><html></html>'),
      'unreadable: till/junit: is an HTML page',
    ],
  ])('%s', async (_what, report, sign) => {
    for (const jobs of [
      [green, { name: 'till', reports: [report] }],
      [{ name: 'till', reports: [report] }, green],
    ]) {
      const result = await run({ jobs });
      expect(signsOf(result)).toEqual([expect.stringContaining(sign)]);
      expect(result.summary.tests?.totals.total).toBe(1);
      expect(verdictOf(result.summary)).toBe('warning');
      expect(result.rendered.markdown).toContain('till/junit');
    }
  });

  test('two reports of one job that cannot be taken apart: each is named', async () => {
    const cut = (type: string): EmbeddedReport => ({
      ...packed(type, junit('a', 'b')),
      bytes: bytes.subarray(0, bytes.length - 20),
    });
    const result = await run({ jobs: [green, { name: 'till', reports: [cut('junit'), cut('cobertura')] }] });
    expect(signsOf(result)).toEqual([
      expect.stringContaining('till/junit.gz'),
      expect.stringContaining('till/cobertura.gz'),
    ]);
  });

  test('a report that GitLab refuses, and the exit code tells', async () => {
    const beforeRequest = faultAt('GET /projects/:n/jobs/:n/artifacts', '403');
    const result = await run({ jobs: [green], beforeRequest });
    expect(signsOf(result)).toEqual(['unreadable: unit/junit: GitLab refused it (403)']);
    expect(result.exitCode).toBe(4);
    expect(verdictOf(result.summary)).toBe('warning');
  });

  test('a GitLab that does not answer is not asked 300 times', async () => {
    const jobs = Array.from({ length: 300 }, (_, index) => ({ ...green, name: `unit ${index}` }));
    const beforeRequest = faultAt('GET /projects/:n/jobs/:n/artifacts', '500');
    const result = await run({ jobs, beforeRequest });
    expect(result.asked).toEqual(['7000/artifacts?file_type=junit']);
    expect(signsOf(result)).toHaveLength(300);
    expect(result.exitCode).toBe(5);
  });

  test('expired artifacts of a job are named', async () => {
    const jobs = [green, { name: 'old', artifacts_expire_at: '2026-01-01T00:00:00Z' }];
    const { summary } = await run({ jobs });
    const message = 'the artifacts of these jobs have expired, so a report of them can be missing: old';
    expect(summary.warnings).toContainEqual({ path: null, message });
  });

  test('a name that a stranger wrote speaks to nobody', async () => {
    const name = '@all !1 /close `x`';
    const { rendered } = await run({ jobs: [{ name, reports: [{ ...whole, bytes: null }] }] });
    expect(rendered.markdown).not.toMatch(/(?:^|[^`\w])@all/m);
    expect(rendered.markdown).not.toMatch(/^\/close/m);
  });
});

describe('what is on disk', () => {
  const text = failing;
  const jobs = [{ name: 'till', reports: [packed('junit', text)] }];

  test('is enough: then no job is asked', async () => {
    const result = await run({ jobs, files: { 'junit.xml': junit('a') } });
    expect(result.asked).toEqual([]);
    expect(result.summary.tests?.totals.total).toBe(1);
  });

  test('and was handed over by a job counts once', async () => {
    const options = { reportsFrom: 'jobs' };
    const result = await run({ jobs, options, files: { 'junit.xml': text, 'other/junit.xml': junit('a') } });
    expect(result.asked).toEqual(['7000/artifacts?file_type=junit']);
    expect(filesOf(result)).toEqual(['junit.xml: junit', 'other/junit.xml: junit']);
    expect(result.summary.tests?.totals).toMatchObject({ total: 2, failed: 1 });
  });

  test('is all where the jobs are not wanted, or files are named', async () => {
    const files = { 'reports/a.xml': junit('a') };
    for (const options of [
      { reportsFrom: 'files' },
      { reports: ['reports/*.xml'] },
      { reports: ['none/*.xml'] },
    ])
      expect((await run({ jobs, options, files })).asked).toEqual([]);
  });

  test('and one report of two jobs counts for both', async () => {
    const both = [...jobs, { name: 'again', reports: [packed('junit', text)] }];
    expect(filesOf(await run({ jobs: both }))).toEqual(['till/junit: junit', 'again/junit: junit']);
  });
});

describe('an older GitLab', () => {
  const secure = fixture('gitlab-secure/sast-every-severity.json').toString();
  const sast = plain('sast', secure);
  const archive = new Map([
    ['out/gl-sast-report.json', secure],
    ['gl-sast-report.json', secure],
    ['readme.txt', 'not a report'],
  ]);
  const inReportsOnly =
    'GitLab before 19.4 gives only what is in "artifacts:paths", too: name the report there as well';

  test('since 18.8 lists its archive: reports in it are found by name', async () => {
    const result = await run({
      version: '18.11',
      jobs: [{ name: 'scan', reports: [sast], artifacts: archive }],
    });
    expect(result.asked).toEqual([
      '7000/artifacts?file_type=sast',
      '7000/artifacts?file_type=herald',
      '7000/artifacts/tree?recursive=true&per_page=100',
      '7000/artifacts/out/gl-sast-report.json',
      '7000/artifacts/gl-sast-report.json',
    ]);
    expect(filesOf(result)).toEqual(['scan/out/gl-sast-report.json: gitlab-secure']);
    expect(signsOf(result)).toEqual([]);
  });

  test('before 18.8 is asked for the usual name of what the job handed over', async () => {
    const result = await run({
      version: '17.0',
      jobs: [{ name: 'scan', reports: [sast], artifacts: archive }],
    });
    expect(result.asked.slice(2)).toEqual([
      '7000/artifacts/tree?recursive=true&per_page=100',
      '7000/artifacts/gl-sast-report.json',
    ]);
    expect(filesOf(result)).toEqual(['scan/gl-sast-report.json: gitlab-secure']);
  });

  test.each<EmbeddedState['version']>(['18.11', '17.0'])(
    'of version %s names what is in no archive, and the verdict is not green',
    async (version) => {
      const green = new Map([['readme.txt', 'not a report']]);
      const result = await run({
        version,
        jobs: [
          { name: 'scan', reports: [sast] },
          { name: 'other', reports: [sast], artifacts: green },
        ],
      });
      expect(signsOf(result)).toEqual([
        `unreadable: scan/sast: ${inReportsOnly}`,
        `unreadable: other/sast: ${inReportsOnly}`,
      ]);
      expect(verdictOf(result.summary)).toBe('warning');
    },
  );

  const suites = [{ name: 'till', test_cases: [{ status: 'failed', name: 'rounds', classname: 'till' }] }];
  const tests = { version: '18.11' as const, jobs: [{ name: 'till', reports: [packed('junit', failing)] }] };

  test('has read the tests of all jobs itself', async () => {
    const result = await run({ ...tests, testReport: { total_count: 1, test_suites: suites } });
    expect(result.summary.tests?.totals.failed).toBe(1);
    expect(signsOf(result)).toEqual([]);
  });

  test('that has no test report says that tests are missing', async () => {
    const result = await run(tests);
    expect(signsOf(result)).toEqual(['unreadable: till/junit: GitLab before 19.4 does not give it']);
    expect(verdictOf(result.summary)).toBe('warning');
  });
});
