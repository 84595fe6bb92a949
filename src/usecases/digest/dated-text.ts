/** A kept text with the end of its period in a hidden line, so that an older one never replaces a newer one. */
export interface DatedText {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly until: number;
  readonly text: string;
}

const line = /^<!-- herald:until (\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z) -->$/m;

/** The text below its hidden line. An HTML comment is invisible when rendered: https://docs.gitlab.com/user/markdown/#comments */
export function datedText({ until, text }: DatedText): string {
  return `<!-- herald:until ${new Date(until).toISOString()} -->\n\n${text}`;
}

/**
 * True for a kept text whose period ends later. Others may edit it, so a time in the future counts as no time: it would
 * keep every later text away.
 */
export function isNewer(kept: string, { until }: DatedText, now: number): boolean {
  const end = Date.parse(line.exec(kept)?.[1] ?? '');
  return end > until && end <= now;
}
