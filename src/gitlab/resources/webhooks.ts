import { GroupHooks, ProjectHooks } from '@gitbeaker/rest';
import * as z from 'zod';
import type {
  HookDelivery,
  Webhook,
  WebhookOwner,
  WebhookSecret,
  WebhookSettings,
} from '../../model/setup.ts';
import type { Webhooks } from '../ports/setup.ts';
import type { Api } from '../transport/api.ts';
import { createOnce } from '../transport/create-once.ts';
import { requestsOnly, untyped } from '../transport/gitbeaker-requester.ts';
import { nullIfGone } from '../transport/null-if-gone.ts';
import { pathByHand } from '../transport/path-by-hand.ts';
import { readPages } from '../transport/read-pages.ts';
import { askJson, sendJson } from '../transport/send-json.ts';

const ofProjects = new ProjectHooks(requestsOnly);
const ofGroups = new GroupHooks(requestsOnly);

/** GitLab.com allows 100 webhooks in a project and 50 in a group; an administrator can allow more. */
const maxPages = 10;

const states: Readonly<Record<string, Webhook['state']>> = {
  disabled: 'off',
  temporarily_disabled: 'paused',
};

/** Everything else that GitLab says of a webhook and that is true or false is a switch, or means nothing here. */
const otherFlags = new Set(['enable_ssl_verification', 'token_present', 'signing_token_present']);

/** Null for what GitLab does not say at all. */
function textOf(value: string | null | undefined): string | null {
  return value === undefined ? null : (value ?? '');
}

/** `token` and the values of variables are never in an answer. */
const hookAnswer = z.lazy(() =>
  z
    .looseObject({
      id: z.number().int(),
      url: z.string(),
      name: z.string().nullish(),
      description: z.string().nullish(),
      custom_webhook_template: z.string().nullish(),
      enable_ssl_verification: z.boolean().nullish(),
      push_events_branch_filter: z.string().nullish(),
      branch_filter_strategy: z.string().nullish(),
      url_variables: z.array(z.object({ key: z.string() })).nullish(),
      alert_status: z.string().nullish(),
      disabled_until: z.string().nullish(),
      token_present: z.boolean().nullish(),
      signing_token_present: z.boolean().nullish(),
    })
    .transform((answer): Webhook => {
      const flags = Object.entries(answer).filter(
        (entry): entry is [string, boolean] => typeof entry[1] === 'boolean' && !otherFlags.has(entry[0]),
      );
      return {
        id: answer.id,
        url: answer.url,
        name: textOf(answer.name),
        description: textOf(answer.description),
        switches: Object.fromEntries(flags),
        template: textOf(answer.custom_webhook_template),
        sslVerification: answer.enable_ssl_verification ?? true,
        branchFilter:
          answer.branch_filter_strategy === 'all_branches' ? '' : (answer.push_events_branch_filter ?? ''),
        urlVariables: (answer.url_variables ?? []).map(({ key }) => key),
        state: states[answer.alert_status ?? ''] ?? 'working',
        pausedUntil: answer.disabled_until ?? null,
        hasToken: answer.token_present ?? null,
        isSigned: answer.signing_token_present ?? null,
      };
    }),
);

function hookBody(hook: WebhookSettings): Readonly<Record<string, unknown>> {
  return {
    name: hook.name,
    description: hook.description,
    ...hook.switches,
    custom_webhook_template: hook.template,
    enable_ssl_verification: hook.sslVerification,
    push_events_branch_filter: hook.branchFilter,
    branch_filter_strategy: hook.branchFilter === '' ? 'all_branches' : 'wildcard',
  };
}

function secretBody(secret: WebhookSecret | undefined): Readonly<Record<string, string>> {
  if (secret === undefined) return {};
  const { token, signingToken } = secret;
  return { token, ...(signingToken === null ? {} : { signing_token: signingToken }) };
}

/**
 * GitLab gives twenty on a page at most, with all that was sent and answered. Source: lib/api/hooks/events.rb in its
 * source
 */
const deliveriesOnPage = 20;
const maxAnswerCharacters = 300;

/** GitLab writes "internal error" in place of a status where nobody answered. */
function statusOf(text: unknown): number | null {
  const status = Number(text);
  return Number.isInteger(status) && status >= 100 && status < 600 ? status : null;
}

const deliveryAnswer = z.lazy(() =>
  z
    .looseObject({
      id: z.number().int(),
      trigger: z.string().nullish(),
      request_headers: z.record(z.string(), z.unknown()).nullish().catch(null),
      response_body: z.string().nullish(),
      response_status: z.union([z.string(), z.number()]).nullish(),
      execution_duration: z.number().nullish(),
      created_at: z.string().nullish(),
    })
    .transform((answer): HookDelivery => {
      const key = answer.request_headers?.['Idempotency-Key'];
      return {
        id: answer.id,
        event: answer.trigger ?? '',
        status: statusOf(answer.response_status),
        answer: (answer.response_body ?? '').slice(0, maxAnswerCharacters),
        at: answer.created_at ?? null,
        seconds: answer.execution_duration ?? 0,
        idempotencyKey: typeof key === 'string' ? key : null,
      };
    }),
);

const resendAnswer = z.lazy(() =>
  z.looseObject({ response_status: z.union([z.string(), z.number()]).nullish() }),
);

/** The first parts of the path of an owner's webhooks. */
function rootOf(owner: WebhookOwner): readonly [kind: string, id: number] {
  return typeof owner === 'number' ? ['projects', owner] : ['groups', owner.group];
}

function fetchAll(owner: WebhookOwner, api: Api): Promise<readonly Webhook[]> {
  const list = typeof owner === 'number' ? ofProjects.all(owner) : ofGroups.all(owner.group);
  return readPages({ list, row: hookAnswer, maxPages }, api);
}

async function fetchNewest(
  path: ReturnType<typeof pathByHand>,
  max: number,
  api: Api,
): Promise<readonly HookDelivery[] | null> {
  const deliveries: HookDelivery[] = [];
  for (let page = 1; deliveries.length < max; page += 1) {
    const query = { per_page: String(deliveriesOnPage), page: String(page) };
    const rows = await nullIfGone(askJson({ method: 'GET', path, query }, z.array(deliveryAnswer), api));
    if (rows === null) return null;
    deliveries.push(...rows);
    if (rows.length < deliveriesOnPage) break;
  }
  return deliveries.slice(0, max);
}

type Body = ReturnType<typeof untyped>;

function creation(owner: WebhookOwner, url: string, body: Body): Promise<unknown> {
  return typeof owner === 'number' ? ofProjects.add(owner, url, body) : ofGroups.add(owner.group, url, body);
}

function edition(
  owner: WebhookOwner,
  { id, url }: { readonly id: number; readonly url: string },
  body: Body,
): Promise<unknown> {
  return typeof owner === 'number'
    ? ofProjects.edit(owner, id, url, body)
    : ofGroups.edit(owner.group, id, url, body);
}

/** The part of the port about webhooks. Source: https://docs.gitlab.com/api/project_webhooks/ */
export function createWebhooks(api: Api): Webhooks {
  return {
    fetchWebhooks: (owner) => fetchAll(owner, api),

    async createWebhook(owner, { hook, variables = {}, secret }) {
      const parts = Object.entries(variables).map(([key, value]) => ({ key, value }));
      const body = untyped({
        ...hookBody(hook),
        ...secretBody(secret),
        ...(parts.length === 0 ? {} : { url_variables: parts }),
      });
      return createOnce(
        {
          create: () => askJson(creation(owner, hook.url, body), hookAnswer, api),
          // Its description names the token that it was made with, or its secret, so no other webhook has it.
          findLanded: async () =>
            (await fetchAll(owner, api)).find(
              ({ url, description }) => url === hook.url && description === hook.description,
            ) ?? null,
        },
        api.clock,
      );
    },

    updateWebhook(owner, id, { hook, secret }) {
      const body = untyped({ ...hookBody(hook), ...secretBody(secret) });
      return askJson(edition(owner, { id, url: hook.url }, body), hookAnswer, api);
    },

    async deleteWebhook(owner, id) {
      const request =
        typeof owner === 'number' ? ofProjects.remove(owner, id) : ofGroups.remove(owner.group, id);
      await nullIfGone(sendJson(request, api));
    },

    async testWebhook(owner, id, event) {
      const [kind, parent] = rootOf(owner);
      await sendJson({ method: 'POST', path: pathByHand`/${kind}/${parent}/hooks/${id}/test/${event}` }, api);
    },

    fetchDeliveries(owner, id, max) {
      const [kind, parent] = rootOf(owner);
      return fetchNewest(pathByHand`/${kind}/${parent}/hooks/${id}/events`, max, api);
    },

    async resendDelivery(owner, id, delivery) {
      const [kind, parent] = rootOf(owner);
      const path = pathByHand`/${kind}/${parent}/hooks/${id}/events/${delivery}/resend`;
      const { response_status } = await askJson({ method: 'POST', path }, resendAnswer, api);
      return statusOf(response_status);
    },
  };
}
