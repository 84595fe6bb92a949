import type { LogLine } from './log-lines.ts';
import { normalised } from './normalised.ts';
import type { TracePattern } from './pattern.ts';

/** A line that a pattern knows, with the lines that belong to it. */
export interface Candidate {
  readonly pattern: TracePattern;
  readonly line: LogLine;
  readonly before: readonly LogLine[];
  readonly after: readonly LogLine[];
  /** The lines that are above it, whether they belong to it or not. */
  readonly above: readonly LogLine[];
}

interface Open extends Candidate {
  readonly after: LogLine[];
}

export interface Candidates {
  /** Every line in order; `pattern` when one knows it. */
  add(line: LogLine, pattern: TracePattern | null): void;
  /** One that was found before, with the lines that belong to it. */
  take(candidate: Candidate): void;
  /** No line that comes belongs to what was found so far. */
  close(): void;
  all(): readonly Candidate[];
}

const maxBefore = 12;
const maxAll = 40;
const firstOfPattern = 4;
const lastOfPattern = 2;

interface Kept {
  push(candidate: Open): void;
  isRepeated(line: LogLine, pattern: TracePattern): boolean;
  last(): Open | undefined;
  dropLast(): void;
  all(): readonly Open[];
}

/** Of each pattern the first four different candidates and the last two, forty in all: the lightest go. */
function createKept(): Kept {
  const kept: Open[] = [];
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

  return {
    push(candidate) {
      makeRoom(candidate.pattern);
      kept.push(candidate);
    },
    isRepeated({ text }, { id, pick }) {
      if (pick === 'last') return false;
      const key = `${id}\0${normalised(text)}`;
      if (seen.has(key)) return true;
      if (seen.size < 1_000) seen.add(key);
      return false;
    },
    last: () => kept.at(-1),
    dropLast: () => void kept.pop(),
    all: () => kept,
  };
}

/** Keeps the most telling lines of a stretch of a log, each with its context. */
export function createCandidates(): Candidates {
  const kept = createKept();
  let recent: LogLine[] = [];
  let open: Open[] = [];

  function takeBack({ text }: LogLine): void {
    const last = kept.last();
    if (last?.line === recent.at(-1) && last?.pattern.takenBackBy?.test(text) === true) kept.dropLast();
  }

  function begin(line: LogLine, pattern: TracePattern): void {
    if (pattern.above?.test(recent.at(-1)?.text ?? '') === false || kept.isRepeated(line, pattern)) return;
    const [before, after] = pattern.context;
    const belongs = before === 0 ? [] : recent.slice(-before);
    const candidate: Open = { pattern, line, before: belongs, after: [], above: [...recent] };
    kept.push(candidate);
    if (after > 0) open.push(candidate);
  }

  return {
    add(line, pattern) {
      takeBack(line);
      for (const candidate of open) candidate.after.push(line);
      open = open.filter(({ after, pattern: { context } }) => after.length < context[1]);
      if (pattern !== null) begin(line, pattern);
      recent.push(line);
      if (recent.length > maxBefore) recent.shift();
    },
    take(candidate) {
      if (kept.isRepeated(candidate.line, candidate.pattern)) return;
      kept.push({ ...candidate, after: [...candidate.after] });
    },
    close() {
      open = [];
      recent = [];
    },
    all: kept.all,
  };
}
