/**
 * What a bot carries whose events start pipelines (`herald serve --deliver pipeline`, or webhooks that start them), by
 * simulation: `node bench/pipeline-mode.mjs`. Each event is one pipeline with one job. docs/guides/receiver.md and
 * docs/guides/bot.md have its numbers.
 *
 * The model, moment by moment:
 * - Events come at random moments (Poisson). The busiest project has twice the events of the second, and so on (Zipf).
 * - GitLab creates so many pipelines in a minute of the clock, and refuses more. A receiver waits a minute, as Herald
 *   does where GitLab does not say how long, and keeps the order. An event of a webhook is lost until the next sweep.
 * - A pipeline needs a moment until its job can be queued. The jobs of one queue (`resource_group`, oldest first) run
 *   one after another; GitLab needs a moment to hand the queue over.
 * - The job at the head of a queue waits for a runner, first come, first served. On the runner it needs a while until
 *   its script begins: the machine or pod, and the image.
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

/** What happens next, soonest first: a heap of [moment, number of the entry, callback]. */
function createAgenda() {
  const heap = [];
  let count = 0;
  const isBefore = (a, b) => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
  const swap = (a, b) => ([heap[a], heap[b]] = [heap[b], heap[a]]);
  return {
    at(moment, callback) {
      heap.push([moment, (count += 1), callback]);
      let child = heap.length - 1;
      for (;;) {
        const parent = (child - 1) >> 1;
        if (child === 0 || !isBefore(heap[child], heap[parent])) return;
        swap(child, parent);
        child = parent;
      }
    },
    next() {
      const [first] = heap;
      const last = heap.pop();
      if (heap.length > 0 && last !== undefined) {
        heap[0] = last;
        let parent = 0;
        for (;;) {
          const [left, right] = [2 * parent + 1, 2 * parent + 2];
          let least = parent;
          if (left < heap.length && isBefore(heap[left], heap[least])) least = left;
          if (right < heap.length && isBefore(heap[right], heap[least])) least = right;
          if (least === parent) break;
          swap(parent, least);
          parent = least;
        }
      }
      return first;
    },
  };
}

/**
 * @typedef {object} Load
 * @property {number} eventsPerHour
 * @property {number} projects
 * @property {number} objectsPerProject merge requests and issues that people work on at a time
 * @property {number} hours
 * @property {'receiver' | 'webhooks'} way who starts the pipelines, and so whether a refused one is tried again
 * @property {number | 'projects'} queues of a receiver, by object; one for each project with webhooks
 * @property {number} runners how many jobs run at once
 * @property {number} pipelinesPerMinute that GitLab creates; more are refused
 * @property {number} createSeconds from the event to the queue
 * @property {number} handOverSeconds from the end of a job to the next of its queue
 * @property {readonly [number, number]} prepareSeconds until the script of a job begins: anything between
 * @property {number} workSeconds of the script, on average; some take several times as long (exponential)
 * @property {number} [seed]
 */

function pickerOf({ projects, objectsPerProject }, random) {
  const weights = Array.from({ length: projects }, (_, at) => 1 / (at + 1));
  const total = weights.reduce((all, one) => all + one, 0);
  let sum = 0;
  const sums = weights.map((one) => (sum += one / total));
  return () => {
    const drawn = random();
    const project = Math.max(
      0,
      sums.findIndex((upTo) => drawn <= upTo),
    );
    return { project, object: project * objectsPerProject + Math.floor(random() * objectsPerProject) };
  };
}

/**
 * @param {Load} load
 * @returns seconds from the event to the end of its job (half of the events, 95 % of them), the share that was refused
 * at first, and how busy the busiest queue and the runners were
 */
export function simulate(load) {
  const { eventsPerHour, hours, way, queues, runners, pipelinesPerMinute, seed = 1 } = load;
  const { createSeconds, handOverSeconds, prepareSeconds, workSeconds } = load;
  const random = randomFrom(seed);
  const pick = pickerOf(load, random);
  const agenda = createAgenda();
  const end = hours * 3_600;
  const exponential = (mean) => -Math.log(1 - random()) * mean;

  const waits = [];
  let [events, refused, lost, freeRunners, runnerSeconds] = [0, 0, 0, runners, 0];
  const queueSeconds = new Map();
  /** Jobs that have their queue and wait for a runner. */
  const pending = [];
  /** @type {Map<number, { waiting: object[], isTaken: boolean }>} */
  const lines = new Map();
  const lineOf = (queue) => {
    const line = lines.get(queue) ?? { waiting: [], isTaken: false };
    lines.set(queue, line);
    return line;
  };

  function giveRunners(now) {
    while (freeRunners > 0 && pending.length > 0) {
      const job = pending.shift();
      freeRunners -= 1;
      const [least, most] = prepareSeconds;
      const seconds = least + random() * (most - least) + exponential(workSeconds);
      runnerSeconds += seconds;
      agenda.at(now + seconds, (done) => {
        freeRunners += 1;
        waits.push(done - job.cameAt);
        queueSeconds.set(job.queue, (queueSeconds.get(job.queue) ?? 0) + done - job.headAt + handOverSeconds);
        agenda.at(done + handOverSeconds, (free) => {
          lineOf(job.queue).isTaken = false;
          giveQueue(job.queue, free);
        });
        giveRunners(done);
      });
    }
  }

  function giveQueue(queue, now) {
    const line = lineOf(queue);
    if (line.isTaken || line.waiting.length === 0) return;
    line.isTaken = true;
    pending.push({ ...line.waiting.shift(), headAt: now });
    giveRunners(now);
  }

  let [minute, inMinute, pausedUntil] = [-1, 0, 0];
  /** Events that a receiver keeps while GitLab refuses pipelines. */
  const kept = [];
  function mayCreate(now) {
    if (Math.floor(now / 60) !== minute) [minute, inMinute] = [Math.floor(now / 60), 0];
    inMinute += 1;
    return inMinute <= pipelinesPerMinute;
  }
  function create(event, now) {
    agenda.at(now + createSeconds, (queued) => {
      lineOf(event.queue).waiting.push(event);
      giveQueue(event.queue, queued);
    });
  }
  function send(now) {
    while (kept.length > 0 && now >= pausedUntil) {
      if (mayCreate(now)) create(kept.shift(), now);
      else {
        refused += 1;
        pausedUntil = now + 60;
        agenda.at(pausedUntil, send);
      }
    }
  }
  function arrive(now) {
    if (now >= end) return;
    events += 1;
    const { project, object } = pick();
    // A multiplication spreads the numbers of objects as a hash does.
    const hash = Math.imul(object + 1, 0x9e3779b1) >>> 8;
    const event = { cameAt: now, queue: queues === 'projects' ? project : hash % queues };
    if (way === 'receiver') {
      kept.push(event);
      send(now);
    } else if (mayCreate(now)) create(event, now);
    else lost += 1;
    agenda.at(now + exponential(3_600 / eventsPerHour), arrive);
  }
  agenda.at(exponential(3_600 / eventsPerHour), arrive);
  let last = 0;
  for (let entry = agenda.next(); entry !== undefined; entry = agenda.next()) {
    [last] = entry;
    entry[2](last);
  }
  waits.sort((a, b) => a - b);
  const at = (share) => Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0);
  return {
    events,
    done: waits.length,
    p50: at(0.5),
    p95: at(0.95),
    mean: waits.reduce((all, one) => all + one, 0) / waits.length,
    refused,
    lost,
    /** 1 is all of the time. */
    busiestQueue: Math.max(...queueSeconds.values()) / last,
    busyRunners: runnerSeconds / (runners * last),
    /** Minutes after the last event until the last job is over: what had piled up. */
    behind: Math.round((last - end) / 60),
  };
}

/** A normal day: eight busy hours of 300 projects, on a GitLab of one's own with eight runners. */
const day = {
  projects: 300,
  objectsPerProject: 10,
  hours: 8,
  runners: 8,
  pipelinesPerMinute: Infinity,
  createSeconds: 2,
  handOverSeconds: 2,
  prepareSeconds: [8, 16],
  workSeconds: 3,
};

/** GitLab.com creates 25 pipelines a minute for one user and commit, and has runners enough. */
const gitlabCom = { ...day, pipelinesPerMinute: 25, runners: 100 };

/** Rows of the guides. */
export function table() {
  const rows = [];
  for (const [way, queues] of [
    ['receiver', 20],
    ['webhooks', 'projects'],
    ['receiver', 1],
  ])
    for (const eventsPerHour of [100, 200, 1_000, 1_500, 2_000])
      for (const [where, load] of [
        ['own', day],
        ['gitlab.com', gitlabCom],
      ])
        rows.push({
          where,
          way,
          queues,
          eventsPerHour,
          ...simulate({ ...load, way, queues, eventsPerHour }),
        });
  return rows;
}

/** What was full first: it is what to have more of. */
function limitOf({ busiestQueue, busyRunners, refused, lost, events }) {
  const shares = {
    'the busiest queue': busiestQueue,
    'the runners': busyRunners,
    'refused pipelines': Math.min(1, (10 * (refused + lost)) / events),
  };
  return Object.entries(shares).sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href)
  for (const row of table()) {
    const { where, way, queues, eventsPerHour, p50, p95, refused, lost, behind } = row;
    const percent = (share) => `${Math.round(100 * share)} %`;
    process.stdout.write(
      `${where}, ${way}, queues: ${queues}, ${eventsPerHour} events an hour: p50 ${p50} s, p95 ${p95} s, ` +
        `${behind} min behind at the end, refused ${refused}, left to the sweep ${lost} of ${row.events}; ` +
        `busiest queue ${percent(row.busiestQueue)}, runners ${percent(row.busyRunners)}, first full: ${limitOf(row)}\n`,
    );
  }
