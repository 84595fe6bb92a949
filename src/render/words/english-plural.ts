import { formatCount } from './format-number.ts';

/** `1 test`, `1,204 tests`. */
export function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
