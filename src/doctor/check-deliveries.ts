import { counted } from '../model/plural.ts';
import type { HookDelivery } from '../model/setup.ts';
import { type Check, fine, problem, type Topic, warning } from './check.ts';

/** What GitLab remembers of a webhook's deliveries. */
export interface DeliverySigns {
  /** Full path of the watched project. */
  readonly project: string;
  readonly hook: number;
  /** Newest first. */
  readonly deliveries: readonly HookDelivery[];
  /** The page of the webhook, with its recent deliveries. */
  readonly page: string;
  /** The command that asks for the failed ones again. */
  readonly resend: string;
  readonly now: Date;
}

function wasTaken({ status }: HookDelivery): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** `2 hours ago`; empty where GitLab does not say when. */
function agoOf(at: string | null, now: Date): string {
  const milliseconds = now.getTime() - Date.parse(at ?? '');
  if (!Number.isFinite(milliseconds)) return '';
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 120) return ` ${counted(minutes, { one: 'minute', other: 'minutes' })} ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return ` ${counted(hours, { one: 'hour', other: 'hours' })} ago`;
  return ` ${counted(Math.round(hours / 24), { one: 'day', other: 'days' })} ago`;
}

/** The last failure in words, with the beginning of the answer. */
function failureOf({ event, status, answer, at }: HookDelivery, now: Date): string {
  const what = event.replace(/_hooks$/, '').replaceAll('_', ' ');
  const how = status === null ? 'got no answer' : `was answered ${status}`;
  const words = answer.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
  return `the ${what} event${agoOf(at, now)} ${how}${words === '' ? '' : `: ${words}`}`;
}

/**
 * Whether the deliveries of a webhook arrive: a problem when the newest failed, a warning when older ones did, with the
 * rate, the last failure and where to look.
 */
export function checkDeliveries(signs: DeliverySigns): readonly Check[] {
  const { project, deliveries, page, resend, now } = signs;
  const topic: Topic = { project, about: 'deliveries' };
  const [newest] = deliveries;
  const failed = deliveries.filter((one) => !wasTaken(one));
  const [lastFailed] = failed;
  if (newest === undefined) return [fine(project, topic.about, 'none in the last days')];
  const forms = { one: 'delivery', other: 'deliveries' };
  const last = `the last ${counted(deliveries.length, forms)}`;
  if (lastFailed === undefined)
    return [fine(project, topic.about, `${last} arrived, the newest${agoOf(newest.at, now)}`)];
  const percent = Math.round((failed.length / deliveries.length) * 100);
  const words = `${failed.length} of ${last} failed (${percent} %); ${failureOf(lastFailed, now)}`;
  const remedy = `look at ${page}, fix the cause, and ask for them again: ${resend}`;
  return [(wasTaken(newest) ? warning : problem)(topic, words, remedy)];
}
