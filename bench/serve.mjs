/** What a receiver carries: deliveries a second, time to the answer, memory, and events handled on this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { Agent, request } from 'node:http';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const secret = 'a master secret of more than 32 characters';
/** Each with a webhook of its own. */
const projects = 10_000;
const agent = new Agent({ keepAlive: true, maxSockets: 50 });

/** Bundles a TypeScript module into a file that Node runs. */
async function bundled(contents, outfile) {
  await build({
    stdin: { contents, resolveDir: here, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    alias: { '@gitbeaker/rest': '@gitbeaker/core' },
    logLevel: 'error',
  });
  return outfile;
}

function deliver(address, token, number, payload) {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const body = JSON.stringify(payload);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-gitlab-token': token,
      'idempotency-key': `delivery-${number}`,
    };
    const sent = request(address, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        resolve({ status: answer.statusCode, milliseconds: performance.now() - begin }),
      );
    });
    // A connection that was idle may be closed at the moment in which it is used again.
    sent.once('error', (error) => {
      if (sent.reusedSocket) resolve(deliver(address, token, number, payload));
      else reject(error);
    });
    sent.end(body);
  });
}

const text = 'What a merge request says of itself, a few sentences long. '.repeat(40);

function payloadOf(number, project = 42) {
  return {
    object_kind: 'merge_request',
    user: { id: 11 },
    project: { id: project, path_with_namespace: `shop/till-${project}` },
    object_attributes: {
      id: number,
      iid: (number % 1_000) + 1,
      action: 'update',
      description: text,
      target_project_id: project,
    },
    changes: { labels: { previous: [], current: [{ title: `l${number}` }] } },
  };
}

const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function figures(results) {
  const times = results.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const wrong = results.filter(({ status }) => status !== 200).length;
  return `p50 ${at(times, 0.5).toFixed(1)} ms, p99 ${at(times, 0.99).toFixed(1)} ms, slowest ${at(times, 1).toFixed(1)} ms, ${wrong} refused`;
}

/** So many deliveries a second for so long, whatever the answers take. */
async function steadily(rate, seconds, send) {
  const begin = performance.now();
  const all = [];
  for (let number = 0; number < rate * seconds; number += 1) {
    const wait = begin + (number * 1_000) / rate - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    all.push(send());
  }
  return Promise.all(all);
}

/** A full spool is waited for: what is measured is what the receiver carries for long. */
async function asFastAsItGoes(count, atOnce, send) {
  const results = [];
  let left = count;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      let result = await send();
      while (result.status === 503) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        result = await send();
      }
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function memoryOf(child) {
  child.send('memory');
  const [{ rss, heapUsed }] = await once(child, 'message');
  return `${(rss / 1e6).toFixed(0)} MB (heap ${(heapUsed / 1e6).toFixed(0)} MB)`;
}

/** What the disk needs for one event alone: write, sync, rename, sync of the folder. */
function diskCost(folder) {
  const times = [];
  for (let at = 0; at < 300; at += 1) {
    const begin = performance.now();
    const [name, last] = [join(folder, 'one'), join(folder, `event-${at}`)];
    const file = openSync(name, 'w');
    writeSync(file, Buffer.alloc(2_600));
    fdatasyncSync(file);
    closeSync(file);
    renameSync(name, last);
    const opened = openSync(folder, 'r');
    fsyncSync(opened);
    closeSync(opened);
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return `p50 ${at(times, 0.5).toFixed(1)} ms, p99 ${at(times, 0.99).toFixed(1)} ms`;
}

async function startServer(script, folder, more = {}) {
  const child = spawn(process.execPath, ['--expose-gc', script], {
    env: { PATH: process.env.PATH, SPOOL: join(folder, 'spool'), SECRET: secret, ...more },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [port] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, address: `http://127.0.0.1:${port}/hooks/gitlab?project=` };
}

async function stopServer({ child }) {
  child.kill('SIGKILL');
  await once(child, 'close');
}

/** `DELIVERIES` is how many the memory is looked at over: 100,000. */
export async function benchServe() {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-serve-'));
  const secrets = await bundled(
    "export { hookSecretOf } from '../src/receiver/hook-secret.ts';",
    join(folder, 'secret.mjs'),
  );
  const { hookSecretOf } = await import(pathToFileURL(secrets).href);
  const tokens = Array.from(
    { length: projects },
    (_, at) => hookSecretOf(secret, { kind: 'project', id: at + 1 }).token,
  );
  const script = await bundled("import './serve-receiver.ts';", join(folder, 'receiver.mjs'));
  const cores = `${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`;
  console.log(
    `\n## The receiver (${cores}, bodies of ${JSON.stringify(payloadOf(1)).length} bytes, on disk before the answer)\n`,
  );
  console.log(`- the disk alone, one event after another: ${diskCost(folder)}`);
  let number = 0;
  const sendTo = (address) => () => {
    number += 1;
    const project = (number % projects) + 1;
    return deliver(`${address}${project}`, tokens[project - 1], number, payloadOf(number, project));
  };
  const bare = await startServer(script, folder, { BARE: 'yes' });
  const server = await startServer(script, folder);
  for (const [title, { address }] of [
    ['a server that only reads and answers', bare],
    ['the receiver', server],
  ]) {
    await asFastAsItGoes(500, 10, sendTo(address));
    const results = await steadily(200, 20, sendTo(address));
    console.log(`- 200 deliveries a second for 20 s, ${title}: ${figures(results)} (aim: p99 at most 50 ms)`);
  }
  await stopServer(bare);
  const send = sendTo(server.address);
  const begin = performance.now();
  const fast = await asFastAsItGoes(5_000, 50, send);
  const perSecond = (5_000 / (performance.now() - begin)) * 1_000;
  console.log(`- as fast as it goes, 50 at once: ${perSecond.toFixed(0)} a second, ${figures(fast)}`);
  const total = Number(process.env.DELIVERIES ?? 100_000);
  for (let part = 1; total > 0 && part <= 10; part += 1) {
    await asFastAsItGoes(total / 10, 50, send);
    console.log(
      `- memory after ${number} deliveries of ${projects} projects: ${await memoryOf(server.child)}`,
    );
  }
  await stopServer(server);
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}

/** Comments with a command on many merge requests, and when GitLab was first asked and 👀 was there. */
function stageOf(embedded) {
  const state = embedded.stateOfDemo(new Date());
  const [first] = state.mergeRequests;
  const author = { id: 11, username: 'ada' };
  if (!state.users.some(({ id }) => id === author.id)) state.users.push(author);
  state.ci.members.push({ project_id: 42, user_id: author.id, access_level: 40 });
  const comment = (iid) => {
    const id = 50_000 + iid;
    const at = new Date().toISOString();
    const note = { id, author, body: '/herald label ~bench', system: false, created_at: at, updated_at: at };
    state.mergeRequests.push({ ...first, iid, notes: [note], labels: [], labelEvents: [] });
    return {
      object_kind: 'note',
      user: author,
      project_id: 42,
      project: { id: 42 },
      object_attributes: {
        id,
        action: 'create',
        note: note.body,
        noteable_type: 'MergeRequest',
        discussion_id: embedded.discussionIdOf(note),
        author_id: author.id,
        system: false,
      },
      merge_request: { iid },
    };
  };
  return { state, comment };
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return `p50 ${at(sorted, 0.5).toFixed(0)} ms, p95 ${at(sorted, 0.95).toFixed(0)} ms`;
}

/** `herald serve` itself, with a process for each event and the embedded GitLab behind it. */
export async function benchServeHere(embedded, herald) {
  const folder = mkdtempSync(join(tmpdir(), 'herald-bench-here-'));
  const secrets = await bundled(
    "export { hookSecretOf } from '../src/receiver/hook-secret.ts';",
    join(folder, 'secret.mjs'),
  );
  const { hookSecretOf } = await import(pathToFileURL(secrets).href);
  const { token } = hookSecretOf(secret, { kind: 'project', id: 42 });
  const { state, comment } = stageOf(embedded);
  const eyes = new Map();
  let firstRequest = null;
  const gitlab = await embedded.startEmbeddedGitLab({
    state,
    beforeRequest: ({ method, path }) => {
      firstRequest ??= performance.now();
      const [, iid] = /merge_requests\/(\d+)\/notes\/\d+\/award_emoji$/.exec(path) ?? [];
      if (method === 'POST' && iid !== undefined && !eyes.has(iid)) eyes.set(iid, performance.now());
      return undefined;
    },
  });
  const { HERALD_TOKEN } = embedded.demoVariables('second', gitlab.url, folder);
  const address = ['--listen', '127.0.0.1:0', '--spool', join(folder, 'spool'), '--server', gitlab.url];
  const limits = ['--project', '42', '--max-requests-per-minute', '100000'];
  const child = spawn(process.execPath, [herald, 'serve', ...address, ...limits], {
    env: { PATH: process.env.PATH, HERALD_TOKEN, HERALD_WEBHOOK_SECRET: secret },
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const outcomes = [];
  const port = await new Promise((resolve, reject) => {
    child.once('close', () => reject(new Error('the receiver ended')));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const { step, port: found, outcome } = JSON.parse(line);
      if (found !== undefined) resolve(found);
      if (step === 'work') outcomes.push(outcome);
    });
  });
  const url = `http://127.0.0.1:${port}/hooks/gitlab?project=42`;
  let iid = 1_000;
  const send = async () => {
    iid += 1;
    const name = String(iid);
    const payload = comment(iid);
    const begin = performance.now();
    await deliver(url, token, iid, payload);
    return { name, begin };
  };
  const ended = async (count) => {
    while (outcomes.length < count) await pause(20);
  };
  const one = { first: [], eyes: [] };
  for (let number = 1; number <= 20; number += 1) {
    firstRequest = null;
    const { name, begin } = await send();
    await ended(number);
    one.first.push(firstRequest - begin);
    one.eyes.push((eyes.get(name) ?? Number.NaN) - begin);
  }
  console.log(
    `\n## Handled here (${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, with GitLab on this machine)\n`,
  );
  console.log(
    `- one event at a time, from the delivery to the first request to GitLab: ${spread(one.first)}`,
  );
  console.log(`- one event at a time, from the delivery to 👀: ${spread(one.eyes)} (aim: 1 s)`);
  const [events, begin] = [100, performance.now()];
  const sent = [];
  for (let number = 0; number < events; number += 1) sent.push(await send());
  await ended(20 + events);
  const perMinute = (events / (performance.now() - begin)) * 60_000;
  const wait = sent.map(({ name, begin: from }) => (eyes.get(name) ?? Number.NaN) - from);
  console.log(
    `- ${events} events at once, 10 side by side: ${perMinute.toFixed(0)} events a minute, to 👀 ${spread(wait)} (${[...new Set(outcomes)].join(', ')})`,
  );
  child.removeAllListeners('close');
  child.kill('SIGKILL');
  await gitlab.stop();
  rmSync(folder, { recursive: true, force: true });
}
