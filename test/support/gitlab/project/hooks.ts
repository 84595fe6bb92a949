import { createHmac, randomUUID } from 'node:crypto';
import { type EmbeddedAnswer, type EmbeddedRequest, ok, page } from '../../../../src/demo/http.ts';
import { refused } from '../../../../src/demo/refusals.ts';
import { forbiddenSwitches, webhookSwitches } from '../../../../src/model/webhook-switch.ts';
import { eventHeaderOf, triggerPipeline } from '../ci/trigger-pipeline.ts';
import { refusals } from '../refusals.ts';
import { allowed, maintainer } from '../roles.ts';
import { type Route, route } from '../route.ts';
import type { EmbeddedDelivery, EmbeddedHook } from '../state/ci.ts';
import { type EmbeddedState, isSince } from '../state/state.ts';

const switches = [...webhookSwitches, ...Object.keys(forbiddenSwitches)];

const defaults = {
  ...Object.fromEntries(switches.map((name) => [name, name === 'push_events'])),
  name: null,
  description: null,
  enable_ssl_verification: true,
  push_events_branch_filter: null,
  branch_filter_strategy: 'wildcard',
  custom_webhook_template: null,
};

const maxTemplateCharacters = 4096;

/** https://docs.gitlab.com/user/project/integrations/webhooks/#mask-sensitive-portions-of-webhook-urls */
const reference = /\{([A-Za-z]+[0-9]*(?:[._-][A-Za-z0-9]+)*)\}/g;

function variablesOf(request: EmbeddedRequest): ReadonlyMap<string, string> {
  const { url_variables: given } = request.body;
  const entries = (Array.isArray(given) ? given : []).flatMap((one: unknown): [string, string][] =>
    typeof one === 'object' && one !== null && 'key' in one && 'value' in one
      ? [[String(one.key), String(one.value)]]
      : [],
  );
  return new Map(entries);
}

/** The address with its variables; null when one is missing. */
function interpolated(url: string, variables: ReadonlyMap<string, string>): string | null {
  const names = [...url.matchAll(reference)].map(([, name = '']) => name);
  if (names.some((name) => !variables.has(name))) return null;
  return url.replace(reference, (_match, name: string) => variables.get(name) ?? '');
}

function isLocal(url: string): boolean {
  return /^(?:127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname);
}

function refusalOf(hook: EmbeddedHook, { ci }: EmbeddedState): EmbeddedAnswer | null {
  const url = interpolated(hook.url, hook.urlVariables);
  if (url === null || !URL.canParse(url)) return refused(refusals.invalidUrl);
  if (ci.blocksLocalWebhooks && isLocal(url)) return refused(refusals.invalidUrl);
  const { custom_webhook_template: template } = hook.fields;
  return typeof template === 'string' && template.length > maxTemplateCharacters
    ? refused(refusals.longTemplate)
    : null;
}

function hookJson(hook: EmbeddedHook, state: EmbeddedState): object {
  return {
    ...hook.fields,
    id: hook.id,
    ...(hook.group_id === undefined ? { project_id: hook.project_id } : { group_id: hook.group_id }),
    url: hook.url,
    url_variables: [...hook.urlVariables.keys()].map((key) => ({ key })),
    alert_status: hook.alert_status,
    disabled_until: hook.alert_status === 'temporarily_disabled' ? '2026-12-01T00:00:00.000Z' : null,
    token_present: hook.secrets?.['token'] !== undefined,
    ...(isSince('19.0', state)
      ? { signing_token_present: hook.secrets?.['signing_token'] !== undefined }
      : {}),
  };
}

/** What is given of `token` and `signing_token`; an older GitLab ignores what it does not know. */
function secretsOf({ body }: EmbeddedRequest, state: EmbeddedState): Readonly<Record<string, string>> {
  const known = isSince('19.0', state) ? ['token', 'signing_token'] : ['token'];
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = body[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
}

/** Only what GitLab knows; everything else in a request is ignored. */
function fieldsOf(request: EmbeddedRequest): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(request.body).filter(([name]) => Object.hasOwn(defaults, name)));
}

function createHook(request: EmbeddedRequest, owner: HookOwner, state: EmbeddedState): EmbeddedAnswer {
  const { url } = request.body;
  if (typeof url !== 'string') return refused(refusals.missingField, 'url');
  const { hooks, maxHooks } = state.ci;
  if (hooks.filter((one) => isOf(owner, one)).length >= maxHooks)
    return refused(refusals.tooManyHooks, String(maxHooks));
  state.nextId += 1;
  const hook: EmbeddedHook = {
    id: state.nextId,
    ...owner,
    url,
    fields: { ...defaults, ...fieldsOf(request) },
    urlVariables: variablesOf(request),
    alert_status: 'executable',
    secrets: secretsOf(request, state),
  };
  const refusal = refusalOf(hook, state);
  if (refusal !== null) return refusal;
  hooks.push(hook);
  return { status: 201, body: hookJson(hook, state) };
}

/**
 * GitLab forgets the masked variables when the address they are in becomes another, by its text or by their values; and
 * the secret when the address changes. Source: app/models/concerns/web_hooks/hook.rb (reset_token)
 */
function changeHook(request: EmbeddedRequest, hook: EmbeddedHook, state: EmbeddedState): EmbeddedAnswer {
  const { url } = request.body;
  const changed: EmbeddedHook = {
    ...hook,
    url: typeof url === 'string' ? url : hook.url,
    fields: { ...hook.fields, ...fieldsOf(request) },
    urlVariables: new Map([...hook.urlVariables, ...variablesOf(request)]),
    secrets: {
      ...(typeof url === 'string' && url !== hook.url ? {} : hook.secrets),
      ...secretsOf(request, state),
    },
  };
  const before = interpolated(hook.url, hook.urlVariables);
  if (hook.urlVariables.size > 0 && interpolated(changed.url, changed.urlVariables) !== before)
    changed.urlVariables = new Map();
  const refusal = refusalOf(changed, state);
  if (refusal !== null) return refusal;
  Object.assign(hook, changed);
  return ok(hookJson(hook, state));
}

/** GitLab's samples, as far as they matter: of what kind they are, and of which project. */
function sampleOf(event: string, projectId: number): Readonly<Record<string, unknown>> {
  const object_kind = event.replace(/_events$/, '');
  return { object_kind, event_name: object_kind, project_id: projectId, project: { id: projectId } };
}

/** Signed as https://docs.gitlab.com/user/project/integrations/webhooks/#signing-tokens says. */
function signatureOf(
  id: string,
  seconds: number,
  body: string,
  token: string,
): Readonly<Record<string, string>> {
  const key = Buffer.from(token.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}

/** Sends to an address outside of GitLab and remembers what came of it. */
function deliver(
  hook: EmbeddedHook,
  { event, data, key }: { readonly event: string; readonly data: unknown; readonly key: string },
  state: EmbeddedState,
): EmbeddedDelivery {
  const body = JSON.stringify(data);
  const { token, signing_token: signing } = hook.secrets ?? {};
  const seconds = Math.floor(Date.now() / 1000);
  const headers = {
    'Content-Type': 'application/json',
    'Idempotency-Key': key,
    ...(token === undefined ? {} : { 'X-Gitlab-Token': token }),
    ...(signing === undefined ? {} : signatureOf(key, seconds, body, signing)),
  };
  let answer: { readonly status: string; readonly body: string };
  try {
    const { status, body: text } = state.ci.receiver({ url: hook.url, headers, body });
    answer = { status: String(status), body: text };
  } catch (error) {
    // As GitLab writes it down. Source: app/services/web_hook_service.rb (InternalErrorResponse)
    answer = { status: 'internal error', body: error instanceof Error ? error.message : '' };
  }
  state.nextId += 1;
  const delivery: EmbeddedDelivery = {
    id: state.nextId,
    hook_id: hook.id,
    trigger: event.replace(/_events$/, '_hooks'),
    request_headers: { ...headers, ...(token === undefined ? {} : { 'X-Gitlab-Token': '[REDACTED]' }) },
    request_data: data,
    response_body: answer.body,
    response_status: answer.status,
    execution_duration: 0.034,
    created_at: new Date().toISOString(),
  };
  state.ci.deliveries.push(delivery);
  return delivery;
}

/** Only twenty at once. Source: lib/api/hooks/events.rb */
function listDeliveries(request: EmbeddedRequest, hook: EmbeddedHook, { ci }: EmbeddedState): EmbeddedAnswer {
  if (Number(request.query.get('per_page') ?? 20) > 20) return refused(refusals.badDeliveryPage);
  return page(ci.deliveries.filter(({ hook_id }) => hook_id === hook.id).reverse(), request);
}

function resendDelivery(id: string, hook: EmbeddedHook, state: EmbeddedState): EmbeddedAnswer {
  const { ci } = state;
  const found = ci.deliveries.find((one) => String(one.id) === id && one.hook_id === hook.id);
  if (found === undefined) return refused(refusals.noDelivery);
  if (ci.resendsLeft === 0) return refused(refusals.tooManyResent);
  ci.resendsLeft -= 1;
  const key = found.request_headers['Idempotency-Key'] ?? '';
  const { response_status } = deliver(hook, { event: found.trigger, data: found.request_data, key }, state);
  return { status: 201, body: { response_status } };
}

function testHook(hook: EmbeddedHook, event: string, state: EmbeddedState): EmbeddedAnswer {
  if (!hook.url.includes('/api/v4/')) {
    const data = sampleOf(event, hook.project_id);
    const { response_status, response_body } = deliver(hook, { event, data, key: randomUUID() }, state);
    if (!/^2\d\d$/.test(response_status)) return refused(refusals.failedHookTest, response_body);
    hook.alert_status = 'executable';
    return { status: 201, body: { message: '201 Created' } };
  }
  const url = new URL(interpolated(hook.url, hook.urlVariables) ?? 'http://embedded/');
  const path = url.pathname.slice(url.pathname.indexOf('/api/v4') + '/api/v4'.length);
  const token = url.searchParams.get('token') ?? '';
  const payload = sampleOf(event, hook.project_id);
  const answer = triggerPipeline(path, { token, payload, event: eventHeaderOf(payload) }, state);
  if (answer.status !== 201) return refused(refusals.failedHookTest, JSON.stringify(answer.body));
  hook.alert_status = 'executable';
  return { status: 201, body: { message: '201 Created' } };
}

/** `project_id` is 0 for a webhook of a group. */
type HookOwner = Pick<EmbeddedHook, 'project_id' | 'group_id'>;

function isOf(owner: HookOwner, hook: EmbeddedHook): boolean {
  return hook.project_id === owner.project_id && hook.group_id === owner.group_id;
}

/**
 * The project or group whose webhooks the user may look after, else GitLab's refusal. Webhooks of groups are Premium,
 * and for owners: https://docs.gitlab.com/api/group_webhooks/
 */
function ownerOf(
  request: EmbeddedRequest,
  [kind, part]: readonly [string, string],
  state: EmbeddedState,
): HookOwner | EmbeddedAnswer {
  if (kind === 'projects') {
    const id = allowed({ request, state }, part, maintainer);
    return typeof id === 'number' ? { project_id: id } : id;
  }
  const group = state.ci.groups.find(({ id, full_path }) => String(id) === part || full_path === part);
  if (group === undefined || !state.ci.hasGroupWebhooks) return refused(refusals.noGroup);
  const isOwner = state.ci.groupOwners?.has(request.user?.id ?? 0) ?? true;
  return isOwner ? { project_id: 0, group_id: group.id } : refused(refusals.roleTooLow);
}

/** A route below one webhook. */
function hookRoute(
  method: string,
  end: string,
  answer: (
    request: EmbeddedRequest,
    found: { hook: EmbeddedHook; part: string },
    state: EmbeddedState,
  ) => EmbeddedAnswer,
): Route {
  const pattern = new RegExp(`^/(projects|groups)/([^/]+)/hooks/(\\d+)${end}$`);
  return route(method, pattern, (request, [kind = '', parent = '', id = '', part = ''], state) => {
    const owner = ownerOf(request, [kind, parent], state);
    if ('status' in owner) return owner;
    const hook = state.ci.hooks.find((one) => isOf(owner, one) && String(one.id) === id);
    return hook === undefined ? refused(refusals.noHook) : answer(request, { hook, part }, state);
  });
}

const list = /^\/(projects|groups)\/([^/]+)\/hooks$/;

/** Webhooks of projects and groups. Source: https://docs.gitlab.com/api/project_webhooks/ */
export const hookRoutes: readonly Route[] = [
  route('GET', list, (request, [kind = '', part = ''], state) => {
    const owner = ownerOf(request, [kind, part], state);
    if ('status' in owner) return owner;
    const hooks = state.ci.hooks.filter((one) => isOf(owner, one));
    return page(
      hooks.map((one) => hookJson(one, state)),
      request,
    );
  }),
  route('POST', list, (request, [kind = '', part = ''], state) => {
    const owner = ownerOf(request, [kind, part], state);
    return 'status' in owner ? owner : createHook(request, owner, state);
  }),
  hookRoute('GET', '', (_request, { hook }, state) => ok(hookJson(hook, state))),
  hookRoute('PUT', '', (request, { hook }, state) => changeHook(request, hook, state)),
  hookRoute('DELETE', '', (_request, { hook }, { ci }) => {
    ci.hooks.splice(ci.hooks.indexOf(hook), 1);
    return { status: 204, body: '' };
  }),
  hookRoute('POST', '/test/([a-z_]+)', (_request, { hook, part }, state) => testHook(hook, part, state)),
  hookRoute('GET', '/events', (request, { hook }, state) => listDeliveries(request, hook, state)),
  hookRoute('POST', '/events/(\\d+)/resend', (_request, { hook, part }, state) =>
    resendDelivery(part, hook, state),
  ),
];
