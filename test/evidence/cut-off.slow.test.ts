import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heraldReportSchema } from '../../src/baseline/report-with-details.ts';
import { run } from '../../src/cli/run.ts';
import { exitCodes } from '../../src/errors.ts';
import { formats } from '../../src/reports/registry.ts';
import { aHost } from '../cli/a-host.ts';
import { endsAnywhere } from './ends-anywhere.ts';

const fixtures = fileURLToPath(new URL('../fixtures/reports', import.meta.url));
const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** The largest text that a format has among the fixtures. */
function fixtureOf(format: string): { readonly name: string; readonly text: string } | null {
  const folder = join(fixtures, format);
  const texts = readdirSync(folder)
    .filter((name) => !name.endsWith('.expected.json') && !/cut|broken|dies|missing/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8').trimEnd() }))
    .filter(({ text }) => !text.includes('\u0000') && !text.includes('\ufffd'));
  return texts.sort((a, b) => b.text.length - a.text.length)[0] ?? null;
}

const verdictOfSymbol: Readonly<Record<string, string>> = {
  '✔': 'passed',
  '✅': 'passed',
  '✘': 'failed',
  '❌': 'failed',
  '!': 'warning',
  '⚠️': 'warning',
};

/** The verdict that the first words of an output show; a headline without a symbol only informs. */
function verdictIn(output: string): string {
  return verdictOfSymbol[/^(?:### )?(\S+) /.exec(output.trimStart())?.[1] ?? ''] ?? 'info';
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'herald-cut-off-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What every output of a preview of one file says. */
async function previewOf(name: string, text: string) {
  writeFileSync(join(folder, name), text);
  const { host, printed } = aHost({ workingDirectory: folder });
  const exitCode = await run(['report', '--preview', '--strict', name], host);
  const written = (file: string): string => readFileSync(join(folder, 'herald-preview', file), 'utf8');
  const report = heraldReportSchema.parse(JSON.parse(written('herald-report.json')));
  const heading = (page: string): string =>
    (/<h[1-3]>(.*?)<\/h[1-3]>/s.exec(page)?.[1] ?? '')
      .replace(/<[^>]+>/g, '')
      .replace(/&#(\d+);/g, (_reference, code) => String.fromCodePoint(Number(code)));
  return {
    exitCode,
    report,
    verdicts: {
      terminal: verdictIn(printed()),
      markdown: verdictIn(written('herald-report.md')),
      page: verdictIn(heading(written('herald-report.html'))),
      comment: verdictIn(heading(written('herald-preview.html'))),
    },
  };
}

const withFixtures = formats
  .map(({ format }) => format)
  .filter((format) => readdirSync(fixtures).includes(format));

describe('a report that is cut off at each tenth', () => {
  test.each(withFixtures)(
    '%s: no output is green, all say the same, and strict ends with 3',
    async (format) => {
      const fixture = fixtureOf(format);
      if (fixture === null) return;
      for (const tenth of tenths) {
        const cut = fixture.text.slice(0, Math.floor((fixture.text.length * tenth) / 10));
        const { exitCode, report, verdicts } = await previewOf(fixture.name, cut);
        const about = `${fixture.name} at ${tenth} tenths`;
        expect(report.verdict, about).not.toBe('passed');
        for (const [output, verdict] of Object.entries(verdicts))
          expect([about, output, verdict]).toEqual([about, output, report.verdict]);
        const isSeen = report.unexplained.length > 0;
        expect([about, isSeen || report.verdict === 'failed' || endsAnywhere.has(format)]).toEqual([
          about,
          true,
        ]);
        expect([about, exitCode]).toEqual([about, isSeen ? exitCodes.unreadableInput : exitCodes.done]);
      }
    },
  );
});
