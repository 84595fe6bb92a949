/**
 * One process: reads a report, writes what Herald would keep of it, and compares the report with that. Prints how long
 * each took.
 *
 *   node bench/compare-with-baseline.mjs <bundle of the source> <report file>
 */
import { createReadStream, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const [bundle, path] = process.argv.slice(2);
const herald = await import(bundle);

function timed(work) {
  const started = performance.now();
  const result = work();
  return { result, milliseconds: performance.now() - started };
}

const started = performance.now();
const { report } = await herald.readReport(
  { path, sizeBytes: statSync(path).size, chunks: createReadStream(path) },
  { resolvePath: null, mask: herald.createTextMask([]) },
);
const parsing = performance.now() - started;

const context = {
  server: { url: 'https://gitlab.example.com', apiUrl: 'https://gitlab.example.com/api/v4', version: null },
  project: {
    id: 1,
    path: 'a/b',
    url: 'https://gitlab.example.com/a/b',
    defaultBranch: 'main',
    directory: '/',
  },
  pipeline: {
    id: 1,
    url: 'https://gitlab.example.com/a/b/-/pipelines/1',
    type: 'branch',
    source: 'push',
    createdAt: null,
  },
  job: { id: 1, name: 'herald', url: 'https://gitlab.example.com/a/b/-/jobs/1' },
  lock: null,
  commit: { sha: 'a'.repeat(40), branch: 'main', tag: null },
  mergeRequest: null,
  openMergeRequests: [],
  runsInFork: false,
};
const nothing = { tests: null, coverage: null, findings: null, metrics: null };
const summary = {
  ...nothing,
  [report.kind]: report,
  context,
  mergeRequest: null,
  pipeline: null,
  gates: [],
  warnings: [],
};

/** A merge request that changes every tenth file in its first fifty lines. */
const diff = {
  files: (report.kind === 'coverage' ? report.files : [])
    .filter((_file, index) => index % 10 === 0)
    .map(({ path: file }) => ({
      oldPath: file,
      newPath: file,
      change: 'modified',
      hunks: [{ oldStart: 0, newStart: 1, lines: '+'.repeat(50) }],
      complete: true,
    })),
  complete: true,
};

const writing = timed(() => JSON.stringify(herald.heraldReportOf(summary, new Date(), null)));
const reading = timed(() => herald.parseHeraldReport(writing.result));
const earlier = reading.result;
const origin = { relation: 'exact' };
const comparing = timed(() =>
  herald.compareRuns({ ...nothing, [report.kind]: report, pipeline: null, diff }, { earlier, origin }),
);

console.log(
  JSON.stringify({
    kind: report.kind,
    parsing: Math.round(parsing),
    writing: Math.round(writing.milliseconds),
    reading: Math.round(reading.milliseconds),
    comparing: Math.round(comparing.milliseconds),
    kept: writing.result.length,
    gzip: gzipSync(writing.result).length,
    changed: comparing.result.patch?.lines.total ?? 0,
  }),
);
