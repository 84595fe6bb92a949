import type { FailureCause, TraceLine } from '../model/failure-cause.ts';
import type { Candidate } from './candidates.ts';
import { createExcerpt } from './excerpt.ts';
import type { LogLine } from './log-lines.ts';
import type { TraceDigest } from './read-trace.ts';

/** Why one job failed, as far as its log tells. */
export type FoundCause = Pick<FailureCause, 'kind' | 'origin' | 'headline' | 'line' | 'command' | 'excerpt'>;

/** Frames of a stack say where, not what. */
const STACK_FRAME = /^\s{1,20}(?:at |from |File ")\S/;
const maxHeadline = 300;
const leastOfAlike = 80;
/** What earlier commands said did not end the job: their errors were passed over. */
const earlierPenalty = 45;
const laterPenalty = 40;
/** Errors that end a job in the steps after the script, or instead of it. */
const ofRunner = new Set(['artifact', 'runner', 'timeout', 'image', 'out-of-memory', 'killed']);

interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

function wasKilled({ verdict }: TraceDigest): boolean {
  return verdict !== null && /\b137\b/.test(verdict.text);
}

function scoresOf(digest: TraceDigest): readonly Scored[] {
  const killed = wasKilled(digest);
  const isPrepared = digest.command !== null;
  const bonus = ({ pattern }: Candidate): number => (killed && pattern.kind === 'out-of-memory' ? 25 : 0);
  return [
    ...digest.ofCommand.map((candidate) => ({
      candidate,
      score: candidate.pattern.weight + bonus(candidate) - (digest.scriptSucceeded ? laterPenalty : 0),
    })),
    ...digest.earlier.map((candidate) => ({
      candidate,
      score: candidate.pattern.weight - (isPrepared ? earlierPenalty : 0),
    })),
    ...digest.later.flatMap((candidate) => {
      const isVerdict = candidate.line === digest.verdict;
      const ends = isVerdict || (digest.scriptSucceeded && ofRunner.has(candidate.pattern.kind));
      // After a script that failed, what else fails is its consequence: no files to upload, nothing to clean up.
      if (!ends && isPrepared && !digest.scriptSucceeded) return [];
      return [{ candidate, score: candidate.pattern.weight + bonus(candidate) - (ends ? 0 : laterPenalty) }];
    }),
  ];
}

/** Weaker words of earlier commands and later steps say less than the last lines of the command that failed. */
const leastScore = 10;

function best(digest: TraceDigest): Candidate | null {
  const scored = scoresOf(digest).filter(({ score }) => score >= leastScore);
  const highest = Math.max(...scored.map(({ score }) => score), 0);
  const top = scored.filter(({ score }) => score === highest);
  const first = top[0]?.candidate;
  if (first === undefined) return null;
  const same = top.filter(({ candidate }) => candidate.pattern === first.pattern);
  return first.pattern.pick === 'last' ? (same.at(-1)?.candidate ?? first) : first;
}

function headlineOf({ pattern, line, before, after }: Candidate): LogLine {
  const { headlineBelow: below } = pattern;
  if (below === 0) return line;
  return (below > 0 ? after[below - 1] : before.at(below)) ?? line;
}

/** Lines that add to one: further errors of the compiler, further failing tests and what they expected. */
function alike({ pattern, ...candidate }: Candidate, digest: TraceDigest): readonly Candidate[] {
  const places = [digest.ofCommand, digest.earlier, digest.later];
  const place = places.find((all) => all.some(({ line }) => line === candidate.line)) ?? [];
  return place.filter(
    ({ pattern: other }) =>
      other === pattern || (other.kind === pattern.kind && other.weight >= leastOfAlike),
  );
}

/** What is left when no pattern knows a line: the last the command said, else the runner's verdict. */
function withoutPattern(digest: TraceDigest): LogLine | null {
  const last = digest.tail.findLast(({ text }) => /\w{3}/.test(text) && !STACK_FRAME.test(text));
  return last ?? digest.verdict;
}

const maxTailShown = 12;

/**
 * Finds in what was kept of a failed job's log why it failed; null when the log says that it succeeded, or nothing. `safe` takes secrets
 * out of a text.
 */
export function findCause(digest: TraceDigest, safe: (text: string) => string): FoundCause | null {
  const excerpt = createExcerpt(digest, safe);
  const candidate = digest.succeeded ? null : best(digest);
  const headline = candidate === null ? withoutPattern(digest) : headlineOf(candidate);
  if (headline === null || (digest.succeeded && candidate === null)) return null;
  const lines: readonly TraceLine[] =
    candidate === null
      ? excerpt.ofLines(digest.tail.slice(-maxTailShown))
      : excerpt.ofCandidates(candidate, alike(candidate, digest));
  return {
    kind: candidate?.pattern.kind ?? 'script',
    origin: candidate?.pattern.origin ?? 'unknown',
    headline: safe(headline.text).trim().slice(0, maxHeadline),
    line: digest.numberOf(headline),
    command: commandOf(digest, headline, safe),
    excerpt: lines,
  };
}

/** The command that the headline belongs to; none when it is of a step before or after the script. */
function commandOf(
  { command }: TraceDigest,
  headline: LogLine,
  safe: (text: string) => string,
): string | null {
  if (command === null || headline.number < command.number || headline.phase === 'after') return null;
  return safe(command.text.replace(/^\$ /, '')).slice(0, maxHeadline);
}
