import type { Alert, AlertSource } from '../../model/alert.ts';
import type { AlertReading } from '../../trail/alerts/alert-format.ts';
import { alertKey, keyStartOf, restKey } from '../../trail/alerts/alert-key.ts';
import {
  maxUnread,
  maxWaiting,
  parseAlertRecord,
  parseRestRecord,
  type RestRecord,
} from '../../trail/alerts/alert-record.ts';
import { type AlertPlan, planAlert } from '../../trail/alerts/plan-alert.ts';

/** An issue of the bot about an alert, with its record where that is proved. */
export interface AlertIssue {
  readonly iid: number;
  readonly key: string;
  readonly state: 'opened' | 'closed';
  readonly record: string | null;
}

/** What is done about one alert. */
export interface AlertDecision {
  readonly alert: Alert;
  readonly key: string;
  /** Null until an issue is opened. */
  readonly iid: number | null;
  readonly plan: Exclude<AlertPlan, { readonly do: 'nothing' }>;
}

/** What is done about the alerts without an issue of their own. */
export interface RestDecision {
  readonly iid: number | null;
  readonly record: RestRecord;
  /** The last of them; null where only some of them are over. */
  readonly last: Alert | null;
  readonly state: 'opened' | 'closed';
}

export interface AlertDecisions {
  readonly decisions: readonly AlertDecision[];
  readonly rest: RestDecision | null;
  /** Why nothing is done about an alert, one entry for each. */
  readonly unchanged: readonly string[];
}

function wordIn(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1).slice(0, 16);
}

/** Of alerts of the same fingerprint the last one counts. */
function withoutRepeats(alerts: readonly Alert[], source: string): ReadonlyMap<string, Alert> {
  const last = new Map<string, Alert>();
  for (const alert of alerts) {
    const key = alertKey(source, alert.fingerprint);
    last.delete(key);
    last.set(key, alert);
  }
  return last;
}

class Rest {
  readonly #standing: AlertIssue | null;
  #record: RestRecord;
  #last: Alert | null = null;
  #isChanged = false;

  constructor(standing: AlertIssue | null) {
    this.#standing = standing;
    const record = parseRestRecord(standing?.record ?? null) ?? { count: 0, waiting: [], unread: [] };
    this.#record = standing?.state === 'closed' ? { ...record, waiting: [], unread: [] } : record;
  }

  /** False where it waits already. */
  add(key: string, alert: Alert): boolean {
    const word = wordIn(key);
    const { count, waiting, unread } = this.#record;
    if (waiting.includes(word)) return false;
    this.#record = { count: count + 1, waiting: [...waiting, word].slice(-maxWaiting), unread };
    this.#last = alert;
    this.#isChanged = true;
    return true;
  }

  remove(key: string): void {
    const { waiting, ...record } = this.#record;
    const others = waiting.filter((word) => word !== wordIn(key));
    if (others.length === waiting.length) return;
    this.#record = { ...record, waiting: others };
    this.#isChanged = true;
  }

  /** Remembers how many alerts the latest message of a group had that were not read. */
  leave({ group, omitted }: Pick<ReadAlerts, 'group' | 'omitted'>): void {
    const { unread } = this.#record;
    const known = unread.find(([word]) => word === group)?.[1] ?? 0;
    if (known === omitted) return;
    const others = unread.filter(([word]) => word !== group);
    const now: RestRecord['unread'] = omitted === 0 ? others : [...others, [group, omitted]];
    this.#record = { ...this.#record, unread: now.slice(-maxUnread) };
    this.#isChanged = true;
  }

  get decision(): RestDecision | null {
    if (!this.#isChanged) return null;
    const isOver = this.#record.waiting.length + this.#record.unread.length === 0;
    return {
      iid: this.#standing?.iid ?? null,
      record: this.#record,
      last: this.#last,
      state: isOver ? 'closed' : 'opened',
    };
  }
}

interface Standing {
  readonly source: Pick<AlertSource, 'name' | 'max'>;
  /** Of this source and others. */
  readonly issues: readonly AlertIssue[];
  /** ISO 8601. */
  readonly now: string;
}

/** Of several issues of a key the open one, else the first. */
function issueOf(key: string, issues: readonly AlertIssue[]): AlertIssue | null {
  const same = issues.filter((issue) => issue.key === key);
  return same.find(({ state }) => state === 'opened') ?? same[0] ?? null;
}

/** What is added to the number of open issues. */
const opened: Readonly<Record<AlertDecision['plan']['do'], number>> = {
  open: 1,
  reopen: 1,
  count: 0,
  close: -1,
};

function planFor(issue: AlertIssue | null, alert: Alert, now: string): AlertPlan {
  const standing = issue === null ? null : { state: issue.state, record: parseAlertRecord(issue.record) };
  return planAlert(standing, alert, now);
}

type ReadAlerts = Pick<Extract<AlertReading, { readonly outcome: 'alerts' }>, 'alerts' | 'group' | 'omitted'>;

/** What is done about alerts of one payload, whatever order they came in. */
export function decideAlerts(read: ReadAlerts, { source, issues, now }: Standing): AlertDecisions {
  const start = keyStartOf(source.name);
  const own = issues.filter(({ key }) => key.startsWith(start));
  const rest = new Rest(issueOf(restKey(source.name), own));
  let open = own.filter(({ state, key }) => state === 'opened' && key !== restKey(source.name)).length;
  const decisions: AlertDecision[] = [];
  const unchanged: string[] = [];
  rest.leave(read);
  for (const [key, alert] of withoutRepeats(read.alerts, source.name)) {
    const issue = issueOf(key, own);
    const plan = planFor(issue, alert, now);
    if (alert.state === 'resolved') rest.remove(key);
    if (plan.do === 'nothing') {
      unchanged.push(plan.why);
    } else if (opened[plan.do] > 0 && open >= source.max) {
      if (!rest.add(key, alert)) unchanged.push('it is counted');
    } else {
      open += opened[plan.do];
      decisions.push({ alert, key, iid: issue?.iid ?? null, plan });
    }
  }
  return { decisions, rest: rest.decision, unchanged };
}
