/** `2026-03-04 10:00` of an ISO 8601 instant in UTC. */
export function minuteOf(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}

/** `03-04`, as axes have room for. */
export function dayOf(instant: string): string {
  return instant.slice(5, 10);
}

/** An instant of GitLab in any time zone as ISO 8601 in UTC; null for anything else. */
export function inUtc(instant: string | null): string | null {
  const time = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
