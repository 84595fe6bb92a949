import { forbiddenSwitches, webhookSwitches } from '../model/webhook-switch.ts';
import type { WantedWebhook } from './change.ts';
import { tokenVariable } from './markers.ts';

export interface WebhookWishes {
  /** `https://gitlab.example.com/gitlab/api/v4` */
  readonly apiUrl: string;
  readonly botProject: number;
  readonly ref: string;
  readonly events: readonly string[];
  /** Empty for none. */
  readonly template: string;
  readonly sslVerification: boolean;
  /** Empty for all. */
  readonly branches: string;
}

/**
 * The webhook of a watched project: it starts a pipeline of the bot's project for exactly the given events. Everything
 * else is off: GitLab itself would switch pushes on, and pipeline and job events must not be. The token is in the
 * address as a masked variable. Source: https://docs.gitlab.com/ci/triggers/#use-a-webhook
 */
export function wantedWebhook(wishes: WebhookWishes): WantedWebhook {
  const { apiUrl, botProject, ref, events, template, sslVerification, branches } = wishes;
  const path = `projects/${botProject}/ref/${encodeURIComponent(ref)}/trigger/pipeline`;
  return {
    url: `${apiUrl.replace(/\/+$/, '')}/${path}?token={${tokenVariable}}`,
    name: 'Herald',
    switches: Object.fromEntries([
      ...webhookSwitches.map((name): [string, boolean] => [name, events.includes(name)]),
      ...Object.keys(forbiddenSwitches).map((name): [string, boolean] => [name, false]),
    ]),
    template,
    sslVerification,
    branchFilter: events.includes('push_events') ? branches : '',
  };
}

/** The same webhook for more events, without those that must never start pipelines. */
export function withEvents(
  webhook: WantedWebhook,
  events: readonly string[],
  branches: string,
): WantedWebhook {
  const possible = events.filter((name) => !Object.hasOwn(forbiddenSwitches, name));
  if (possible.length === 0) return webhook;
  const switches = { ...webhook.switches, ...Object.fromEntries(possible.map((name) => [name, true])) };
  return { ...webhook, switches, branchFilter: switches['push_events'] === true ? branches : '' };
}
