import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { faultAt } from '../../support/gitlab/faults.ts';
import { aStage, forkMr, mr, type Stage } from '../bot/stage.ts';

const [head, forkHead] = ['a1'.repeat(20), 'f0'.repeat(20)];

interface Failing {
  readonly name: string;
  /** A line of the stack. */
  readonly frame: string;
  readonly file?: string;
}

/** A job of the pipeline hands over a report, which the bot reads by API. */
function handOver(stage: Stage, pipelineId: number, tests: readonly Failing[]): void {
  const cases = tests.map(({ name, frame, file }) => {
    const where = file === undefined ? '' : ` file="${file}"`;
    return `<testcase classname="till" name="${name}"${where}><failure message="${name} fails">Error: ${name} fails
    ${frame}</failure></testcase>`;
  });
  const xml = `<testsuites><testsuite name="till">${cases.join('')}</testsuite></testsuites>`;
  const job = stage.state.pipelines.find(({ id }) => id === pipelineId)?.jobs[0];
  job?.reports.push({ file_type: 'junit', filename: 'junit.xml.gz', bytes: gzipSync(xml) });
}

/** Files of a commit in the project that merge requests go into. */
function has(stage: Stage, ref: string, ...paths: readonly string[]): void {
  for (const path of paths) stage.state.files.push({ project_id: 42, ref, path, content: 'a' });
}

async function published(stage: Stage, on = mr): Promise<string> {
  const { outcome } = await stage.world().report(on);
  expect(outcome).toBe('done');
  return stage.notes(on)[0] ?? '';
}

function probes({ gitlab }: Stage): readonly string[] {
  return gitlab.requests.flatMap(({ method, path, query }) =>
    method === 'HEAD' ? [`${decodeURIComponent(path)}?${query}`] : [],
  );
}

const linkTo = (path: string, ref: string): RegExp => new RegExp(`\\]\\([^)]*/-/blob/${ref}/${path}\\)`);

describe('rows 55, 71: a frame of a report that the bot reads without a checkout', () => {
  test('leads to the file that GitLab has at the head, from the path of a runner', async () => {
    const stage = await aStage();
    handOver(stage, 501, [{ name: 'sums', frame: 'at sum (/builds/shop/till/src/till.ts:12:5)' }]);
    has(stage, head, 'src/till.ts');
    expect(await published(stage)).toMatch(linkTo('src/till\\.ts#L12', head));
    expect(probes(stage)).toEqual([`/projects/42/repository/files/src/till.ts?ref=${head}`]);
  });

  test('of a file that GitLab does not have stays text, and so does the file of the test', async () => {
    const stage = await aStage();
    handOver(stage, 501, [
      { name: 'sums', frame: 'at sum (/app/src/gone.ts:12:5)' },
      { name: 'adds', frame: 'at add (elsewhere)', file: 'test/gone.test.ts' },
    ]);
    const note = await published(stage);
    expect(note).toContain('test/gone.test.ts');
    expect(note).not.toContain('/-/blob/');
  });

  test('is asked for in the project of the merge request where the pipeline is a fork’s', async () => {
    const stage = await aStage();
    handOver(stage, 502, [{ name: 'prints', frame: 'at print (/builds/sam/till/src/printer.ts:3:1)' }]);
    has(stage, forkHead, 'src/printer.ts');
    expect(await published(stage, forkMr)).toMatch(linkTo('src/printer\\.ts#L3', forkHead));
    expect(probes(stage)).toEqual([`/projects/42/repository/files/src/printer.ts?ref=${forkHead}`]);
  });

  test('costs at most eight questions, each once', async () => {
    const stage = await aStage();
    const tests = Array.from({ length: 30 }, (_, at) => ({
      name: `test ${at}`,
      frame: `at sum (/builds/shop/till/src/file${Math.floor(at / 2)}.ts:12:5)`,
    }));
    handOver(stage, 501, tests);
    has(stage, head, ...tests.map((_, at) => `src/file${at}.ts`));
    const note = await published(stage);
    expect(probes(stage)).toHaveLength(8);
    expect(new Set(probes(stage)).size).toBe(8);
    expect(note).toMatch(linkTo('src/file7\\.ts#L12', head));
    expect(note).not.toMatch(linkTo('src/file8\\.ts#L12', head));
  });

  test('asks for the likeliest file of each test before other files of one', async () => {
    const stage = await aStage();
    const java = Array.from({ length: 5 }, (_, at) => ({
      name: `test ${at}`,
      frame: `at com.shop.Cart${at}.total(Cart${at}.java:40)`,
    }));
    handOver(stage, 501, [...java, { name: 'sums', frame: 'at sum (/builds/shop/till/src/till.ts:12:5)' }]);
    has(stage, head, 'src/till.ts');
    expect(await published(stage)).toMatch(linkTo('src/till\\.ts#L12', head));
    expect(probes(stage)).toHaveLength(8);
  });

  test.each(['403', '500'] as const)('costs its link only where GitLab fails: %s', async (fault) => {
    const at = 'HEAD /projects/:n/repository/files/src%2Ftill.ts';
    const stage = await aStage(null, { beforeRequest: faultAt(at, fault) });
    handOver(stage, 501, [{ name: 'sums', frame: 'at sum (/builds/shop/till/src/till.ts:12:5)' }]);
    has(stage, head, 'src/till.ts');
    const note = await published(stage);
    expect(note).toContain('sums fails');
    expect(note).not.toContain('/-/blob/');
  });

  test('asks nothing where no test fails', async () => {
    const stage = await aStage();
    await published(stage);
    expect(probes(stage)).toEqual([]);
  });

  test('row 57: is blamed on the commit that the pipeline ran, where the target branch asks for that', async () => {
    const stage = await aStage('blame: 3');
    handOver(stage, 502, [{ name: 'prints', frame: 'at print (/builds/sam/till/src/printer.ts:1:1)' }]);
    const old = 'd0'.repeat(20);
    const commit = { project_id: 42, id: old, parent_ids: [], title: 'Print', author_name: 'Mia' };
    stage.state.commits.push({ ...commit, created_at: '2026-03-01T10:00:00Z' });
    const file = { project_id: 42, ref: forkHead, path: 'src/printer.ts', content: 'a' };
    stage.state.files.push({ ...file, blame: [old] });
    expect(await published(stage, forkMr)).toContain('last changed by Mia in');
  });
});
