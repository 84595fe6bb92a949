/** 100,000 findings in the formats that are one JSON document. */
import { findingFormats, generateFindings } from '../generate-findings.mjs';
import { compare, runNode } from '../measure.mjs';
import { herald } from '../paths.mjs';
import { dataFile, megabytesOf, readOf } from './data.mjs';

const count = 100_000;

export async function benchJson() {
  const rows = [];
  const peaks = [];
  for (const format of findingFormats) {
    const name = `findings-${format.replaceAll(' ', '-')}.json`;
    const path = await dataFile(name, (file) => generateFindings(file, format, count));
    const { herald: result } = await compare(
      { herald: () => runNode([herald, 'inspect', '--json', path]) },
      3,
    );
    readOf(result, 'findings', count);
    const { milliseconds, cpuMilliseconds, peakMegabytes } = result;
    peaks.push(peakMegabytes);
    rows.push([
      format,
      megabytesOf(path),
      `${milliseconds.toFixed(0)} ms`,
      `${cpuMilliseconds.toFixed(0)} ms`,
      `${peakMegabytes.toFixed(0)} MB`,
    ]);
  }
  return {
    figures: { 'json.peak': Math.max(...peaks) },
    tables: [{ title: '100,000 findings', columns: ['', 'file', 'time', 'CPU', 'peak memory'], rows }],
  };
}
