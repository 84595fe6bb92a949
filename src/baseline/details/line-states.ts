/** Of one file; longer ones are generated, and nobody reviews them line by line. */
const maxLines = 1_000_000;

function stateOf(hits: number): 'n' | 'u' | 'c' {
  return hits < 0 ? 'n' : hits === 0 ? 'u' : 'c';
}

/**
 * Which lines of a file ran, from line 1, run-length coded: `12n3c1u` = 12 lines that are not instrumented, 3 covered
 * ones, an uncovered one. How often a line ran is not kept. `hits` is that of `FileCoverage`.
 */
export function encodeLineStates(hits: Int32Array): string {
  let coded = '';
  let before = '';
  let run = 0;
  for (let line = 1; line < hits.length; line += 1) {
    const state = stateOf(hits[line] ?? -1);
    if (state === before) {
      run += 1;
      continue;
    }
    if (run > 0) coded += `${run}${before}`;
    before = state;
    run = 1;
  }
  return run > 0 ? `${coded}${run}${before}` : coded;
}

/**
 * Reads what `encodeLineStates` wrote, as hits of 0 and 1; null when it is something else, or has more lines than
 * `mostLines`: a few bytes could else name gigabytes.
 */
export function decodeLineStates(coded: string, mostLines: number): Int32Array | null {
  if (!/^(?:\d{1,7}[nuc])*$/.test(coded)) return null;
  const runs = [...coded.matchAll(/(\d{1,7})([nuc])/g)].map(([, count, state]) => ({
    count: Number(count),
    state,
  }));
  const lines = runs.reduce((sum, { count }) => sum + count, 0);
  if (lines > Math.min(maxLines, mostLines)) return null;
  const hits = new Int32Array(lines === 0 ? 0 : lines + 1).fill(-1);
  let line = 1;
  for (const { count, state } of runs) {
    if (state !== 'n') hits.fill(state === 'c' ? 1 : 0, line, line + count);
    line += count;
  }
  return hits;
}
