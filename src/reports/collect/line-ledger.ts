import { type LineLedger, MAX_LINE } from './file-coverage.ts';

/**
 * Room for line numbers, 4 bytes each: enough for one file of the longest kind, and then in proportion to what the
 * report says, so that few bytes with high line numbers cannot take much memory.
 */
const room = { base: 1_100_000, perLine: 64, perFile: 128, most: 32_000_000 } as const;

interface LeftOut {
  count: number;
  first: string;
}

function note(left: LeftOut, path: string, line: number): void {
  if (left.count === 0) {
    const shown = path.length > 200 ? `${path.slice(0, 199)}…` : path;
    left.first = `${shown}, line ${line}`;
  }
  left.count += 1;
}

/** Starts the account of what the files of one report may use, and did not get. */
export function createLineLedger(): LineLedger {
  let cells = 0;
  let lines = 0;
  let files = 0;
  const bad: LeftOut = { count: 0, first: '' };
  const far: LeftOut = { count: 0, first: '' };
  return {
    take(more) {
      const most = Math.min(room.most, room.base + room.perLine * lines + room.perFile * files);
      if (cells + more > most) return false;
      cells += more;
      return true;
    },
    instrumented() {
      lines += 1;
    },
    fileOpened() {
      files += 1;
    },
    badLine(path, line) {
      note(bad, path, line);
    },
    noRoom(path, line) {
      note(far, path, line);
    },
    warnAll(warn) {
      if (bad.count > 0) {
        warn(`line numbers outside of 1 to ${MAX_LINE} are ignored: ${bad.count}, the first: ${bad.first}`);
      }
      if (far.count > 0) {
        warn(
          `lines with numbers too high for so few lines are ignored: ${far.count}, the first: ${far.first}`,
        );
      }
    },
  };
}
