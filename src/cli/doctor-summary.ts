import type { Check } from '../doctor/check.ts';
import { counted } from '../model/plural.ts';

const maxNamed = 5;

/** `2 problems (shop/a, shop/b)`; nothing for no check. */
function countedIn(checks: readonly Check[], forms: Parameters<typeof counted>[1]): readonly string[] {
  if (checks.length === 0) return [];
  const projects = [...new Set(checks.flatMap(({ project }) => project ?? []))];
  const more = projects.length > maxNamed ? `, and ${projects.length - maxNamed} more` : '';
  const where = projects.length === 0 ? '' : ` (${projects.slice(0, maxNamed).join(', ')}${more})`;
  return [`${counted(checks.length, forms)}${where}`];
}

/** The run in one line: of many projects the problems are lost among all that is fine. */
export function closingLine(checks: readonly Check[]): string {
  const of = (wanted: Check['state']): readonly Check[] => checks.filter(({ state }) => state === wanted);
  const parts = [
    ...countedIn(of('problem'), { one: 'problem', other: 'problems' }),
    ...countedIn(of('warning'), { one: 'warning', other: 'warnings' }),
    ...countedIn(of('unknown'), { one: 'unknown', other: 'unknown' }),
  ];
  const all = counted(checks.length, { one: 'check', other: 'checks' });
  return `${all}: ${parts.length === 0 ? 'all fine' : parts.join(', ')}`;
}
