import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { detailsPartOf } from '../../../src/baseline/details/details-part.ts';
import { heraldReportOf } from '../../../src/baseline/herald-report.ts';
import { contextOfHead } from '../../../src/context/from-head-pipeline.ts';
import type { EmbeddedJob } from '../../../src/demo/state.ts';
import { findQuickActions } from '../../../src/render/markdown/find-quick-actions.ts';
import { createTestsCollector } from '../../../src/reports/collect/tests.ts';
import { blankTestRun } from '../../../src/reports/formats/shared/blank-test-run.ts';
import { findHeadPipeline } from '../../../src/usecases/report/find-head-pipeline.ts';
import { aSummary } from '../../builders.ts';
import { parsedByGitLab, referencesIn, tagsOf } from '../../render/gitlab-view.ts';
import type { EmbeddedPipeline } from '../../support/gitlab/state/state.ts';
import { aStage, cast, forkMr, mr, type Stage } from '../bot/stage.ts';

const heraldJobId = 619;

function forkPipeline({ state }: Stage): EmbeddedPipeline {
  const pipeline = state.pipelines.find(({ id }) => id === 502);
  if (pipeline === undefined) throw new Error('there is no pipeline of the fork');
  return pipeline;
}

/** Herald's job of the fork, which had no token and left its report. */
function leave(stage: Stage, report: string): void {
  const { jobs } = forkPipeline(stage);
  const [first] = jobs;
  if (first === undefined) throw new Error('there is no job');
  const job: EmbeddedJob = {
    ...first,
    id: heraldJobId,
    name: 'herald',
    status: 'success',
    failure_reason: null,
    artifacts: new Map([['herald-report.json', report]]),
  };
  jobs.push(job);
}

/** A job of the fork hands over a report that nobody else can read. */
function handOver(stage: Stage, message = 'expected 1, got 2'): void {
  const escaped = message.replaceAll('<', '&lt;').replaceAll('\n', '&#10;');
  const xml = `<testsuite tests="1" failures="1"><testcase classname="till" name="takes a voucher"><failure message="${escaped}"/></testcase></testsuite>`;
  forkPipeline(stage).jobs[0]?.reports.push({
    file_type: 'junit',
    filename: 'junit.xml.gz',
    bytes: gzipSync(xml),
  });
}

/** The report as an honest run of Herald in the fork writes it. */
async function honestReport(stage: Stage, message = 'expected 1, got 2'): Promise<string> {
  const { gitlab } = stage.world();
  const head = await findHeadPipeline(forkMr, gitlab);
  if (head.kind !== 'head') throw new Error(head.reason);
  const { url } = stage.gitlab;
  const server = { url, apiUrl: `${url}/api/v4`, version: null };
  const job = { id: heraldJobId, name: 'herald', url: `${url}/sam/till/-/jobs/${heraldJobId}` };
  const context = contextOfHead({ server, mergeRequest: head.mergeRequest, pipeline: head.pipeline, job });
  const collector = createTestsCollector('junit.xml', () => undefined);
  collector.add({
    ...blankTestRun,
    suite: 'till',
    className: 'till',
    name: 'takes a voucher',
    outcome: 'failed',
    failure: { type: 'AssertionError', message, details: 'at till.ts:3' },
  });
  const summary = aSummary({ context, tests: collector.finish() });
  const report = { ...heraldReportOf(summary, new Date(), null), details: detailsPartOf(summary) };
  // A job in the fork knows its branch.
  return JSON.stringify({ ...report, commit: { ...report.commit, ref: head.mergeRequest.sourceBranch } });
}

type Json = Record<string, unknown>;

function changed(report: string, change: (value: Json) => void): string {
  const value = JSON.parse(report) as Json;
  change(value);
  return JSON.stringify(value);
}

function set(part: string, name: string, value: unknown): (report: Json) => void {
  return (report) => {
    report[part] = { ...(report[part] as object), [name]: value };
  };
}

async function published(stage: Stage): Promise<string> {
  const { outcome } = await stage.world().report(forkMr);
  expect(outcome).toBe('done');
  const [note = '', ...others] = stage.notes(forkMr);
  expect(others).toEqual([]);
  return note;
}

describe('the report of a fork', () => {
  test('the bot posts it with its details and a status on the merge request of the target project', async () => {
    const stage = await aStage();
    leave(stage, await honestReport(stage));
    const note = await published(stage);
    const statuses = forkPipeline(stage).statuses.map(({ name, state }) => `${name}: ${state}`);
    expect(statuses).toEqual(['herald/report: success']);
    expect(note).toContain('takes a voucher');
    expect(note).toContain('expected 1, got 2');
    expect(stage.notes(mr)).toEqual([]);
  });

  test('needs no job of Herald: what the other jobs handed over is read', async () => {
    const stage = await aStage();
    handOver(stage);
    const note = await published(stage);
    expect(note).toContain('takes a voucher');
    expect(note).toContain('expected 1, got 2');
    expect(forkPipeline(stage).statuses.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'herald/report: success',
    ]);
    const asked = stage.gitlab.requests.filter(({ query }) => query.startsWith('file_type='));
    expect(asked.map(({ path, query }) => `${path}?${query}`)).toEqual([
      '/projects/43/jobs/611/artifacts?file_type=junit',
    ]);
  });

  test('is not read from the jobs where the target branch wants files only', async () => {
    const stage = await aStage('reports-from: files');
    handOver(stage);
    expect(await published(stage)).not.toContain('takes a voucher');
  });

  test('with a report of Herald is that one, and no job is asked', async () => {
    const stage = await aStage();
    handOver(stage);
    leave(stage, await honestReport(stage, 'told by Herald'));
    expect(await published(stage)).toContain('told by Herald');
    expect(stage.gitlab.requests.filter(({ query }) => query.startsWith('file_type='))).toEqual([]);
  });

  test('says nothing for the stranger who wrote the reports', async () => {
    const stage = await aStage();
    handOver(stage, '@all [x](https://evil.example) <img src=x>\n/close\n');
    const note = await published(stage);
    expect(note).toContain('evil.example');
    expect(findQuickActions(note)).toEqual([]);
    const html = parsedByGitLab(note);
    expect(referencesIn(html)).toEqual([]);
    expect(tagsOf(html)).not.toContain('img');
  });

  test('is shown once: the second time nothing is written', async () => {
    const stage = await aStage();
    leave(stage, await honestReport(stage));
    await published(stage);
    stage.deeds();
    await stage.world().report(forkMr);
    expect(stage.deeds()).toEqual([]);
  });

  test('is judged by the target branch, whatever the fork has in its own', async () => {
    const stage = await aStage('key: from-the-target');
    stage.state.files.push({
      project_id: 43,
      ref: 'main',
      path: '.herald.yml',
      content: 'key: from-the-fork',
    });
    stage.state.files.push({
      project_id: 43,
      ref: 'printer',
      path: '.herald.yml',
      content: 'key: from-the-fork',
    });
    leave(stage, await honestReport(stage));
    const note = await published(stage);
    expect(note).toContain('from-the-target');
    expect(note).not.toContain('from-the-fork');
    const read = stage.gitlab.requests.filter(({ path }) => path.startsWith('/projects/43/repository/files'));
    expect(read).toEqual([]);
  });

  test('asks nothing of the fork but its pipeline, its jobs, their logs and artifacts', async () => {
    const stage = await aStage();
    leave(stage, await honestReport(stage));
    await published(stage);
    const asked = stage.gitlab.requests.flatMap(({ method, path }) =>
      path.startsWith('/projects/43/') ? [`${method} ${path}`] : [],
    );
    for (const request of asked)
      expect(request).toMatch(
        /^GET \/projects\/43\/(?:pipelines\/|jobs\/|repository\/commits\/|merge_requests)|^POST \/projects\/43\/statuses\//,
      );
  });
});

describe('a forged report is not told, and the comment says what GitLab knows', () => {
  test.each<[string, (report: Json) => void]>([
    ['of another project', set('project', 'id', 42)],
    ['with the path of another project', set('project', 'path', 'shop/till')],
    ['of another pipeline', set('pipeline', 'id', 501)],
    ['of another commit', set('commit', 'sha', 'a1'.repeat(20))],
    ['of another job', set('job', 'id', 601)],
    ['of another merge request', set('mergeRequest', 'iid', 7)],
    ['of a merge request of another project', set('mergeRequest', 'project', 43)],
  ])('%s', async (_name, change) => {
    const stage = await aStage();
    leave(stage, changed(await honestReport(stage), change));
    const note = await published(stage);
    expect(note).not.toContain('takes a voucher');
    expect(note).toContain('unit');
    expect(stage.log.lines.join('\n')).toMatch(/is not used: its .* is not the one that GitLab names/);
    expect(stage.notes(mr)).toEqual([]);
  });
});

describe('a broken report costs only itself', () => {
  test.each<[string, (honest: string) => string]>([
    ['nothing', () => ''],
    ['no JSON', () => 'hello'],
    ['cut off', (honest) => honest.slice(0, honest.length / 2)],
    ['deep', () => '['.repeat(200_000)],
    [
      'deep in its details',
      (honest) =>
        honest.replace('"details":{', `"details":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)},`),
    ],
    ['large', () => `{"a":"${'x'.repeat(20 * 1024 * 1024)}"}`],
    [
      'of a later schema',
      (honest) =>
        changed(honest, (report) => {
          report['schema'] = 99;
          report['version'] = 99;
        }),
    ],
    [
      'with numbers that are none',
      (honest) => honest.replace(/"durationSeconds":[\d.]+/g, '"durationSeconds":1e400'),
    ],
    [
      'with the keys of prototypes',
      () => '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    ],
  ])('%s', async (_name, make) => {
    const stage = await aStage();
    leave(stage, make(await honestReport(stage)));
    const note = await published(stage);
    expect(note).toContain('unit');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test('hostile words in it mention, command and inject nothing', async () => {
  const stage = await aStage();
  const words =
    '\n/close\n@all @mia <script>alert(1)</script> [x](javascript:alert(1)) #3 !7 ~"bug" <!-- herald:note --> \u202Egnp.exe\n```\n/approve';
  leave(stage, await honestReport(stage, words));
  const note = await published(stage);
  expect(note).toContain('takes a voucher');
  expect(findQuickActions(note)).toEqual([]);
  expect(note).not.toContain('\u202E');
  const html = parsedByGitLab(note);
  expect(referencesIn(html)).toEqual([]);
  expect(tagsOf(html)).not.toContain('script');
  expect(stage.item(forkMr).title).toBe('Mend the printer');
});

describe('the pipeline that counts', () => {
  test('is that of the head: an older one is not told', async () => {
    const stage = await aStage();
    leave(stage, await honestReport(stage));
    Object.assign(stage.item(forkMr), { sha: '0d'.repeat(20) });
    const { outcome, detail } = await stage.world().report(forkMr);
    expect(outcome).toBe('refused');
    expect(detail).toMatch(/no pipeline for its head/);
    expect(stage.notes(forkMr)).toEqual([]);
  });

  test('has ended', async () => {
    const stage = await aStage();
    leave(stage, await honestReport(stage));
    forkPipeline(stage).status = 'running';
    expect((await stage.world().report(forkMr)).detail).toMatch(/has not finished/);
    expect(stage.notes(forkMr)).toEqual([]);
  });

  test('is of a merge request that is open', async () => {
    const stage = await aStage();
    Object.assign(stage.item(forkMr), { state: 'merged' });
    expect((await stage.world().report(forkMr)).detail).toMatch(/merged/);
    expect(stage.notes(forkMr)).toEqual([]);
  });

  test('may have no artifact: then the comment says what GitLab knows', async () => {
    const stage = await aStage();
    expect(await published(stage)).toContain('unit');
  });

  test('a command asks for it at once, no matter who writes it', async () => {
    const stage = await aStage();
    leave(stage, await honestReport(stage));
    await stage.handle(stage.say('sam', '/herald report', forkMr).payload);
    expect(stage.notes(forkMr)[0]).toContain('takes a voucher');
    expect(
      stage.item(forkMr).notes.every(({ author }) => [cast.bot.id, cast.sam.id].includes(author.id as 900)),
    ).toBe(true);
  });
});
