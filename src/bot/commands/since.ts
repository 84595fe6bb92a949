const hour = 3_600_000;
const units: Readonly<Record<string, number>> = { h: hour, d: 24 * hour, w: 168 * hour };
const usual = '7d';
const longest = 90 * 24 * hour;

function instantOf(word: string, now: Date): number | null {
  const [, count, unit = ''] = /^(\d{1,4})([hdw])$/i.exec(word) ?? [];
  const length = units[unit.toLowerCase()];
  if (count !== undefined && length !== undefined) return now.getTime() - Number(count) * length;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(word);
  const day = isDay ? new Date(`${word}T00:00:00Z`) : null;
  // 30 February is read as a day in March.
  return day === null || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== word
    ? null
    : day.getTime();
}

/**
 * Since when to look: `24h`, `7d`, `2w` or a day (UTC), with or without the word `since`; 7 days without a value,
 * 90 at most.
 */
export function sinceOf(args: readonly string[], now: Date): Date | 'unreadable' | 'too-long' {
  const words = args[0]?.toLowerCase() === 'since' ? args.slice(1) : args;
  if (words.length > 1) return 'unreadable';
  const instant = instantOf(words[0] ?? usual, now);
  if (instant === null) return 'unreadable';
  const isWithin = instant < now.getTime() && now.getTime() - instant <= longest;
  return isWithin ? new Date(instant) : 'too-long';
}
