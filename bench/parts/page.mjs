/** The full report of many tests: its size, and how fast it opens. */
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTimes } from '../chromium.mjs';
import { aFolder } from '../embedded.mjs';
import { median, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';
import { junitFile } from './data.mjs';

async function measured(page) {
  const times = await openTimes(page, 7);
  return {
    megabytes: statSync(page).size / 1e6,
    milliseconds: times === null ? null : median(times),
    elements: (readFileSync(page, 'utf8').match(/<[a-z]/g) ?? []).length,
  };
}

/** What the browser itself takes, whatever it opens. */
async function emptyPage() {
  const folder = aFolder();
  const page = join(folder, 'empty.html');
  writeFileSync(page, '<!doctype html><title>empty</title>\n');
  const found = await measured(page);
  rmSync(folder, { recursive: true, force: true });
  return found;
}

async function pageOf(tests) {
  const folder = aFolder();
  const path = await junitFile(tests);
  // A report outside of the folder is not read.
  copyFileSync(path, join(folder, 'junit.xml'));
  const { code, stderr } = await runNode([herald, 'report', '--preview', 'junit.xml'], { cwd: folder });
  if (code !== 0) throw new Error(`herald report ended with ${code}: ${stderr.slice(-2_000)}`);
  const found = await measured(join(folder, 'herald-preview/herald-report.html'));
  rmSync(folder, { recursive: true, force: true });
  return found;
}

export async function benchPage() {
  const empty = await emptyPage();
  const small = await pageOf(20_000);
  const large = await pageOf(200_000);
  const row = (title, { megabytes, milliseconds, elements }) => [
    title,
    `${megabytes.toFixed(2)} MB`,
    elements.toLocaleString('en'),
    milliseconds === null ? '–' : `${milliseconds.toFixed(0)} ms`,
  ];
  return {
    figures: {
      'page.size': small.megabytes,
      'page.open': small.milliseconds,
      'page.size-200000': large.megabytes,
    },
    tables: [
      {
        title: 'The full report in Chromium',
        columns: ['', 'size', 'elements', 'until its load event'],
        rows: [row('20,000 tests', small), row('200,000 tests', large), row('an empty page', empty)],
      },
    ],
  };
}
