/** 100,000 findings or tests in each kind of JSON document that tools write. */
import { largeJsonNames, writeLargeJson } from '../generate-json-reports.mjs';
import { compare, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';
import { dataFile, megabytesOf } from './data.mjs';

export async function benchJsonFormats() {
  const rows = [];
  const peaks = [];
  for (const name of largeJsonNames) {
    const path = await dataFile(`large-${name}.json`, (file) => writeLargeJson(name, file));
    const { herald: result } = await compare(
      { herald: () => runNode([herald, 'inspect', '--json', path]) },
      3,
    );
    const { format, error } = JSON.parse(result.last.stdout);
    if (error !== undefined) throw new Error(`${name}: read as ${format}: ${error}`);
    const { cpuMilliseconds, peakMegabytes } = result;
    peaks.push(peakMegabytes);
    rows.push([
      name,
      megabytesOf(path),
      `${cpuMilliseconds.toFixed(0)} ms`,
      `${peakMegabytes.toFixed(0)} MB`,
    ]);
  }
  const columns = ['', 'file', 'CPU', 'peak memory'];
  return {
    figures: { 'json-formats.peak': Math.max(...peaks) },
    tables: [{ title: '100,000 findings or tests in each JSON format', columns, rows }],
  };
}
