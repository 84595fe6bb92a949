/**
 * Reads a count as coverage tools write it, cut to a whole number (`12`, `3.0`, `1.2e+07`, `-1`); null when it is
 * absent or no number.
 */
export function countFromText(text: string | null): number | null {
  if (text === null || text.length > 40) return null;
  const value = Number(text);
  if (!Number.isFinite(value) || (value === 0 && text.trim() === '')) return null;
  return Math.trunc(value);
}
