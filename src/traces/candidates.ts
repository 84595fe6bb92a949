import type { LogLine } from './log-lines.ts';
import { normalised } from './normalised.ts';
import type { TracePattern } from './pattern.ts';

/** A line that a pattern knows, with the lines that belong to it. */
export interface Candidate {
  readonly pattern: TracePattern;
  readonly line: LogLine;
  readonly before: readonly LogLine[];
  readonly after: readonly LogLine[];
}

interface Open extends Candidate {
  readonly after: LogLine[];
}

export interface Candidates {
  /** Every line in order; `pattern` when one knows it. */
  add(line: LogLine, pattern: TracePattern | null): void;
  /** No line that comes belongs to what was found so far. */
  close(): void;
  all(): readonly Candidate[];
}

const maxBefore = 4;
const maxAll = 40;
const firstOfPattern = 4;
const lastOfPattern = 2;

/**
 * Keeps the most telling lines of a stretch of a log: of each pattern the first four different ones and the last two, forty in all,
 * each with its context.
 */
export function createCandidates(): Candidates {
  const kept: Open[] = [];
  let recent: LogLine[] = [];
  let open: Open[] = [];
  const seen = new Set<string>();

  function makeRoom(pattern: TracePattern): void {
    const same = kept.filter((candidate) => candidate.pattern === pattern);
    const surplus = same[firstOfPattern + lastOfPattern - 1];
    if (surplus !== undefined) {
      const oldest = same[firstOfPattern];
      if (oldest !== undefined) kept.splice(kept.indexOf(oldest), 1);
      return;
    }
    if (kept.length < maxAll) return;
    const least = kept.reduce((a, b) => (b.pattern.weight < a.pattern.weight ? b : a));
    kept.splice(kept.indexOf(least), 1);
  }

  function isRepeated({ text }: LogLine, { id, pick }: TracePattern): boolean {
    if (pick === 'last') return false;
    const key = `${id}\0${normalised(text)}`;
    if (seen.has(key)) return true;
    if (seen.size < 1_000) seen.add(key);
    return false;
  }

  return {
    add(line, pattern) {
      for (const candidate of open) candidate.after.push(line);
      open = open.filter(({ after, pattern: { context } }) => after.length < context[1]);
      if (pattern !== null && !isRepeated(line, pattern)) {
        makeRoom(pattern);
        const [before] = pattern.context;
        const candidate: Open = {
          pattern,
          line,
          before: before === 0 ? [] : recent.slice(-before),
          after: [],
        };
        kept.push(candidate);
        if (pattern.context[1] > 0) open.push(candidate);
      }
      recent.push(line);
      if (recent.length > maxBefore) recent = recent.slice(-maxBefore);
    },
    close() {
      open = [];
      recent = [];
    },
    all: () => kept,
  };
}
