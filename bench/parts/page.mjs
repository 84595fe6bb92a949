/** The full report of many tests: its size, and how fast it opens. */
import { copyFileSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openTimes } from '../chromium.mjs';
import { aFolder } from '../embedded.mjs';
import { median, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';
import { junitFile } from './data.mjs';

async function pageOf(tests) {
  const folder = aFolder();
  const path = await junitFile(tests);
  // A report outside of the folder is not read.
  copyFileSync(path, join(folder, 'junit.xml'));
  const { code, stderr } = await runNode([herald, 'report', '--preview', 'junit.xml'], { cwd: folder });
  if (code !== 0) throw new Error(`herald report ended with ${code}: ${stderr.slice(-2_000)}`);
  const page = join(folder, 'herald-preview/herald-report.html');
  const megabytes = statSync(page).size / 1e6;
  const times = await openTimes(page, 7);
  const elements = (readFileSync(page, 'utf8').match(/<[a-z]/g) ?? []).length;
  rmSync(folder, { recursive: true, force: true });
  return { megabytes, milliseconds: times === null ? null : median(times), elements };
}

export async function benchPage() {
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
        rows: [row('20,000 tests', small), row('200,000 tests', large)],
      },
    ],
  };
}
