import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type FindingsTool, findingsTools, type TestTool, testTools } from './recipes.ts';
import { missingCommands, runTool, type ToolRun } from './run-tool.ts';

const herald = join(import.meta.dirname, '..', '..', 'dist', 'herald.mjs');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(testTools)('$project, $writes', (tool) => {
  const missing = missingCommands(tool);
  if (missing.length > 0) {
    test.skip(`not installed: ${missing.join(', ')}`, () => undefined);
    return;
  }
  const run = runOnce(tool);

  test('the totals are those of the tool’s console', () => {
    const { console } = run();
    const expected = tool.counts(console);
    const { tests } = inspect(tool, run());
    const found = {
      total: tests.total,
      passed: tests.passed,
      failed: tests.failed + tests.errored,
      skipped: tests.skipped,
      flaky: tests.flaky,
    };
    expect({ ...found, ...expected }, console).toEqual(found);
    expect(expected.failed, 'the project fails on purpose').toBeGreaterThan(0);
  });

  test('each failure names the line where it failed, and its reason in the folded line', () => {
    const comment = preview(tool, run());
    const wrong = marksOf(run().folder)
      .filter((mark) => tool.withoutLine?.includes(mark.test) !== true)
      .filter((mark) => !comment.some((part) => part.includes(mark.test) && part.includes(mark.place)))
      .map((mark) => `${mark.test}: ${mark.place}`);
    expect(wrong, comment.join('\n=====\n')).toEqual([]);
  });
});

describe.each(findingsTools)('$project, $writes', (tool) => {
  const missing = missingCommands(tool);
  if (missing.length > 0) {
    test.skip(`not installed: ${missing.join(', ')}`, () => undefined);
    return;
  }
  const run = runOnce(tool);

  test('as many findings as the tool’s console', () => {
    const expected = tool.findings(run().console);
    expect(inspect(tool, run()).findings.total, run().console).toBe(expected);
    expect(expected, 'the project has findings on purpose').toBeGreaterThan(0);
  });
});

function runOnce(tool: TestTool | FindingsTool): () => ToolRun {
  let done: ToolRun | undefined;
  return () => {
    if (done === undefined) {
      done = runTool(tool);
      folders.push(done.folder);
    }
    return done;
  };
}

interface Inspected {
  readonly tests: {
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly errored: number;
    readonly skipped: number;
    readonly flaky: number;
  };
  readonly findings: { readonly total: number };
}

function inspect(tool: TestTool | FindingsTool, { folder }: ToolRun): Inspected {
  const args = [herald, 'inspect', '--json', tool.report, ...(tool.options ?? [])];
  const result = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(result.status, result.stderr).toBe(0);
  return JSON.parse(result.stdout) as Inspected;
}

/** The comment in its parts: one for each failure that can be unfolded. */
function preview(tool: TestTool, { folder }: ToolRun): readonly string[] {
  const args = [herald, 'report', '--preview', '--output', 'herald-out', '--detail', 'full', tool.report];
  const result = spawnSync(process.execPath, [...args, '--max-characters', '200000'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([0, 1], result.stderr).toContain(result.status);
  return readFileSync(join(folder, 'herald-out', 'herald-report.md'), 'utf8').split('<details');
}

interface Mark {
  /** Part of the test's name. */
  readonly test: string;
  /** `src/price.js:3`, as the comment names it. */
  readonly place: string;
}

/** The lines of the project that say which test fails there: `// FAILS: name`, written by who wrote the project. */
function marksOf(folder: string): readonly Mark[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/node_modules|herald-out|target|build|report|unused/.test(join(entry.parentPath, entry.name).slice(folder.length)))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) => {
          const name = /FAILS: (.+)$/.exec(line)?.[1];
          return name === undefined ? [] : [{ test: name, place: `${relative(folder, file)}:${index + 1}` }];
        });
    });
}
