import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { runHerald } from './run-herald.ts';

type Generate = (path: string, count: number) => Promise<void>;

const generatorsSchema = z.object({
  generateJunit: z.custom<(path: string, tests: number, outputBytes: number) => Promise<void>>(isFunction),
  generateFindings: z.custom<(path: string, format: string, count: number) => Promise<void>>(isFunction),
});
// The bench is plain JavaScript, which the types do not cover.
const { generateJunit, generateFindings } = generatorsSchema.parse({
  ...z.looseObject({}).parse(await import(new URL('../../bench/generate-junit.mjs', import.meta.url).href)),
  ...z
    .looseObject({})
    .parse(await import(new URL('../../bench/generate-findings.mjs', import.meta.url).href)),
});

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** What Node writes with `NODE_V8_COVERAGE`. Source: https://nodejs.org/api/cli.html#node_v8_coveragedir */
const coverageSchema = z.object({
  result: z.array(
    z.object({
      url: z.string(),
      functions: z.array(z.object({ ranges: z.array(z.object({ count: z.number() })) })),
    }),
  ),
});

interface Work {
  /** How often functions of Herald were called. */
  readonly calls: number;
  /** How often their blocks were entered, each pass of a loop once. */
  readonly blocks: number;
}

/** What V8 counted: neither the machine nor its load changes it, and Node 20 and 24 give the same. */
async function workOf(args: readonly string[], cwd: string): Promise<Work> {
  const folder = join(cwd, 'counts');
  const { exitCode, stderr } = await runHerald(args, { cwd, env: { NODE_V8_COVERAGE: folder } });
  expect(exitCode, stderr).toBe(0);
  let calls = 0;
  let blocks = 0;
  for (const name of await readdir(folder)) {
    const { result } = coverageSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
    const functions = result.flatMap((script) =>
      script.url.includes('/dist/herald') ? script.functions : [],
    );
    for (const { ranges } of functions) {
      calls += ranges[0]?.count ?? 0;
      blocks += ranges.reduce((sum, { count }) => sum + count, 0);
    }
  }
  return { calls, blocks };
}

const usually = 1_000;
/** JSON above half a megabyte is read piece by piece: both files are below it, or both above. */
const [few, many] = [500, 4_000];

/** What one item more costs: the difference of twice as many to once, so that the start of the process is not in it. */
async function workOfOne(generate: Generate, args: readonly string[], once = usually): Promise<Work> {
  const folder = await mkdtemp(join(tmpdir(), 'herald-work-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const works: Work[] = [];
  for (const count of [once, 2 * once]) {
    const cwd = join(folder, String(count));
    await mkdir(cwd);
    await generate(join(cwd, 'file'), count);
    works.push(await workOf([...args, 'file'], cwd));
  }
  const [less, more] = works;
  const perItem = (kind: keyof Work): number =>
    Math.round(((more?.[kind] ?? 0) - (less?.[kind] ?? 0)) / once);
  return { calls: perItem('calls'), blocks: perItem('blocks') };
}

const junit: Generate = (path, count) => generateJunit(path, count, 0);
const findings =
  (format: string): Generate =>
  (path, count) =>
    generateFindings(path, format, count);

const inspect = ['inspect', '--json'];
const report = ['report', '--preview'];

describe('the work for one more', () => {
  // A budget is what was measured when it was written down, and a fiftieth; a twentieth in reports, where parts of the
  // time are words. More needs a reason, less a new budget.
  test.each<[of: string, once: number, generate: Generate, args: readonly string[], budget: Work]>([
    ['test of a JUnit file', usually, junit, inspect, { calls: 437, blocks: 1_622 }],
    ['finding of code quality', few, findings('code quality'), inspect, { calls: 429, blocks: 1_230 }],
    ['finding of a large file', many, findings('code quality'), inspect, { calls: 403, blocks: 1_982 }],
    ['finding of SARIF', few, findings('sarif'), inspect, { calls: 396, blocks: 1_817 }],
    ['test in a whole report', usually, junit, report, { calls: 749, blocks: 2_220 }],
    ['finding in a whole report', few, findings('code quality'), report, { calls: 822, blocks: 2_168 }],
  ])('%s is within its budget', async (_of, once, generate, args, budget) => {
    const { calls, blocks } = await workOfOne(generate, args, once);
    expect(calls).toBeGreaterThan(0);
    const isWithin = calls <= budget.calls && blocks <= budget.blocks;
    expect(isWithin, JSON.stringify({ measured: { calls, blocks }, budget })).toBe(true);
  });
});

test('the same work is counted twice alike', async () => {
  const first = await workOfOne(junit, inspect);
  expect(await workOfOne(junit, inspect)).toEqual(first);
});
