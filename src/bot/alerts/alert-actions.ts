import type { AlertCode, AlertSource } from '../../model/alert.ts';
import type { BotAction } from '../../model/bot-write.ts';
import { restKey } from '../../trail/alerts/alert-key.ts';
import type { AlertRecord } from '../../trail/alerts/alert-record.ts';
import { alertDocument, endDocument, restDocument } from './alert-document.ts';
import type { AlertDecision, AlertDecisions, RestDecision } from './decide-alerts.ts';

interface Surroundings {
  readonly source: AlertSource;
  readonly project: { readonly id: number; readonly url: string };
  readonly assigneeIds: readonly number[];
  /** By the key of the issue: where an alert is in the code, for those that were looked up. */
  readonly code: ReadonlyMap<string, AlertCode>;
}

type KeepIssue = Extract<BotAction, { readonly do: 'keepIssue' }>;

function actionOf(decision: AlertDecision, around: Surroundings): KeepIssue {
  const { alert, key, iid, plan } = decision;
  const { source, project, assigneeIds, code } = around;
  const record: AlertRecord = { ...plan.record, code: code.get(key) ?? plan.record.code };
  const isOver = plan.do === 'close';
  return {
    do: 'keepIssue',
    project: project.id,
    key,
    iid,
    title: alert.title,
    document: alertDocument(record, { source: source.name, projectUrl: project.url }),
    record: JSON.stringify(record),
    state: isOver ? 'closed' : 'opened',
    comment: isOver ? { key: 'alert/end', document: endDocument(record, plan.seconds, source.name) } : null,
    labels: source.labels,
    assigneeIds,
    confidential: source.confidential,
  };
}

function restAction({ iid, record, last, state }: RestDecision, around: Surroundings): KeepIssue {
  const { source, project, assigneeIds } = around;
  const { name, max, labels, confidential } = source;
  return {
    do: 'keepIssue',
    project: project.id,
    key: restKey(name),
    iid,
    title: `More alerts of ${name}`,
    document: restDocument(record, last, { source: name, max }),
    record: JSON.stringify(record),
    state,
    comment: null,
    labels,
    assigneeIds,
    confidential,
  };
}

/** What is written about the alerts of a payload. */
export function alertActions(
  { decisions, rest }: AlertDecisions,
  around: Surroundings,
): readonly KeepIssue[] {
  const own = decisions.map((decision) => actionOf(decision, around));
  return rest === null ? own : [...own, restAction(rest, around)];
}
