import type { AlertFormatName } from '../../model/alert.ts';
import type { AlertFormat } from './alert-format.ts';
import { alertmanager } from './alertmanager.ts';
import { grafana } from './grafana.ts';
import { json } from './json.ts';
import { sentry } from './sentry.ts';

/** Every tool whose alerts Herald reads. */
export const alertFormats: Readonly<Record<AlertFormatName, AlertFormat>> = {
  alertmanager,
  grafana,
  sentry,
  json,
};
