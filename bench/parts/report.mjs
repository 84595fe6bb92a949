/** The usual run beside danger's: the comment and the baseline exist, tests newly fail in two jobs. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aFolder,
  componentLock,
  dangerRoutes,
  leaveBaseline,
  loadEmbedded,
  writeFiles,
} from '../embedded.mjs';
import { compare, comparisonTable, ratio, runNode } from '../measure.mjs';
import { bench, herald } from '../paths.mjs';

const dangerfile = `import { fail, markdown } from 'danger';
import { readFileSync } from 'node:fs';
const text = readFileSync(process.env.BENCH_JUNIT, 'utf8');
const tests = text.match(/<testcase\\b/g)?.length ?? 0;
const failures = text.match(/<failure\\b/g)?.length ?? 0;
if (failures > 0) fail(failures + ' of ' + tests + ' tests fail');
markdown('Tests: ' + tests);
`;

const situations = [
  { id: 'report.time', title: 'A whole report', latency: 0, notes: 0, lock: componentLock },
  {
    id: 'report.time-200',
    title: 'A whole report, 200 ms per request',
    latency: 200,
    notes: 0,
    lock: componentLock,
  },
  {
    id: 'report.time-200-unlocked',
    title: 'A whole report, 200 ms per request, without the lock of the component',
    latency: 200,
    notes: 0,
    lock: {},
  },
  {
    id: 'report.time-200-notes',
    title: 'A whole report, 200 ms per request, 500 notes',
    latency: 200,
    notes: 500,
    lock: componentLock,
  },
];

async function measure({ id, title, latency, notes, lock }) {
  const embedded = await loadEmbedded();
  const folder = aFolder();
  const state = embedded.stateOfDemo(new Date());
  const [mr] = state.mergeRequests;
  for (let id = 200; id < 200 + notes; id += 1) mr.notes.push({ ...mr.notes[0], id });
  const gitlab = await embedded.startEmbeddedGitLab({
    state,
    latencyMilliseconds: latency,
    routes: dangerRoutes,
  });
  await leaveBaseline(embedded, gitlab);
  writeFiles(folder, embedded.demoFiles('second'));
  const variables = { ...embedded.demoVariables('second', gitlab.url, folder), GITLAB_CI: 'true', ...lock };
  const counts = {};
  const counted = (name, run) => async () => {
    const before = gitlab.requests.length;
    const result = await run();
    counts[name] = gitlab.requests.length - before;
    return result;
  };
  let run = 0;
  const danger = [
    join(bench, 'node_modules/danger/distribution/commands/danger-ci.js'),
    '--dangerfile',
    'dangerfile.js',
  ];
  const ofDanger = {
    ...variables,
    DANGER_GITLAB_API_TOKEN: variables.HERALD_TOKEN,
    DANGER_GITLAB_HOST: gitlab.url,
    BENCH_JUNIT: join(folder, 'api/junit.xml'),
  };
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
      danger: counted('danger', () => runNode(danger, { cwd: bench, env: ofDanger })),
    },
    5,
  );
  await gitlab.stop();
  rmSync(folder, { recursive: true, force: true });
  const asked = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  const note = `Requests of the last run: ${asked.join(', ')}.`;
  return {
    figure: [id, ratio(results, 'herald report', 'danger')],
    table: comparisonTable(title, results, 'danger', [note]),
  };
}

export async function benchReport() {
  writeFileSync(join(bench, 'dangerfile.js'), dangerfile);
  const all = [];
  for (const situation of situations) all.push(await measure(situation));
  rmSync(join(bench, 'dangerfile.js'), { force: true });
  return {
    figures: Object.fromEntries(all.map(({ figure }) => figure)),
    tables: all.map(({ table }) => table),
  };
}
