/** What grows with what: whole reports of once, twice and four times as much of one thing. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, componentLock, leaveBaseline, loadEmbedded, writeFiles } from '../embedded.mjs';
import { findingFormats, generateFindings } from '../generate-findings.mjs';
import { compare, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';
import { dataFile, junitFile } from './data.mjs';

const [findingFormat] = findingFormats;

async function findingsFile(count) {
  return dataFile(`growth-findings-${count}.json`, (file) => generateFindings(file, findingFormat, count));
}

/** What of the demo is more of, and how much is once. */
const things = {
  tests: {
    once: 10_000,
    files: async (count) => ({ 'api/junit.xml': readFileSync(await junitFile(count), 'utf8') }),
  },
  findings: {
    once: 5_000,
    files: async (count) => ({ 'scan.sarif': readFileSync(await findingsFile(count), 'utf8') }),
    env: { HERALD_REPORTS: '**/*.sarif' },
  },
  notes: {
    once: 200,
    change: (state, count) => {
      const [mr] = state.mergeRequests;
      const [note] = mr.notes;
      for (let id = 200; id < 200 + count; id += 1) mr.notes.push({ ...note, id });
    },
  },
  jobs: {
    once: 50,
    change: (state, count) => {
      for (const { id, jobs } of state.pipelines) {
        const [job] = jobs.filter(({ status }) => status === 'success');
        for (let more = 1; more <= count; more += 1)
          jobs.push({ ...job, id: id * 1_000 + more, name: `unit ${more}` });
      }
    },
  },
};

async function prepare(thing, count) {
  const { files = async () => ({}), change = () => undefined, env: own = {} } = things[thing];
  const embedded = await loadEmbedded();
  const state = embedded.stateOfDemo(new Date());
  change(state, count);
  const gitlab = await embedded.startEmbeddedGitLab({ state });
  await leaveBaseline(embedded, gitlab);
  const folder = aFolder();
  writeFiles(folder, { ...embedded.demoFiles('second'), ...(await files(count)) });
  const env = {
    ...embedded.demoVariables('second', gitlab.url, folder),
    GITLAB_CI: 'true',
    ...componentLock,
    ...own,
  };
  let runs = 0;
  let requests = 0;
  return {
    run: async () => {
      runs += 1;
      const before = gitlab.requests.length;
      // Another title each time, so that the comment changes.
      const result = await runNode([herald, 'report'], {
        cwd: folder,
        env: { ...env, HERALD_TITLE: `Run ${runs}` },
      });
      requests = gitlab.requests.length - before;
      return result;
    },
    requests: () => requests,
    async stop() {
      await gitlab.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const factors = [1, 2, 4];

async function measure(thing) {
  const { once } = things[thing];
  const prepared = [];
  for (const factor of factors) prepared.push(await prepare(thing, once * factor));
  const nameOf = (factor) => `herald report × ${factor}`;
  const commands = Object.fromEntries(factors.map((factor, at) => [nameOf(factor), prepared[at].run]));
  const results = await compare(commands, 3);
  const cells = factors.flatMap((factor, at) => {
    const { milliseconds, peakMegabytes } = results[nameOf(factor)];
    return [
      `${milliseconds.toFixed(0)} ms`,
      `${peakMegabytes.toFixed(0)} MB`,
      String(prepared[at].requests()),
    ];
  });
  for (const { stop } of prepared) await stop();
  const grown = results[nameOf(4)].milliseconds / results[nameOf(1)].milliseconds;
  return {
    grown,
    row: [`${once.toLocaleString('en')} ${thing}`, ...cells, grown.toFixed(2)],
  };
}

export async function benchGrowth() {
  const figures = {};
  const rows = [];
  for (const thing of Object.keys(things)) {
    const { grown, row } = await measure(thing);
    figures[`growth.${thing}`] = grown;
    rows.push(row);
  }
  const columns = [
    '× 1 is',
    ...factors.flatMap((factor) => [`time × ${factor}`, `memory × ${factor}`, `requests × ${factor}`]),
    'time × 4 : × 1',
  ];
  return { figures, tables: [{ title: 'What grows with what', columns, rows }] };
}
