/**
 * What a bot carries whose events start pipelines (`herald serve --deliver pipeline`, or webhooks that start them), by
 * simulation: `node bench/pipeline-mode.mjs`. Each event is one job; jobs of one queue (`resource_group`) run one after
 * another, oldest first, on as many runners as there are. docs/guides/receiver.md has its numbers.
 */
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

/** A small generator with a seed: every run gives the same numbers. Source: https://github.com/bryc/code (mulberry32) */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * @typedef {object} Load
 * @property {number} eventsPerHour arriving at random moments (Poisson)
 * @property {number} projects the busiest has twice the events of the second, and so on (Zipf)
 * @property {number} hours
 * @property {number} queues how many resource groups the projects are spread over
 * @property {number} runners how many jobs run at once
 * @property {number} prepareSeconds until the script of a job begins
 * @property {number} workSeconds of the script itself
 * @property {number} [seed]
 */

/**
 * @param {Load} load
 * @returns seconds from the event to the end of its job, and how many minutes have more than 25 events, which is how
 * many pipelines GitLab.com creates in a minute for one user and commit
 */
export function simulate(load) {
  const { eventsPerHour, projects, hours, queues, runners, prepareSeconds, workSeconds, seed = 1 } = load;
  const random = randomFrom(seed);
  const weights = Array.from({ length: projects }, (_, at) => 1 / (at + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sums = [];
  let sum = 0;
  for (const weight of weights) sums.push((sum += weight / total));
  /** @type {number[]} */
  const queueFree = new Array(queues).fill(0);
  /** @type {number[]} */
  const runnerFree = new Array(runners).fill(0);
  const waits = [];
  const perMinute = new Map();
  const end = hours * 3_600;
  let now = 0;
  for (;;) {
    now += (-Math.log(1 - random()) * 3_600) / eventsPerHour;
    if (now >= end) break;
    const drawn = random();
    const project = sums.findIndex((upTo) => drawn <= upTo);
    const queue = Math.max(0, project) % queues;
    const minute = Math.floor(now / 60);
    perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1);
    // The runner that is free first; a job that waits for its queue holds none.
    let runner = 0;
    for (let at = 1; at < runners; at += 1) if (runnerFree[at] < runnerFree[runner]) runner = at;
    const begin = Math.max(now, queueFree[queue], runnerFree[runner]);
    const done = begin + prepareSeconds + workSeconds;
    queueFree[queue] = done;
    runnerFree[runner] = done;
    waits.push(done - now);
  }
  waits.sort((a, b) => a - b);
  const at = (share) => Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]);
  const mean = waits.reduce((all, one) => all + one, 0) / waits.length;
  const fullMinutes = [...perMinute.values()].filter((count) => count > 25).length;
  return { events: waits.length, p50: at(0.5), p95: at(0.95), mean, fullMinutes };
}

/** Rows of the guide: an hour of warming up does not matter over eight. */
export function table() {
  const load = { projects: 300, hours: 8, runners: 8, prepareSeconds: 12, workSeconds: 3 };
  return [
    [100, 1],
    [200, 1],
    [300, 1],
    [1_000, 1],
    [1_000, 8],
    [1_000, 20],
  ].map(([eventsPerHour, queues]) => ({
    eventsPerHour,
    queues,
    ...simulate({ ...load, eventsPerHour, queues }),
  }));
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href)
  for (const { eventsPerHour, queues, p50, p95, fullMinutes } of table())
    process.stdout.write(
      `${eventsPerHour} events an hour, ${queues} queue(s): p50 ${p50} s, p95 ${p95} s, ${fullMinutes} minutes of 480 over 25 events\n`,
    );
