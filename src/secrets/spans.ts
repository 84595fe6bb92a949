/** The text that replaces a secret in every output. */
export const masked = '[MASKED]';

/** Part of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Puts `[MASKED]` in place of the parts; overlapping ones are one: of two secrets that overlap, no rest may stay. */
export function withoutSpans(text: string, spans: readonly Span[]): string {
  let result = '';
  let position = 0;
  let end = -1;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start >= end) {
      if (end >= 0) position = end;
      result += text.slice(position, span.start) + masked;
    }
    end = Math.max(end, span.end);
  }
  return result + text.slice(Math.max(end, 0));
}
