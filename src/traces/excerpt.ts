import type { TraceLine } from '../model/failure-cause.ts';
import type { Candidate } from './candidates.ts';
import type { LogLine } from './log-lines.ts';
import { normalised } from './normalised.ts';
import type { TraceDigest } from './read-trace.ts';

export interface Excerpt {
  /** Lines as they are, folded where they repeat. */
  ofLines(lines: readonly LogLine[]): readonly TraceLine[];
  /** A candidate in full and of those like it the first lines. */
  ofCandidates(candidate: Candidate, alike: readonly Candidate[]): readonly TraceLine[];
}

const maxLines = 20;
const maxAlike = 5;
const maxCharacters = 300;

interface Folded {
  readonly line: LogLine;
  count: number;
}

/**
 * Runs of lines that differ in numbers only become one, counted; a run may be of several lines, as a stack that
 * repeats.
 */
function folded(lines: readonly LogLine[]): readonly Folded[] {
  const kept: Folded[] = [];
  const keys: string[] = [];
  for (const line of lines) {
    const key = normalised(line.text);
    const at = keys.lastIndexOf(key);
    const again = kept[at];
    // Short lines repeat for good reasons: braces, "...".
    if (again !== undefined && key.length > 3 && (at === keys.length - 1 || again.line.text === line.text)) {
      again.count += 1;
      continue;
    }
    kept.push({ line, count: 1 });
    keys.push(key);
  }
  return kept;
}

function unindented(lines: readonly TraceLine[]): readonly TraceLine[] {
  const indents = lines
    .filter(({ number, text }) => number !== null || text !== '…')
    .map(({ text }) => text.length - text.trimStart().length);
  const common = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line) => ({ ...line, text: line.text === '…' ? line.text : line.text.slice(common) }));
}

function cut(text: string): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1)}…`;
}

/** Makes excerpts of one log; `safe` takes secrets out of a line. */
export function createExcerpt(digest: TraceDigest, safe: (text: string) => string): Excerpt {
  function traceLine({ line, count }: Folded): TraceLine {
    const text = cut(safe(line.text)) + (count > 1 ? `  (${count} times)` : '');
    return { number: digest.numberOf(line), text };
  }

  function withGaps(lines: readonly LogLine[]): readonly TraceLine[] {
    const all = folded(lines).slice(0, maxLines);
    const shown = all.flatMap((item, index): TraceLine[] => {
      const previous = all[index - 1];
      const isGap = previous !== undefined && item.line.number - previous.line.number > previous.count;
      return [...(isGap ? [{ number: null, text: '…' }] : []), traceLine(item)];
    });
    return unindented(shown);
  }

  return {
    ofLines: withGaps,
    ofCandidates(candidate, alike) {
      const others = alike.filter(({ line }) => line !== candidate.line).slice(0, maxAlike - 1);
      const lines = new Map<number, LogLine>();
      const add = ({ before, line, after }: Candidate): void => {
        for (const part of [...before, line, ...after])
          if (lines.size < maxLines) lines.set(part.number, part);
      };
      add(candidate);
      for (const other of others) add({ ...other, before: [], after: other.after.slice(0, 2) });
      return withGaps([...lines.values()].sort((a, b) => a.number - b.number));
    },
  };
}
