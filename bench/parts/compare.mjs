/** What is compared with a baseline, beside what it takes to read the same report. */
import { join } from 'node:path';
import { bundled } from '../embedded.mjs';
import { largeReports } from '../generate-reports.mjs';
import { compare, runNode } from '../measure.mjs';
import { bench } from '../paths.mjs';
import { dataFile, junitFile } from './data.mjs';

const source = [
  "export { readReport } from './src/reports/read.ts';",
  "export { heraldReportOf, parseHeraldReport } from './src/baseline/herald-report.ts';",
  "export { compareRuns } from './src/compare/compare-runs.ts';",
  "export { createTextMask } from './src/secrets/mask-text.ts';",
].join('');

export async function benchCompare() {
  const bundle = await bundled('compare', source);
  const { lcov } = largeReports;
  const rows = [];
  for (const [title, path] of [
    ['100,000 tests', await junitFile(100_000)],
    ['1,000,000 tests', await junitFile(1_000_000)],
    ['2,000,000 coverage lines, 50,000 of them changed', await dataFile(lcov.name, lcov.generate)],
  ]) {
    const script = join(bench, 'compare-with-baseline.mjs');
    const results = await compare({ [title]: () => runNode([script, bundle, path]) }, 3);
    const { last, peakMegabytes } = results[title];
    if (last === undefined) throw new Error(`${title}: the comparison failed`);
    const { parsing, writing, reading, comparing, kept, gzip } = JSON.parse(last.stdout);
    rows.push([
      title,
      `${parsing} ms`,
      `${writing} ms`,
      `${reading} ms`,
      `${comparing} ms`,
      ((reading + comparing) / parsing).toFixed(2),
      `${(kept / 1e6).toFixed(2)} MB (${(gzip / 1e6).toFixed(2)} MB)`,
      `${peakMegabytes.toFixed(0)} MB`,
    ]);
  }
  const columns = [
    '',
    'read the report',
    'write the baseline',
    'read it',
    'compare',
    'last two : first',
    'baseline (gzip)',
    'peak memory',
  ];
  return { figures: {}, tables: [{ title: 'A comparison with a baseline', columns, rows }] };
}
