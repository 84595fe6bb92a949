/** A notification of Alertmanager or Grafana as one alert: what its settings group belongs together. */
import * as z from 'zod';
import type { Alert } from '../../model/alert.ts';
import { once } from '../../model/once.ts';
import {
  type AlertReading,
  address,
  blankAlert,
  fingerprintOf,
  line,
  lines,
  malformed,
  pairs,
  reading,
  wordOf,
} from './alert-format.ts';
import { alertOf, alertTexts, groupedAlert } from './alertmanager.ts';

const schema = z.object({
  groupKey: z.string().min(1),
  groupLabels: alertTexts,
  commonLabels: alertTexts,
  commonAnnotations: alertTexts,
  externalURL: z.string().nullish(),
  alerts: z.array(groupedAlert),
  truncatedAlerts: z.number().int().nonnegative().nullish(),
});

type Group = z.output<typeof schema>;

/** The last of these moments; null where there is none. */
function latest(moments: readonly (string | null)[]): string | null {
  return (
    moments
      .filter((one) => one !== null)
      .sort((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1) ?? null
  );
}

function titleOf({ groupLabels, commonAnnotations }: Group, alerts: readonly Alert[]): string {
  const { alertname, ...others } = groupLabels;
  const [first] = alerts;
  const values = Object.values(others).join(', ');
  const name = alertname ?? (alerts.length === 1 ? first?.title : undefined);
  const words =
    name === undefined
      ? values === ''
        ? 'Alerts'
        : values
      : `${name}${values === '' ? '' : ` (${values})`}`;
  const { summary } = commonAnnotations;
  return line(summary === undefined || alertname === undefined ? words : `${words}: ${summary}`);
}

/** The alerts that fire, one a line; of a group that is over all of them. */
function textOf({ truncatedAlerts }: Group, alerts: readonly Alert[]): string {
  const rows = alerts.map(({ title, labels }) => {
    const where = labels.map(([name, value]) => `${name}=${value}`).join(', ');
    return where === '' ? title : `${title} (${where})`;
  });
  const more = truncatedAlerts ?? 0;
  return lines([...new Set(rows), ...(more === 0 ? [] : [`and ${more} more`])].join('\n'));
}

/**
 * One alert for the whole notification. It is over when none of its alerts fires, and counts once for each start of one
 * of them: the notification is sent again as long as the group fires.
 */
function groupOf(group: Group): readonly Alert[] {
  const all = group.alerts.map((one) => alertOf(one, null));
  const firing = all.filter(({ state }) => state === 'firing');
  const shown = firing.length > 0 ? firing : all;
  if (shown.length === 0) return [];
  const { groupKey, groupLabels, commonLabels, externalURL } = group;
  const { alertname: _name, severity, ...others } = { ...commonLabels, ...groupLabels };
  const began = latest(all.map(({ state, at, began: start }) => (state === 'firing' ? at : start)));
  const isFiring = firing.length > 0;
  return [
    {
      ...blankAlert,
      fingerprint: fingerprintOf(groupKey),
      state: isFiring ? 'firing' : 'resolved',
      title: titleOf(group, shown),
      severity: severity === undefined ? null : line(severity, 60),
      text: textOf(group, shown),
      link: address(externalURL),
      labels: pairs(others),
      at: isFiring ? latest(firing.map(({ at }) => at)) : latest(all.map(({ at }) => at)),
      began: isFiring ? null : began,
      occurrence: wordOf(groupKey, latest(firing.map(({ at }) => at)) ?? began ?? ''),
      isNumbered: began !== null,
    },
  ];
}

/** Reads a notification as one alert. `tool` is its name in messages. */
export function readGroup(payload: unknown, tool: string): AlertReading {
  const parsed = schema.safeParse(payload, once);
  return parsed.success ? reading(groupOf(parsed.data)) : malformed(tool, parsed.error);
}
