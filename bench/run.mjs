/**
 * Prints how Herald compares with other packages, run in turn on this machine: whole processes, medians, ratios.
 * Nothing is asserted: times of one machine mean nothing on another. `npm run bench` installs the peers of
 * bench/package.json first.
 *
 *   npm run bench                everything
 *   npm run bench -- start bot junit compare report formats json traces serve
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { largeJsonNames, writeLargeJson } from './generate-json-reports.mjs';
import { generateJunit } from './generate-junit.mjs';
import { largeReports } from './generate-reports.mjs';
import { generateTrace } from './generate-trace.mjs';
import { compare, runNode } from './measure.mjs';
import { benchServe, benchServeHere } from './serve.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');
const herald = join(root, 'dist/herald.mjs');
const data = join(here, '.data');
const wanted = process.argv.slice(2);
const wants = (name) => wanted.length === 0 || wanted.includes(name);

if (!existsSync(join(here, 'node_modules'))) {
  console.log('installing the peers of bench/package.json …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('could not install the peers');
}
mkdirSync(data, { recursive: true });

function printTable(title, results, base) {
  console.log(`\n## ${title}\n`);
  console.log(`| | time | against ${base} | peak memory |`);
  console.log('|---|--:|--:|--:|');
  for (const [name, { milliseconds, peakMegabytes }] of Object.entries(results)) {
    if (Number.isNaN(milliseconds)) {
      console.log(`| ${name} | failed on this file | | |`);
      continue;
    }
    const ratio = (milliseconds / results[base].milliseconds).toFixed(2);
    console.log(`| ${name} | ${milliseconds.toFixed(0)} ms | ${ratio} | ${peakMegabytes.toFixed(0)} MB |`);
  }
}

async function benchStart() {
  const results = await compare(
    {
      'node -e 0': () => runNode(['-e', '0']),
      'herald --version': () => runNode([herald, '--version']),
      'herald --help': () => runNode([herald, '--help']),
    },
    15,
  );
  printTable('Start-up', results, 'node -e 0');
  const above = results['herald --version'].milliseconds - results['node -e 0'].milliseconds;
  console.log(`\nherald --version: ${above.toFixed(0)} ms above bare node (aim: at most 60)`);
}

async function junitFile(name, tests, outputBytes) {
  const path = join(data, name);
  if (!existsSync(path)) await generateJunit(path, tests, outputBytes);
  console.log(`\n${name}: ${tests} tests, ${(statSync(path).size / 1e6).toFixed(0)} MB`);
  return path;
}

async function benchJunit() {
  for (const [name, tests, bytes] of [
    ['junit-100k.xml', 100_000, 0],
    ['junit-1m.xml', 1_000_000, 0],
    ['junit-2m.xml', 2_000_000, 0],
    ['junit-100k-output.xml', 100_000, 2_048],
  ]) {
    const path = await junitFile(name, tests, bytes);
    const results = await compare(
      {
        'saxes, count only': () => runNode([join(here, 'peers/count-saxes.mjs'), path]),
        'herald inspect': () => runNode([herald, 'inspect', '--json', path]),
        'sax-wasm, count only': () => runNode([join(here, 'peers/count-sax-wasm.mjs'), path]),
      },
      3,
    );
    if (tests <= 1_000_000) results['junit-to-ctrf'] = await once(path);
    printTable(name, results, 'saxes, count only');
    console.log(`\nherald read: ${results['herald inspect'].last.stdout.trim().slice(0, 220)}`);
  }
}

/** What Herald compares with a baseline, beside what it takes to read the same report. */
async function benchCompare() {
  const bundle = join(data, 'compare.mjs');
  await build({
    stdin: {
      contents: [
        "export { readReport } from './src/reports/read.ts';",
        "export { heraldReportOf, parseHeraldReport } from './src/baseline/herald-report.ts';",
        "export { compareRuns } from './src/compare/compare-runs.ts';",
        "export { createTextMask } from './src/secrets/mask-text.ts';",
      ].join(''),
      resolveDir: root,
      loader: 'ts',
    },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  const lcov = join(data, largeReports.lcov.name);
  if (!existsSync(lcov)) await largeReports.lcov.generate(lcov);
  const rows = [
    ['100,000 tests', await junitFile('junit-100k.xml', 100_000, 0)],
    ['1,000,000 tests', await junitFile('junit-1m.xml', 1_000_000, 0)],
    ['2,000,000 coverage lines, 50,000 of them changed', lcov],
  ];
  console.log('\n## Compared with a baseline, within one process\n');
  console.log(
    '| | parse | write the baseline | read it | compare | read + compare : parse | baseline (gzip) | peak memory |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|');
  for (const [title, path] of rows) {
    const results = await compare(
      { [title]: () => runNode([join(here, 'compare-with-baseline.mjs'), pathToFileURL(bundle).href, path]) },
      3,
    );
    const { last, peakMegabytes } = results[title];
    const { parsing, writing, reading, comparing, kept, gzip } = JSON.parse(last.stdout);
    const ratio = ((reading + comparing) / parsing).toFixed(2);
    const size = `${(kept / 1e6).toFixed(2)} MB (${(gzip / 1e6).toFixed(2)} MB)`;
    console.log(
      `| ${title} | ${parsing} ms | ${writing} ms | ${reading} ms | ${comparing} ms | ${ratio} | ${size} | ${peakMegabytes.toFixed(0)} MB |`,
    );
  }
}

/** One run: it takes up to a minute and gigabytes. */
async function once(path) {
  const output = join(data, 'ctrf.json');
  const result = await runNode([
    '--max-old-space-size=8192',
    join(here, 'node_modules/junit-to-ctrf/dist/cli.js'),
    path,
    '-o',
    output,
  ]);
  rmSync(output, { force: true });
  return result;
}

/** The embedded GitLab of the tests and the demo's story, with what danger asks for beyond what Herald does. */
async function loadEmbedded() {
  const outfile = join(data, 'embedded.mjs');
  await build({
    stdin: {
      contents: [
        "export * from './test/support/gitlab/embedded-gitlab.ts';",
        "export * from './test/support/gitlab/state/of-demo.ts';",
        "export * from './src/demo/scenario.ts';",
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

const dangerRoutes = [
  {
    method: 'GET',
    pattern: /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/(diffs|commits|approvals|changes|versions)$/,
    answer: (_request, parts) => ({
      status: 200,
      body: parts[2] === 'approvals' ? { approved_by: [] } : parts[2] === 'changes' ? { changes: [] } : [],
    }),
  },
  {
    method: 'GET',
    pattern: /^\/projects\/([^/]+)\/merge_requests\/(\d+)\/discussions$/,
    answer: () => ({ status: 200, body: [] }),
  },
  {
    method: 'GET',
    pattern: /^\/projects\/([^/]+)\/repository\/compare$/,
    answer: () => ({ status: 200, body: { diffs: [], commits: [] } }),
  },
];

const dangerfile = `import { fail, markdown } from 'danger';
import { readFileSync } from 'node:fs';
const text = readFileSync(process.env.BENCH_JUNIT, 'utf8');
const tests = text.match(/<testcase\\b/g)?.length ?? 0;
const failures = text.match(/<failure\\b/g)?.length ?? 0;
if (failures > 0) fail(failures + ' of ' + tests + ' tests fail');
markdown('Tests: ' + tests);
`;

function writeFiles(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** The run of the target branch leaves its report, with which the others compare. */
async function leaveBaseline(embedded, gitlab) {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
  writeFiles(folder, embedded.demoFiles('baseline'));
  const env = { ...embedded.demoVariables('baseline', gitlab.url, folder), GITLAB_CI: 'true' };
  await runNode([herald, 'report'], { cwd: folder, env });
  const content = readFileSync(join(folder, 'herald-report.json'), 'utf8');
  embedded.storeArtifact(gitlab.state, 'baseline', { path: 'herald-report.json', content });
  rmSync(folder, { recursive: true, force: true });
}

/** The resource group in which the component runs its job: Herald has to look after nothing that it wrote. */
const componentLock = { HERALD_LOCK: 'herald/vouchers/report' };

/** The usual run: the comment and the baseline exist, tests newly fail in two jobs. */
async function benchReport() {
  const embedded = await loadEmbedded();
  writeFileSync(join(here, 'dangerfile.js'), dangerfile);
  for (const [title, latencyMilliseconds, notes, lock] of [
    ['whole run, no latency', 0, 0, componentLock],
    ['whole run, 200 ms per request', 200, 0, componentLock],
    ['whole run without the lock of the component, no latency', 0, 0, {}],
    ['whole run without the lock of the component, 200 ms per request', 200, 0, {}],
    ['whole run, no latency, 500 notes on the merge request', 0, 500, componentLock],
    ['whole run, 200 ms per request, 500 notes', 200, 500, componentLock],
  ]) {
    const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
    const state = embedded.stateOfDemo(new Date());
    const [mr] = state.mergeRequests;
    for (let id = 200; id < 200 + notes; id += 1) mr.notes.push({ ...mr.notes[0], id });
    const gitlab = await embedded.startEmbeddedGitLab({ state, latencyMilliseconds, routes: dangerRoutes });
    await leaveBaseline(embedded, gitlab);
    writeFiles(folder, embedded.demoFiles('second'));
    const variables = {
      ...embedded.demoVariables('second', gitlab.url, folder),
      GITLAB_CI: 'true',
      ...lock,
    };
    const counts = {};
    const counted = (name, run) => async () => {
      const before = gitlab.requests.length;
      const result = await run();
      counts[name] = gitlab.requests.length - before;
      return result;
    };
    let run = 0;
    const results = await compare(
      {
        // Another title each time: the comment exists and changes, as it usually does.
        'herald report': counted('herald report', () => {
          run += 1;
          return runNode([herald, 'report'], {
            cwd: folder,
            env: { ...variables, HERALD_TITLE: `Run ${run}` },
          });
        }),
        danger: counted('danger', () =>
          runNode(
            [
              join(here, 'node_modules/danger/distribution/commands/danger-ci.js'),
              '--dangerfile',
              'dangerfile.js',
            ],
            {
              cwd: here,
              env: {
                ...variables,
                CI_COMMIT_SHA: variables.CI_COMMIT_SHA,
                DANGER_GITLAB_API_TOKEN: variables.HERALD_TOKEN,
                DANGER_GITLAB_HOST: gitlab.url,
                BENCH_JUNIT: join(folder, 'api/junit.xml'),
              },
            },
          ),
        ),
      },
      3,
    );
    printTable(title, results, 'danger');
    console.log(
      `\nrequests of the last run: ${Object.entries(counts)
        .map(([name, count]) => `${name} ${count}`)
        .join(', ')}`,
    );
    await gitlab.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  rmSync(join(here, 'dangerfile.js'), { force: true });
}

/** JSON formats, each with 100,000 findings or tests. */
async function benchLargeJson() {
  const aimMegabytes = 200;
  console.log(`\n## Large JSON: 100,000 findings or tests, at most ${aimMegabytes} MB\n`);
  console.log('| | size | time | peak memory | |');
  console.log('|---|--:|--:|--:|---|');
  for (const name of largeJsonNames) {
    const path = join(data, `${name}.json`);
    if (!existsSync(path)) await writeLargeJson(name, path);
    const results = await compare(
      { 'herald inspect': () => runNode([herald, 'inspect', '--json', path]) },
      3,
    );
    const { milliseconds, peakMegabytes } = results['herald inspect'];
    const size = (statSync(path).size / 1e6).toFixed(0);
    const isKept = peakMegabytes <= aimMegabytes ? '' : 'too much';
    console.log(
      `| ${name} | ${size} MB | ${(milliseconds / 1_000).toFixed(2)} s | ${peakMegabytes.toFixed(0)} MB | ${isKept} |`,
    );
  }
}

async function benchFormats() {
  for (const [format, { name, peer, generate }] of Object.entries(largeReports)) {
    const path = join(data, name);
    if (!existsSync(path)) await generate(path);
    console.log(`\n${name}: ${(statSync(path).size / 1e6).toFixed(1)} MB`);
    const results = await compare(
      {
        [peer]: () => runNode(['--max-old-space-size=8192', join(here, 'peers/parse.mjs'), format, path]),
        'herald inspect': () => runNode([herald, 'inspect', '--json', path]),
      },
      3,
    );
    printTable(format, results, peer);
    console.log(`\nherald read: ${results['herald inspect'].last.stdout.trim().slice(0, 200)}`);
  }
}

/** Whole runs in which one job failed, by the size of its log. */
async function benchTraces() {
  const embedded = await loadEmbedded();
  const commands = {};
  const stops = [];
  for (const megabytes of [0.1, 10, 100]) {
    const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
    const state = embedded.stateOfDemo(new Date());
    for (const { jobs } of state.pipelines)
      for (const [index, job] of jobs.entries())
        if (job.status === 'failed')
          jobs[index] =
            job.name === 'test api'
              ? { ...job, trace: generateTrace(megabytes * 1e6) }
              : { ...job, status: 'success' };
    const gitlab = await embedded.startEmbeddedGitLab({ state });
    const env = { ...embedded.demoVariables('second', gitlab.url, folder), GITLAB_CI: 'true' };
    commands[`herald report, log of ${megabytes} MB`] = () =>
      runNode([herald, 'report'], { cwd: folder, env });
    stops.push(async () => {
      await gitlab.stop();
      rmSync(folder, { recursive: true, force: true });
    });
  }
  printTable('Log of a failed job', await compare(commands, 3), 'herald report, log of 0.1 MB');
  for (const stop of stops) await stop();
}

const noteEvent = {
  object_kind: 'note',
  user: { id: 11, username: 'ada' },
  project_id: 42,
  project: { id: 42 },
  object_attributes: {
    id: 1,
    action: 'create',
    note: '/herald help',
    noteable_type: 'MergeRequest',
    discussion_id: 'abc',
    system: false,
  },
  merge_request: { iid: 7 },
};

const mergeRequestEvent = {
  object_kind: 'merge_request',
  user: { id: 11, username: 'ada' },
  project: { id: 42 },
  object_attributes: { id: 1, iid: 7, action: 'open', target_project_id: 42 },
};

/**
 * From the start of the process of `herald bot` to its first request, and what an event costs that no rule is about.
 */
async function benchBot() {
  const embedded = await loadEmbedded();
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-'));
  const payload = join(folder, 'payload.json');
  let first = null;
  const gitlab = await embedded.startEmbeddedGitLab({
    state: embedded.stateOfDemo(new Date()),
    beforeRequest: () => {
      first ??= process.hrtime.bigint();
    },
  });
  const env = {
    ...embedded.demoVariables('second', gitlab.url, folder),
    GITLAB_CI: 'true',
    CI_PIPELINE_SOURCE: 'trigger',
    TRIGGER_PAYLOAD: payload,
  };
  const run = async () => {
    first = null;
    const started = process.hrtime.bigint();
    const result = await runNode([herald, 'bot'], { cwd: folder, env });
    return { ...result, milliseconds: Number((first ?? started) - started) / 1e6 };
  };
  writeFileSync(payload, JSON.stringify(noteEvent));
  const results = await compare(
    { 'node -e 0': () => runNode(['-e', '0']), 'herald bot, to its first request': run },
    15,
  );
  printTable('Bot, a comment', results, 'node -e 0');
  const above = results['herald bot, to its first request'].milliseconds - results['node -e 0'].milliseconds;
  console.log(`\nfirst request: ${above.toFixed(0)} ms above bare node (aim: at most 100)`);
  writeFileSync(payload, JSON.stringify(mergeRequestEvent));
  const before = gitlab.requests.length;
  await run();
  const asked = gitlab.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  console.log(
    `an event that no rule is about: ${asked.length} requests (aim: at most 4): ${asked.join(', ')}`,
  );
  await gitlab.stop();
  rmSync(folder, { recursive: true, force: true });
}

console.log(`# Bench: node ${process.version}, medians of whole processes run in turn`);
if (wants('start')) await benchStart();
if (wants('bot')) await benchBot();
if (wants('junit')) await benchJunit();
if (wants('compare')) await benchCompare();
if (wants('report')) await benchReport();
if (wants('formats')) await benchFormats();
if (wants('json')) await benchLargeJson();
if (wants('traces')) await benchTraces();
if (wants('serve')) {
  await benchServe();
  await benchServeHere(await loadEmbedded(), herald);
}
