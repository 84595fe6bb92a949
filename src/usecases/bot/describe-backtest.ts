import { counted } from '../../model/plural.ts';
import type { Backtest, BacktestRow } from './backtest.ts';

function describeRow({ rule, tried, matched, actions }: BacktestRow): string {
  if (tried === 0) return `${rule}: its events leave no history`;
  const counts = [...actions].map(([name, count]) => `${name} ${count}`).join(', ');
  const would = counts === '' ? '' : `; it would: ${counts}`;
  return `${rule}: matches ${matched} of ${tried}${would}`;
}

/** The back-test as lines of text. */
export function describeBacktest({ mergeRequests, issues, complete, rows }: Backtest): readonly string[] {
  const scope = `${counted(mergeRequests, { one: 'merge request', other: 'merge requests' })} and ${counted(issues, { one: 'issue', other: 'issues' })}, as they are today`;
  const head = complete ? `Tried on ${scope}:` : `Tried on the ${scope} that changed last (there are more):`;
  return rows.length === 0 ? ['No rules are configured.'] : [head, ...rows.map(describeRow)];
}
