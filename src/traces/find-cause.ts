import type { FailureCause, TraceLine } from '../model/failure-cause.ts';
import type { Candidate } from './candidates.ts';
import { createExcerpt } from './excerpt.ts';
import type { LogLine } from './log-lines.ts';
import type { TracePattern } from './pattern.ts';
import type { TraceDigest } from './read-trace.ts';
import { isHollow, isTelling } from './telling.ts';

/** Why one job failed, as far as its log shows. */
export type FoundCause = Pick<FailureCause, 'kind' | 'origin' | 'headline' | 'line' | 'command' | 'excerpt'>;

const maxHeadline = 300;
const maxDetails = 3;
const mostOfGeneric = 50;
const leastOfAlike = 80;
/** What earlier commands said did not end the job: their errors were passed over. */
const earlierPenalty = 45;
/** The last command said nothing: it may only have passed on how an earlier one ended. */
const silentPenalty = 20;
const laterPenalty = 40;
/** A line that says that something failed and not what: any other is better. */
const hollowScore = 11;
/** Of an earlier command, when the last one has words of its own. */
const leastOfEarlier = 30;
interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

function wasKilled({ verdict }: TraceDigest): boolean {
  return verdict !== null && /\b137\b/.test(verdict.text);
}

/** The lines of a candidate's headline. */
function headlineOf({ pattern, line, before, after }: Candidate): readonly LogLine[] {
  const { headlineBelow: below, goesOn } = pattern;
  const lines = below < 0 ? before : after.filter(({ text }) => /\w{2}/.test(text));
  const first = below === 0 ? line : below > 0 ? lines[below - 1] : lines.at(below);
  if (first === undefined) return [line];
  const [next, ...rest] = after.slice(after.indexOf(first) + 1).filter(({ text }) => /\w{2}/.test(text));
  if (next === undefined) return [first];
  if (isOpen(pattern, first)) return untilClosed([first, next, ...rest]);
  if (goesOn === undefined) return [first];
  const details = [next, ...rest].slice(0, maxDetails);
  const end = details.findIndex(({ text }) => !goesOn.test(text));
  const detail = details.slice(0, end < 0 ? undefined : end).find(({ text }) => !isHollow(text));
  return detail === undefined ? [first] : [first, detail];
}

/** A heading with what it is of, which may be a heading again. */
function untilClosed(lines: readonly LogLine[]): readonly LogLine[] {
  const end = lines.findIndex(({ text }) => !text.trimEnd().endsWith(':'));
  return lines.slice(0, Math.min(end < 0 ? maxDetails : end + 1, maxDetails));
}

/** A heading: "ERROR: YOUR SITE COULD NOT BE BUILT:". */
function isOpen({ weight }: TracePattern, { text }: LogLine): boolean {
  return weight <= mostOfGeneric && text.trimEnd().endsWith(':');
}

function textOf(lines: readonly LogLine[]): string {
  return lines.map(({ text }) => text.trim()).join(' ');
}

/** Whether a headline, or the first line of it, says only that something failed. */
function saysNothing(lines: readonly LogLine[]): boolean {
  return isHollow(textOf(lines)) || (lines.length > 1 && isHollow(lines[0]?.text ?? ''));
}

function scoresOf(digest: TraceDigest): readonly Scored[] {
  const killed = wasKilled(digest);
  const isPrepared = digest.command !== null;
  const isSilent = !digest.tail.some(({ text }) => isTelling(text));
  const weightOf = (candidate: Candidate): number => {
    const { pattern } = candidate;
    const bonus = killed && pattern.kind === 'out-of-memory' ? 25 : 0;
    return saysNothing(headlineOf(candidate)) ? hollowScore : pattern.weight + bonus;
  };
  const earlierScore = (candidate: Candidate): number => {
    if (!isPrepared) return weightOf(candidate);
    if (isSilent) return weightOf(candidate) - silentPenalty;
    const score = weightOf(candidate) - earlierPenalty;
    return score < leastOfEarlier ? 0 : score;
  };
  return [
    // After a script that succeeded nothing that it said ended the job.
    ...(digest.scriptSucceeded ? [] : digest.ofCommand).map((candidate) => ({
      candidate,
      score: weightOf(candidate),
    })),
    ...(digest.scriptSucceeded ? [] : digest.earlier).map((candidate) => ({
      candidate,
      score: earlierScore(candidate),
    })),
    ...digest.later.flatMap((candidate) => {
      const isVerdict = candidate.line === digest.verdict;
      // After a script that failed, what else fails is its consequence: no files to upload, nothing to clean up.
      if (!isVerdict && isPrepared && !digest.scriptSucceeded) return [];
      const ends = isVerdict || digest.scriptSucceeded;
      return [{ candidate, score: weightOf(candidate) - (ends ? 0 : laterPenalty) }];
    }),
  ];
}

/** Weaker words of earlier commands and later steps say less than the last lines of the command that failed. */
const leastScore = 10;

/** Of what Git says the first `fatal:` is the root: others say that it could not go on. */
function firstFatal(scored: readonly Scored[], { candidate: { pattern, line } }: Scored): Scored | null {
  if (pattern.kind !== 'git') return null;
  const isRoot = ({ candidate }: Scored): boolean =>
    candidate.pattern.kind === 'git' &&
    candidate.line.number < line.number &&
    candidate.line.text.startsWith('fatal: ');
  return scored.find(isRoot) ?? null;
}

function best(digest: TraceDigest): Scored | null {
  const scored = scoresOf(digest).filter(({ score }) => score >= leastScore);
  const highest = Math.max(...scored.map(({ score }) => score), 0);
  const top = scored.filter(({ score }) => score === highest);
  const first = top[0];
  if (first === undefined) return null;
  const same = top.filter(({ candidate }) => candidate.pattern === first.candidate.pattern);
  if (first.candidate.pattern.pick === 'last') return same.at(-1) ?? first;
  return firstFatal(scored, first) ?? first;
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

interface Headline {
  readonly lines: readonly LogLine[];
  /** What the headline is of; null when no pattern knows it. */
  readonly candidate: Candidate | null;
}

/** What is left when no pattern knows a line: the last that the command said, else the runner's verdict. */
function withoutPattern({ tail, verdict }: TraceDigest): Headline | null {
  const line = tail.findLast(({ text }) => isTelling(text)) ?? verdict;
  return line === null ? null : { lines: [line], candidate: null };
}

/** The headline of a log; what is above a line that says only that something failed says why. */
function headlineIn(digest: TraceDigest): Headline | null {
  const found = digest.succeeded ? null : best(digest);
  if (found === null) return digest.succeeded ? null : withoutPattern(digest);
  const { candidate, score } = found;
  if (score === hollowScore) {
    const above = candidate.above.findLast(({ text }) => isTelling(text) && !isHollow(text));
    if (above !== undefined) return { lines: [above], candidate: null };
  }
  return { lines: headlineOf(candidate), candidate };
}

const maxTailShown = 12;

/** The last lines of the command, from the headline on where it is before them. */
function tailFrom({ tail }: TraceDigest, lines: readonly LogLine[]): readonly LogLine[] {
  const number = lines[0]?.number ?? 0;
  const shown = tail.slice(-maxTailShown);
  if (shown.some((line) => line.number === number)) return shown;
  const at = tail.findIndex((line) => line.number === number);
  return at < 0 ? [...lines, ...shown.slice(lines.length)] : tail.slice(at, at + maxTailShown);
}

/**
 * Finds in what was kept of a failed job's log why it failed; null when the log says that it succeeded, or nothing.
 * `safe` takes secrets out of a text.
 */
export function findCause(digest: TraceDigest, safe: (text: string) => string): FoundCause | null {
  const excerpt = createExcerpt(digest, safe);
  const found = headlineIn(digest);
  const headline = found?.lines[0];
  if (found === null || headline === undefined) return null;
  const { candidate, lines } = found;
  const shown: readonly TraceLine[] =
    candidate === null
      ? excerpt.ofLines(tailFrom(digest, lines))
      : excerpt.ofCandidates(candidate, alike(candidate, digest));
  return {
    kind: candidate?.pattern.kind ?? 'script',
    origin: candidate?.pattern.origin ?? 'unknown',
    headline: safe(textOf(lines)).trim().slice(0, maxHeadline),
    line: digest.numberOf(headline),
    command: commandOf(digest, headline, safe),
    excerpt: shown,
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
