/** Whole reports over many files, without a GitLab. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, runNode } from '../measure.mjs';
import { data, herald } from '../paths.mjs';

/** Writes the files of a folder once. */
function folderOf(name, count, fileOf) {
  const folder = join(data, name);
  const done = join(folder, 'done');
  if (existsSync(done)) return folder;
  for (let number = 0; number < count; number += 1) {
    const [path, content] = fileOf(number);
    const file = join(folder, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  }
  writeFileSync(done, '');
  return folder;
}

const lcovOf = (number) => {
  const lines = Array.from({ length: 5_000 }, (_, at) => `DA:${at + 1},${(at + number) % 10}`).join('\n');
  return [`part-${number}/lcov.info`, `TN:\nSF:part-${number}/main.ts\n${lines}\nend_of_record\n`];
};

const testOf = (number) => [
  `reports-${number % 100}/TEST-shop.Test${number}.xml`,
  `<?xml version="1.0"?>\n<testsuite name="shop.Test${number}" tests="1" failures="0"><testcase classname="shop.Test${number}" name="adds" time="0.01"/></testsuite>\n`,
];

/** A preview of all the files. Throws where it counted something else than is there. */
async function measure(folder, pattern, countOf, expected) {
  const { herald: result } = await compare(
    { herald: () => runNode([herald, 'report', '--preview', pattern], { cwd: folder }) },
    3,
  );
  const output = join(folder, 'herald-preview');
  const counted = countOf(JSON.parse(readFileSync(join(output, 'herald-report.json'), 'utf8')));
  rmSync(output, { recursive: true, force: true });
  if (counted !== expected) throw new Error(`${pattern}: ${counted} of ${expected}`);
  return result;
}

const row = (title, { milliseconds, cpuMilliseconds, peakMegabytes }) => [
  title,
  `${(milliseconds / 1_000).toFixed(1)} s`,
  `${(cpuMilliseconds / 1_000).toFixed(1)} s`,
  `${peakMegabytes.toFixed(0)} MB`,
];
const columns = ['', 'time', 'CPU', 'peak memory'];

export async function benchCoverage() {
  const result = await measure(
    folderOf('coverage-1000', 1_000, lcovOf),
    'part-*/lcov.info',
    (report) => report.coverage?.totals.lines.total,
    5_000_000,
  );
  return {
    figures: { 'coverage.time': result.milliseconds / 1_000, 'coverage.peak': result.peakMegabytes },
    tables: [
      { title: 'Coverage of many files', columns, rows: [row('1,000 files, 5,000,000 lines', result)] },
    ],
  };
}

export async function benchFiles() {
  const result = await measure(
    folderOf('files-10000', 10_000, testOf),
    'reports-*/TEST-*.xml',
    (report) => report.tests?.totals.total,
    10_000,
  );
  return {
    figures: { 'files.time': result.milliseconds / 1_000, 'files.peak': result.peakMegabytes },
    tables: [{ title: 'Many small files', columns, rows: [row('10,000 files of one test each', result)] }],
  };
}
