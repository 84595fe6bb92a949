/**
 * Large files of the formats that are streamed, beside the npm package of each, or the least that it takes to read one.
 */
import { join } from 'node:path';
import { largeReports } from '../generate-reports.mjs';
import { compare, runNode } from '../measure.mjs';
import { herald, peers } from '../paths.mjs';
import { dataFile, megabytesOf } from './data.mjs';

export async function benchFormats() {
  const rows = [];
  for (const [format, { name, peer, generate }] of Object.entries(largeReports)) {
    const path = await dataFile(name, generate);
    const results = await compare(
      {
        peer: () => runNode(['--max-old-space-size=8192', join(peers, 'parse.mjs'), format, path]),
        herald: () => runNode([herald, 'inspect', '--json', path]),
      },
      3,
    );
    const { format: read, error } = JSON.parse(results.herald.last.stdout);
    if (error !== undefined) throw new Error(`${name}: read as ${read}: ${error}`);
    const shown = ({ milliseconds, peakMegabytes }) =>
      Number.isNaN(milliseconds)
        ? ['failed', '–']
        : [`${milliseconds.toFixed(0)} ms`, `${peakMegabytes.toFixed(0)} MB`];
    const ratio = results.herald.milliseconds / results.peer.milliseconds;
    rows.push([
      format,
      megabytesOf(path),
      ...shown(results.herald),
      peer,
      ...shown(results.peer),
      Number.isNaN(ratio) ? '–' : ratio.toFixed(2),
    ]);
  }
  const columns = ['format', 'file', 'Herald', 'memory', 'beside', 'its time', 'its memory', 'ratio'];
  return { figures: {}, tables: [{ title: 'Formats', columns, rows }] };
}
