/**
 * Why something of a history could not be read, as plain sentences without a full stop. What is skipped on purpose, or
 * does not exist, has other reasons.
 */
export const failedReading = {
  refused: (status: number | null): string =>
    `GitLab refused it${status === null ? '' : ` (${status})`}: the feature is switched off, or the token does not have the right to see it`,
  unusable: 'Herald could not use the answer of GitLab',
  unreachable: 'GitLab could not be reached',
  noRequestsLeft: 'no more requests were allowed',
} as const;

const beginnings: readonly string[] = [
  'GitLab refused it',
  failedReading.unusable,
  failedReading.unreachable,
  failedReading.noRequestsLeft,
];

/** Whether the reading failed, in part or whole, as far as this gap says. */
export function isFailedReading(gap: string): boolean {
  return beginnings.some((words) => gap.includes(words));
}
