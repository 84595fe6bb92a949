import * as z from 'zod';
import type { Alert } from '../../model/alert.ts';
import { once } from '../../model/once.ts';
import {
  type AlertFormat,
  address,
  blankAlert,
  fingerprintOf,
  instant,
  line,
  lines,
  malformed,
  pairs,
  reading,
  wordOf,
} from './alert-format.ts';

/** Labels or annotations; values that are not text are dropped. */
export const alertTexts = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((values) =>
    Object.fromEntries(
      Object.entries(values ?? {}).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      ),
    ),
  );

/** One alert of a group, as Alertmanager and Grafana send it. */
export const groupedAlert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: alertTexts,
  annotations: alertTexts,
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  generatorURL: z.string().nullish(),
  fingerprint: z.string().min(1).max(200).nullish(),
});

type GroupedAlert = z.output<typeof groupedAlert>;

/** Without a fingerprint, which old versions do not send, the labels are what Alertmanager makes it of. */
function fingerprint({ fingerprint: own, labels }: GroupedAlert): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return own ?? fingerprintOf(JSON.stringify(sorted));
}

/** The alert; each start is one occurrence, however often the tool repeats it. */
export function alertOf(told: GroupedAlert, link: string | null): Alert {
  const { status, labels, annotations, startsAt, endsAt } = told;
  const own = fingerprint(told);
  const begin = instant(startsAt);
  const name = labels['alertname'] ?? own;
  const { summary, description, message } = annotations;
  const { alertname: _name, severity, ...others } = labels;
  const details = [description, message].filter((words) => words !== undefined && words !== summary);
  return {
    ...blankAlert,
    fingerprint: own,
    state: status,
    title: line(summary === undefined ? name : `${name}: ${summary}`),
    severity: severity === undefined ? null : line(severity, 60),
    text: lines(details.join('\n\n')),
    link,
    labels: pairs(others),
    at: status === 'firing' ? begin : instant(endsAt),
    began: status === 'firing' ? null : begin,
    occurrence: wordOf(own, begin ?? ''),
    isNumbered: begin !== null,
  };
}

const schema = z.object({
  alerts: z.array(groupedAlert),
  truncatedAlerts: z.number().int().nonnegative().nullish(),
  groupKey: z.string(),
});

/** Prometheus Alertmanager, the format of version 4: a group of alerts, each with a state of its own. */
export const alertmanager: AlertFormat = {
  name: 'alertmanager',
  specification: 'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config',
  read(payload) {
    const parsed = schema.safeParse(payload, once);
    if (!parsed.success) return malformed('Alertmanager', parsed.error);
    const { alerts, truncatedAlerts, groupKey } = parsed.data;
    const found = alerts.map((one) => alertOf(one, address(one.generatorURL)));
    return reading(found, truncatedAlerts ?? 0, groupKey);
  },
};
