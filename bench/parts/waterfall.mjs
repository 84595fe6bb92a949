/** Which request of a report waits for which, against an embedded GitLab that takes 200 ms for each answer. */
import { rmSync } from 'node:fs';
import { aFolder, componentLock, failOneJob, leaveBaseline, loadEmbedded, writeFiles } from '../embedded.mjs';
import { runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';

const latencyMilliseconds = 200;
const columns = 40;

function bar(from, to, total) {
  const begin = Math.min(columns - 1, Math.floor((from / total) * columns));
  const length = Math.max(1, Math.round(((to - from) / total) * columns));
  return `${' '.repeat(begin)}${'='.repeat(length)}`.padEnd(columns);
}

/** The longest row of requests in which each begins after the one before it was answered. */
function roundsOf(calls) {
  const depths = [];
  for (const [index, { from }] of calls.entries()) {
    const before = calls.slice(0, index).map(({ to }, at) => (to <= from ? depths[at] : 0));
    depths.push(1 + Math.max(0, ...before));
  }
  return Math.max(0, ...depths);
}

/** The first push is reported, then the second, which is what is usual, and the second again, unchanged. */
async function recordRuns(env) {
  const embedded = await loadEmbedded();
  const state = embedded.stateOfDemo(new Date());
  failOneJob(state);
  const moments = [];
  const gitlab = await embedded.startEmbeddedGitLab({
    state,
    latencyMilliseconds,
    // Half of the time is spent before this, and half after.
    beforeRequest: ({ method, path }) => void moments.push([`${method} ${path}`, performance.now()]),
  });
  await leaveBaseline(embedded, gitlab);
  const half = latencyMilliseconds / 2;
  const run = async (push) => {
    const folder = aFolder();
    writeFiles(folder, embedded.demoFiles(push));
    const variables = { ...embedded.demoVariables(push, gitlab.url, folder), GITLAB_CI: 'true', ...env };
    moments.length = 0;
    const started = performance.now();
    const { milliseconds, code, stderr } = await runNode([herald, 'report'], { cwd: folder, env: variables });
    if (code !== 0) throw new Error(`herald report ended with ${code}: ${stderr.slice(-2000)}`);
    rmSync(folder, { recursive: true, force: true });
    const calls = moments
      .map(([what, middle]) => ({ what, from: middle - half - started, to: middle + half - started }))
      .sort((a, b) => a.from - b.from);
    return { calls, milliseconds };
  };
  await run('first');
  const usual = await run('second');
  const unchanged = await run('second');
  await gitlab.stop();
  return { usual, unchanged };
}

function waterfallOf({ calls, milliseconds }, title) {
  const nameOf = (what) => what.replace(/[0-9a-f]{40}/, ':sha').replaceAll(/\/\d+/g, '/:n');
  const text = calls.map(
    ({ what, from, to }) =>
      `${bar(from, to, milliseconds)} ${from.toFixed(0).padStart(5)} ms ${nameOf(what)}`,
  );
  const rounds = roundsOf(calls);
  const notes = [
    `${calls.length} requests, ${rounds} of them one after another. The process ended after ${milliseconds.toFixed(0)} ms.`,
  ];
  return { title, text, notes };
}

export async function benchWaterfall() {
  const locked = await recordRuns(componentLock);
  const unlocked = await recordRuns({});
  return {
    figures: {
      'waterfall.requests': locked.usual.calls.length,
      'waterfall.rounds': roundsOf(locked.usual.calls),
      'waterfall.requests-unchanged': locked.unchanged.calls.length,
    },
    tables: [
      waterfallOf(locked.usual, 'Requests of a usual run, 200 ms each'),
      waterfallOf(
        unlocked.usual,
        'The same without the lock of the component: the comment is read again after it was written',
      ),
    ],
  };
}
