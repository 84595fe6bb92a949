import type { CommandCall } from './command.ts';
import { hashOf, maxAnswered, type ReplyMarker } from './reply-marker.ts';

export interface EarlierReply {
  readonly marker: ReplyMarker;
  /** ISO 8601, of its last change. */
  readonly updatedAt: string;
}

/**
 * After this time, a run that has not finished its answer was killed: GitLab ends jobs of the bot after ten minutes.
 */
const abandonedAfterMs = 15 * 60_000;

/**
 * Calls of a comment that are still open: those that no answer has, so that an edited comment runs only new calls, and
 * those that a killed run left. Empty while another run works on the answer.
 */
export function pendingCommands(
  calls: readonly CommandCall[],
  earlier: EarlierReply | null,
  now: Date,
): readonly CommandCall[] {
  if (earlier === null) return calls;
  const { calls: answered } = earlier.marker;
  if (answered.size >= maxAnswered) return [];
  const isAbandoned = now.getTime() - Date.parse(earlier.updatedAt) > abandonedAfterMs;
  return calls.filter((call) => {
    const state = answered.get(hashOf(call));
    return state === undefined || (state === 'working' && isAbandoned);
  });
}
