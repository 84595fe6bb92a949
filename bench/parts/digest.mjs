/** What a digest costs: the first one, and the next ones, of a usual project and of a large one. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { aFolder, loadEmbedded } from '../embedded.mjs';
import { runNode } from '../measure.mjs';
import { bench, herald } from '../paths.mjs';

const later = pathToFileURL(join(bench, 'later.mjs')).href;
const day = 86_400_000;
const token = 'bot-token';
const projectId = 42;

/** A project with two periods of history until now, and a function that adds the next days. */
function aProject({ emptyState, addMadeUpHistory, madeUpPeople }, month) {
  const state = emptyState();
  state.users.push({ id: 7, username: 'herald-bot' }, ...madeUpPeople);
  state.tokens.push({ value: token, kind: 'personal', userId: 7 });
  state.projects.push({ id: projectId, path_with_namespace: 'shop/till', default_branch: 'main' });
  const now = Date.now();
  const add = (from, days, seed) => {
    const share = (count) => Math.max(1, Math.round((count * days) / 30));
    const { mergeRequests, scheduled, issues } = month;
    addMadeUpHistory(state, {
      ...month,
      mergeRequests: share(mergeRequests),
      scheduled: share(scheduled),
      issues: share(issues),
      seed,
      projectId,
      from,
      until: from + days * day,
    });
  };
  add(now - 60 * day, 30, 1);
  add(now - 30 * day, 30, 2);
  return { state, addWeek: () => add(now, 7, 3), addMonth: () => add(now + 7 * day, 30, 4) };
}

/** The digest of the last 30 days, and those of a week and a month later, which go on from what was read before. */
async function measure(month) {
  const embedded = await loadEmbedded();
  const { state, addWeek, addMonth } = aProject(embedded, month);
  const pipelines = state.pipelines.length;
  const jobs = state.pipelines.reduce((sum, pipeline) => sum + pipeline.jobs.length, 0);
  const gitlab = await embedded.startEmbeddedGitLab({ state });
  const folder = aFolder();
  const run = async (shift) => {
    const before = gitlab.requests.length;
    const args = ['digest', '--server', gitlab.url, '--project', 'shop/till', '--period', '30d'];
    const env = { HERALD_TOKEN: token, HERALD_BENCH_LATER: String(shift) };
    const result = await runNode(['--import', later, herald, ...args], { cwd: folder, env });
    if (result.code !== 0)
      throw new Error(`herald digest ended with ${result.code}: ${result.stderr.slice(-2000)}`);
    return { ...result, requests: gitlab.requests.length - before };
  };
  const first = await run(0);
  addWeek();
  const next = await run(7 * day);
  addMonth();
  const monthLater = await run(37 * day);
  await gitlab.stop();
  rmSync(folder, { recursive: true, force: true });
  return { first, next, month: monthLater, pipelines, jobs };
}

function rowOf(name, { requests, milliseconds, peakMegabytes }) {
  return [name, String(requests), `${(milliseconds / 1_000).toFixed(1)} s`, `${peakMegabytes.toFixed(0)} MB`];
}

export async function benchDigest() {
  const { monthOfProject } = await loadEmbedded();
  const usual = await measure(monthOfProject);
  const large = await measure({ mergeRequests: 970, pipelinesEach: 9, scheduled: 432, jobs: 3, issues: 300 });
  const size = ({ pipelines, jobs }) =>
    `${pipelines.toLocaleString('en')} pipelines and ${jobs.toLocaleString('en')} jobs`;
  return {
    figures: {
      'digest.requests': usual.first.requests,
      'digest.requests-next': usual.next.requests,
      'digest.requests-month': usual.month.requests,
      'digest.large-requests': large.first.requests,
      'digest.large-requests-next': large.next.requests,
      'digest.large-time': large.first.milliseconds / 1_000,
      'digest.large-time-next': large.next.milliseconds / 1_000,
      'digest.large-peak': large.first.peakMegabytes,
      'digest.large-peak-next': large.next.peakMegabytes,
    },
    tables: [
      {
        title: 'A digest of 30 days and the 30 before, and the next ones a week and a month later',
        columns: ['', 'requests', 'time', 'peak memory'],
        rows: [
          rowOf(`first: ${size(usual)}`, usual.first),
          rowOf('a week later', usual.next),
          rowOf('a month after that', usual.month),
          rowOf(`first: ${size(large)}`, large.first),
          rowOf('a week later', large.next),
          rowOf('a month after that', large.month),
        ],
        notes: [],
      },
    ],
  };
}
