import * as z from 'zod';
import { once } from '../../model/once.ts';
import { type AlertFormat, address, malformed, reading } from './alert-format.ts';
import { alertOf, groupedAlert } from './alertmanager.ts';

/** Grafana adds links; an alert without a panel has empty ones. */
const alert = groupedAlert.extend({
  panelURL: z.string().nullish(),
  dashboardURL: z.string().nullish(),
});

const schema = z.object({
  alerts: z.array(alert),
  truncatedAlerts: z.number().int().nonnegative().nullish(),
  groupKey: z.string().nullish(),
  orgId: z.number(),
});

/** The contact point "Webhook" of Grafana Alerting. */
export const grafana: AlertFormat = {
  name: 'grafana',
  specification:
    'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/',
  read(payload) {
    const parsed = schema.safeParse(payload, once);
    if (!parsed.success) return malformed('Grafana', parsed.error);
    const { alerts, truncatedAlerts, groupKey } = parsed.data;
    const found = alerts.map((one) =>
      alertOf(one, address(one.panelURL) ?? address(one.dashboardURL) ?? address(one.generatorURL)),
    );
    return reading(found, truncatedAlerts ?? 0, groupKey ?? '');
  },
};
