/** The text, or its beginning with an ellipsis: at most so many UTF-16 units, never half a character. */
export function shortenText(value: string, maxLength: number): string {
  if (value.length <= maxLength) return value;
  return `${value.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The text, or its end after an ellipsis: of a path the end says most. */
export function shortenStart(value: string, maxLength: number): string {
  if (value.length <= maxLength) return value;
  return `…${value.slice(1 - maxLength).replace(/^[\uDC00-\uDFFF]/, '')}`;
}
