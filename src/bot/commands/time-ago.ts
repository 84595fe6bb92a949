import { counted } from '../../model/plural.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago an instant (ISO 8601) was, in the largest useful unit: `3 hours ago`. */
export function timeAgo(instant: string, now: Date): string {
  const passed = now.getTime() - Date.parse(instant);
  if (Number.isNaN(passed)) return 'at an unknown time';
  if (passed < minute) return 'just now';
  if (passed < hour)
    return `${counted(Math.floor(passed / minute), { one: 'minute', other: 'minutes' })} ago`;
  if (passed < 2 * day) return `${counted(Math.floor(passed / hour), { one: 'hour', other: 'hours' })} ago`;
  return `${counted(Math.floor(passed / day), { one: 'day', other: 'days' })} ago`;
}
