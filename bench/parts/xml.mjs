/** Large JUnit files, beside what only counts their elements, and beside a package that reads them. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from '../embedded.mjs';
import { canPin, compare, comparisonTable, ratio, runNode } from '../measure.mjs';
import { bench, data, herald, peers } from '../paths.mjs';
import { junitFile, megabytesOf, readOf } from './data.mjs';

const base = 'saxes, count only';
const inspect = 'herald inspect';

function commandsFor(path, options = {}) {
  return {
    [base]: () => runNode([join(peers, 'count-saxes.mjs'), path], options),
    [inspect]: () => runNode([herald, 'inspect', '--json', path], options),
    'sax-wasm, count only': () => runNode([join(peers, 'count-sax-wasm.mjs'), path], options),
  };
}

/** One run: it takes up to a minute and gigabytes. */
async function junitToCtrf(path) {
  const output = join(data, 'ctrf.json');
  const script = join(bench, 'node_modules/junit-to-ctrf/dist/cli.js');
  const run = () => runNode(['--max-old-space-size=8192', script, path, '-o', output]);
  const results = await compare({ 'junit-to-ctrf': run }, 1);
  rmSync(output, { force: true });
  return results;
}

async function measure({ tests, outputBytes = 0, oneCore = false, withPeer = false }) {
  const path = await junitFile(tests, outputBytes);
  const results = await compare(commandsFor(path, { oneCore }), 3);
  readOf(results[inspect], 'tests', tests);
  const all = withPeer ? { ...results, ...(await junitToCtrf(path)) } : results;
  const output = outputBytes === 0 ? '' : ` with ${outputBytes} characters of output each`;
  const count = tests.toLocaleString('en');
  const title = `JUnit, ${count} tests${output}, ${megabytesOf(path)}${oneCore ? ', on one core' : ''}`;
  return { results, table: comparisonTable(title, all, base) };
}

/** Whole reports, which keep and compare what `inspect` only counts: 2.5 % of these tests failed. */
async function wholeReports(sizes) {
  const results = {};
  for (const tests of sizes) {
    const folder = aFolder();
    // A report outside of the folder is not read.
    copyFileSync(await junitFile(tests), join(folder, 'junit.xml'));
    const run = () => runNode([herald, 'report', '--preview', 'junit.xml'], { cwd: folder });
    Object.assign(results, await compare({ [`herald report, ${tests.toLocaleString('en')} tests`]: run }, 1));
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

export async function benchXml() {
  const small = await measure({ tests: 100_000, withPeer: true });
  const output = await measure({ tests: 100_000, outputBytes: 2_048 });
  const million = await measure({ tests: 1_000_000 });
  const pinned = canPin ? await measure({ tests: 1_000_000, oneCore: true }) : null;
  const millions = await measure({ tests: 2_000_000 });
  const [peak, doubled] = [million, millions].map(({ results }) => results[inspect].peakMegabytes);
  const reports = await wholeReports([1_000_000, 2_000_000]);
  const [first] = Object.keys(reports);
  const [ofReport, ofDoubled] = Object.values(reports).map(({ peakMegabytes }) => peakMegabytes);
  const all = [small, output, million, ...(pinned === null ? [] : [pinned]), millions];
  return {
    figures: {
      'xml.one-core': pinned === null ? null : ratio(pinned.results, inspect, base),
      'xml.more-cores': ratio(million.results, inspect, base),
      'xml.growth': (doubled / peak - 1) * 100,
      'xml.peak': peak,
      'xml.report-peak': ofReport,
      'xml.report-growth': (ofDoubled / ofReport - 1) * 100,
    },
    tables: [
      ...all.map(({ table }) => table),
      comparisonTable('Whole reports of JUnit files', reports, first),
    ],
  };
}
