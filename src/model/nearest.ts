import { editDistance } from './edit-distance.ts';

/** The candidate closest to a mistyped word, or null when none is close (more than a third of its letters differ). */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const wanted = word.slice(0, 64).toLowerCase();
  let best: string | null = null;
  let limit = Math.max(1, Math.floor(word.length / 3));
  for (const candidate of candidates) {
    const edits = editDistance(wanted, candidate.toLowerCase(), limit);
    if (edits === Infinity) continue;
    best = candidate;
    limit = edits - 1;
  }
  return best;
}
