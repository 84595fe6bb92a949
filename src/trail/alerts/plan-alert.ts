import type { Alert, AlertWords } from '../../model/alert.ts';
import { type AlertRecord, maxOccurrences } from './alert-record.ts';

/** The issue about an alert as it is. */
export interface StandingAlert {
  readonly state: 'opened' | 'closed';
  /** Null where nothing in it can be believed. */
  readonly record: AlertRecord | null;
}

export type AlertPlan =
  | { readonly do: 'nothing'; readonly why: string }
  | { readonly do: 'open' | 'count' | 'reopen'; readonly record: AlertRecord }
  /** `seconds`: how long it lasted. */
  | { readonly do: 'close'; readonly record: AlertRecord; readonly seconds: number };

const nothing = (why: string): AlertPlan => ({ do: 'nothing', why });

function isBefore(one: string, other: string): boolean {
  return Date.parse(one) < Date.parse(other);
}

function isKnown({ occurrence }: Alert, record: AlertRecord): boolean {
  return record.occurrences.includes(occurrence);
}

function wordsOf({ title, severity, text, link, labels, frames }: Alert): AlertWords {
  return { title, severity, text, link, labels, frames };
}

/** Some messages of a tool say less than others: what they do not mention stays. */
function newer(words: AlertWords, alert: Alert): AlertWords {
  const { severity, text, link, labels, frames } = alert;
  return {
    title: words.title,
    severity: severity ?? words.severity,
    text: text === '' ? words.text : text,
    link: link ?? words.link,
    labels: labels.length < words.labels.length ? words.labels : labels,
    frames: frames.length === 0 ? words.frames : frames,
  };
}

function counted(record: AlertRecord, alert: Alert, at: string): AlertRecord {
  const occurrences = [...record.occurrences, alert.occurrence].slice(-maxOccurrences);
  const latest = isBefore(record.latest, at) ? at : record.latest;
  return { ...record, count: record.count + 1, latest, occurrences, words: newer(record.words, alert) };
}

function began(alert: Alert, at: string): AlertRecord {
  const { occurrence } = alert;
  const times = { first: at, since: at, latest: at, over: null };
  return { count: 1, ...times, occurrences: [occurrence], code: null, words: wordsOf(alert) };
}

function planFiring(standing: StandingAlert | null, alert: Alert, now: string): AlertPlan {
  const at = alert.at ?? now;
  if (standing === null) return { do: 'open', record: began(alert, at) };
  const { state, record } = standing;
  if (record === null) return { do: state === 'opened' ? 'count' : 'reopen', record: began(alert, at) };
  if (isKnown(alert, record)) return nothing('it is known');
  if (state === 'opened') return { do: 'count', record: counted(record, alert, at) };
  const { over } = record;
  const isLate = over !== null && alert.at !== null && isBefore(alert.at, over) && !isBefore(now, over);
  if (isLate) return nothing('it was before its end');
  return { do: 'reopen', record: { ...counted(record, alert, at), since: at, over: null } };
}

function planResolved(standing: StandingAlert | null, alert: Alert, now: string): AlertPlan {
  if (standing === null) return nothing('no issue is about it');
  if (standing.state === 'closed') return nothing('its issue is closed');
  const at = alert.at ?? now;
  // A later occurrence began after what is over now: the tool's message came late.
  if (alert.began !== null && standing.record !== null && isBefore(alert.began, standing.record.latest))
    return nothing('it began again since');
  const record = standing.record ?? { ...began(alert, at), count: 0, occurrences: [] };
  const seconds = Math.max(0, (Date.parse(at) - Date.parse(record.since)) / 1_000);
  // What is not numbered may be sent once more, in the same words, when it happens again.
  const occurrences = alert.isNumbered ? record.occurrences : [];
  return { do: 'close', record: { ...record, over: alert.at, occurrences }, seconds };
}

/** A clock that is wrong, or a lie: an end in the year 9999 would make every alert before it a late one. */
function notAfter(at: string | null, now: string): string | null {
  return at !== null && isBefore(now, at) ? now : at;
}

/**
 * What becomes of the issue about an alert. `now` is ISO 8601. The same alert again gives `nothing`, and so does one
 * that comes late. A time in the future counts as now.
 */
export function planAlert(standing: StandingAlert | null, alert: Alert, now: string): AlertPlan {
  const told = { ...alert, at: notAfter(alert.at, now), began: notAfter(alert.began, now) };
  return told.state === 'firing' ? planFiring(standing, told, now) : planResolved(standing, told, now);
}
