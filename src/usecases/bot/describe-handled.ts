import type { LogFields } from '../../io/port.ts';
import { describeBotWrite } from '../../publish/describe-bot-write.ts';
import type { DoneWrite, Handled } from './bot-world.ts';

/** One line of the log. */
export interface HandledLine {
  readonly level: 'debug' | 'info' | 'warn';
  readonly text: string;
  readonly fields: LogFields;
}

function lineOf({ write, outcome, url, detail }: DoneWrite, about: LogFields): HandledLine {
  const text = `${outcome}: ${describeBotWrite(write)}`;
  const fields = { ...about, write: write.action.do };
  if (outcome === 'refused')
    return { level: 'warn', text: `${text}: ${detail ?? 'GitLab refused it'}`, fields };
  return { level: 'info', text: url === null ? text : `${text} ${url}`, fields };
}

/**
 * Writes that were logged when they were done. The summary lists only planned writes, and the report, which has its own
 * log.
 */
function isTold({ write, outcome }: DoneWrite): boolean {
  return outcome !== 'would' && write.action.do !== 'report';
}

/**
 * The outcome of an event, in words: why rules matched or did not, each write that was not logged yet, and the total.
 */
export function describeHandled({
  outcome,
  reason,
  writes,
  explanation,
  about = {},
}: Handled): readonly HandledLine[] {
  return [
    ...explanation.map((text): HandledLine => ({ level: 'debug', text, fields: about })),
    ...writes.filter((done) => !isTold(done)).map((done) => lineOf(done, about)),
    { level: 'info', text: `${outcome}: ${reason}`, fields: { ...about, outcome } },
  ];
}
