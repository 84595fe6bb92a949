import type { Alert, AlertFields } from '../../model/alert.ts';
import {
  type AlertFormat,
  type AlertReading,
  address,
  blankAlert,
  fingerprintOf,
  instant,
  line,
  lines,
  reading,
  wordOf,
} from './alert-format.ts';

/** The value at a path such as `checks.0.name`; only what the payload itself has. Undefined where it leads nowhere. */
function valueAt(value: unknown, path: string): unknown {
  let inner: unknown = value;
  for (const name of path.split('.')) {
    if (typeof inner !== 'object' || inner === null) return undefined;
    inner = Object.getOwnPropertyDescriptor(inner, name)?.value;
  }
  return inner;
}

/** Texts, numbers and yes or no; null for all else. */
function textAt(value: unknown, path: string | null): string | null {
  if (path === null) return null;
  const found = valueAt(value, path);
  if (typeof found === 'string') return found.trim() === '' ? null : found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : null;
}

/** The same of a time: Unix seconds or milliseconds, or ISO 8601. */
function timeAt(value: unknown, path: string | null): string | null {
  const found = textAt(value, path);
  if (found === null || !/^\d{9,13}(?:\.\d{1,9})?$/.test(found)) return instant(found);
  const number = Number(found);
  return new Date(number < 1e11 ? number * 1_000 : number).toISOString();
}

/** Only a word for it ends an alert. */
function stateAt(value: unknown, { state, resolved }: AlertFields): Alert['state'] {
  const found = textAt(value, state)?.trim().toLowerCase();
  return found !== undefined && resolved.includes(found) ? 'resolved' : 'firing';
}

function alertAt(value: unknown, fields: AlertFields): Alert | string {
  const parts = fields.fingerprint.map((path) => textAt(value, path));
  const missing = fields.fingerprint.find((_path, index) => parts[index] === null);
  if (missing !== undefined) return `fingerprint: nothing is at "${missing}"`;
  const fingerprint = fingerprintOf(JSON.stringify(parts));
  const severity = textAt(value, fields.severity);
  const at = timeAt(value, fields.time);
  const state = stateAt(value, fields);
  const alert: Alert = {
    ...blankAlert,
    fingerprint,
    state,
    title: line(textAt(value, fields.title) ?? parts.join(' ')),
    severity: severity === null ? null : line(severity, 60),
    text: lines(textAt(value, fields.text) ?? ''),
    link: address(textAt(value, fields.link)),
    at,
    began: state === 'resolved' ? at : null,
    occurrence: at === null ? wordOf('payload', JSON.stringify(value)) : wordOf(fingerprint, state, at),
    isNumbered: at !== null,
  };
  return alert;
}

function read(payload: unknown, fields: AlertFields | null): AlertReading {
  if (fields === null) return { outcome: 'malformed', reason: 'the format json needs "fields"' };
  const found = fields.list === null ? [payload] : valueAt(payload, fields.list);
  if (!Array.isArray(found))
    return { outcome: 'malformed', reason: `list: no list is at "${fields.list ?? ''}"` };
  const values: readonly unknown[] = found;
  const alerts: Alert[] = [];
  for (const value of values) {
    const alert = alertAt(value, fields);
    if (typeof alert === 'string') return { outcome: 'malformed', reason: alert };
    alerts.push(alert);
  }
  return reading(alerts);
}

/** Any JSON, by paths that the project names. */
export const json: AlertFormat = {
  name: 'json',
  specification: 'docs/guides/alerts.md',
  read,
};
