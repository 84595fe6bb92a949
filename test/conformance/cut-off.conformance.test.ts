import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endsAnywhere } from '../evidence/ends-anywhere.ts';
import { verdictOfFiles } from '../evidence/verdict-of-files.ts';

const corpus = process.env['HERALD_CORPUS'] ?? '';
const kinds = ['coverage', 'junit', 'misc-reports', 'other-tests', 'sbom', 'security', 'static-analysis'];
const entries = z.array(z.object({ path: z.string(), kind: z.string() }));

function entriesOf(kind: string): readonly string[] {
  if (corpus === '') return [];
  const index = entries.parse(JSON.parse(readFileSync(join(corpus, 'INDEX.json'), 'utf8')));
  return index.filter((entry) => entry.kind === kind).map(({ path }) => path);
}

/** Streams and files of which a beginning can be whole, with the reason. */
const wholeBeginnings: Readonly<Record<string, string>> = {
  'junit/lukejpreston__xunit-viewer/complete_no_suite_multi_cases.xml': 'several roots, one behind the other',
};

describe.runIf(corpus !== '')('files of the corpus that are cut off at each tenth', () => {
  test.each(kinds)('%s: none is green, and the cut is said or red', async (kind) => {
    let cuts = 0;
    for (const path of entriesOf(kind)) {
      const text = readFileSync(join(corpus, path), 'utf8').trimEnd();
      if (text.includes('\u0000')) continue;
      const whole = (await verdictOfFiles({ [path]: text })).summary.files[0];
      // What is not read as a whole is said in any case.
      if (whole?.error !== null) continue;
      for (let tenth = 1; tenth <= 9; tenth += 1) {
        const cut = text.slice(0, Math.floor((text.length * tenth) / 10));
        const { verdict, summary } = await verdictOfFiles({ [path]: cut });
        const about = `${path} at ${tenth} tenths: ${verdict}`;
        expect(verdict, about).not.toBe('passed');
        // A beginning without a single test is a warning of its own.
        const isSaid = summary.unexplained.length > 0 || verdict === 'warning';
        // A plan of TAP that is not kept is a test that fails.
        const isRed = verdict === 'failed' && whole.format === 'tap';
        const mayEnd = endsAnywhere.has(whole.format) || wholeBeginnings[path] !== undefined;
        expect([about, isSaid || isRed || mayEnd]).toEqual([about, true]);
        cuts += 1;
      }
    }
    expect(cuts).toBeGreaterThan(50);
  });
});
