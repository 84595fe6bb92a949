import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type BadEndTool,
  badEndTools,
  type FindingsTool,
  findingsTools,
  type TestTool,
  type TwiceTool,
  testTools,
  twiceTools,
} from './recipes.ts';
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
    const counted = tool.counts(console);
    const expected = tool.differs?.counts(counted) ?? counted;
    const { tests } = inspect(tool, run());
    const found = {
      total: tests.total,
      passed: tests.passed,
      failed: tests.failed + tests.errored,
      skipped: tests.skipped,
      flaky: tests.flaky,
    };
    expect(found, console).toMatchObject(expected);
    expect(expected.failed, 'the project fails on purpose').toBeGreaterThan(0);
  });

  test('each failure names the line where it failed, and its reason in the folded line', () => {
    const comment = preview(tool, run());
    const wrong = marksOf(run().folder)
      .filter(({ test: name }) => tool.untold?.tests.includes(name) !== true)
      .flatMap((mark) => wrongIn(comment, mark));
    expect(wrong, comment.map(({ text }) => text).join('\n=====\n')).toEqual([]);
  });

  test('what the report counts and does not list is shown', () => {
    const { text } = wholeComment(tool, run());
    const isUnlisted = tool.untold?.why.includes('does not list') === true;
    expect(text.includes('that it does not list')).toBe(isUnlisted);
  });
});

describe.each(twiceTools)('$project, $writes', (tool) => {
  const missing = missingCommands(tool);
  if (missing.length > 0) {
    test.skip(`not installed: ${missing.join(', ')}`, () => undefined);
    return;
  }
  const run = runOnce(tool);

  test('the run counts once, and the comment says so', () => {
    const { text } = wholeComment(tool, run(), [tool.alsoReport]);
    const { failed } = tool.counts(run().console);
    expect(text, run().console).toContain(`### ❌ ${failed} of `);
    expect(text).toContain('holds the same run as');
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

describe.each(badEndTools)('$project, $writes', (tool) => {
  const missing = missingCommands(tool);
  if (missing.length > 0) {
    test.skip(`not installed: ${missing.join(', ')}`, () => undefined);
    return;
  }
  const run = runOnce(tool);

  test('a run that failed without a failing test is not green, and the comment says why', () => {
    const { console } = run();
    expect(console).toMatch(tool.console);
    const { text } = wholeComment(tool, run());
    expect(text).not.toMatch(/^### ✅/m);
    expect(text).toContain(tool.told);
  });
});

function runOnce(tool: TestTool | FindingsTool | TwiceTool | BadEndTool): () => ToolRun {
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

/** A failure that can be unfolded: what is seen of it before, and all of it. */
interface Part {
  readonly folded: string;
  /** The line below, with the link to the place. */
  readonly facts: string;
  readonly text: string;
}

function wholeComment(
  tool: TestTool | TwiceTool | BadEndTool,
  { folder }: ToolRun,
  more: readonly string[] = [],
): { readonly text: string } {
  const args = [
    herald,
    'report',
    '--preview',
    '--output',
    'herald-out',
    '--detail',
    'full',
    tool.report,
    ...more,
  ];
  const result = spawnSync(process.execPath, [...args, '--max-characters', '200000'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([0, 1], result.stderr).toContain(result.status);
  return { text: readFileSync(join(folder, 'herald-out', 'herald-report.md'), 'utf8') };
}

function unescaped(html: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return html
    .replace(/<\/?code>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (all, name: string) => characters[name] ?? all);
}

/** The comment in its parts: one for each failure that can be unfolded. */
function preview(tool: TestTool, run: ToolRun): readonly Part[] {
  return wholeComment(tool, run)
    .text.split('<details')
    .slice(1)
    .map((text) => {
      const [folded = '', below = ''] = text.split('</summary>', 2);
      return { folded: unescaped(folded), facts: below.trim().split('\n', 1)[0] ?? '', text };
    });
}

interface Mark {
  /** Part of the test's name. */
  readonly test: string;
  /** `src/price.js:3`, as the comment names it; null where the tool knows no line. */
  readonly place: string | null;
  /** What the folded line says, in this order. */
  readonly reason: readonly string[];
}

function includesInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = text.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** What the comment does not say of a failure; every part that names the test has to say it. */
function wrongIn(comment: readonly Part[], { test: name, place, reason }: Mark): readonly string[] {
  const parts = comment.filter(({ folded }) => folded.includes('❌') && folded.includes(name));
  if (parts.length === 0) return [`${name}: no part`];
  return parts.flatMap(({ folded, facts }) => [
    ...(place === null || folded.includes(place) || facts.includes(`\`${place}\``)
      ? []
      : [`${name}: ${place}`]),
    ...(includesInOrder(folded, reason) ? [] : [`${name} – ${reason.join(' | ')}: ${folded}`]),
  ]);
}

/** Files that tools write: what they print of a line with a mark is no mark. */
const written = /node_modules|herald-out|\/target\/|\/build\/|\/report\.|\/unused\.|test-results/;

/**
 * The lines of the project that say which test fails there, and what the tool's console says of it, written by the
 * author of the project: `// FAILS: name – first part | second part`.
 */
function marksOf(folder: string): readonly Mark[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !written.test(join(entry.parentPath, entry.name).slice(folder.length)),
    )
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) => {
          const [, lineless, name, reason = ''] =
            /FAILS( WITHOUT LINE)?: (.+?)(?: – (.+))?$/.exec(line) ?? [];
          if (name === undefined) return [];
          const place = lineless === undefined ? `${relative(folder, file)}:${index + 1}` : null;
          return [{ test: name, place, reason: reason.split(' | ') }];
        });
    });
}
