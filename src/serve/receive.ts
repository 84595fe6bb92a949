/** One delivery from its headers to its answer: every check in its order, then the spool. */

import type { WebhookSecrets } from '../model/setup.ts';
import { problemOfHeaders, problemOfProof } from '../receiver/authenticate.ts';
import { type Delivery, deliveryOf } from '../receiver/delivery.ts';
import { deliveryIdOf, numberingHeaders } from '../receiver/delivery-id.ts';
import { type HookOwner, hookOwnerIn } from '../receiver/hook-secret.ts';
import type { Queued } from '../receiver/queue.ts';
import type { RefusalCode } from '../receiver/refusal.ts';
import { maxPayloadBytes, parsePayload } from '../webhooks/parse-payload.ts';
import { type AddressList, clientAddress } from './address-list.ts';
import type { KeepOutcome } from './spool.ts';

/** A request as the framework gives it. */
export interface IncomingRequest {
  /** Address of the other end of the connection. */
  readonly remote: string;
  readonly query: URLSearchParams;
  /** Empty for one that is missing. */
  header(name: string): string;
  /** All of the body, or why there is none. */
  body(): Promise<Uint8Array | RefusalCode>;
}

export interface ReceiveSettings {
  /** Empty: from everywhere. */
  readonly allowFrom: AddressList;
  readonly trustedProxy: AddressList;
  /** The secrets of a webhook, newest first; the owner is null where its address names none. */
  secretsOf(owner: HookOwner | null): readonly WebhookSecrets[];
  /** Whether a project is served, by its id and the path that the payload claims. */
  isServed(project: number, path: string | null): boolean;
}

export interface ReceiveWorld extends ReceiveSettings {
  now(): Date;
  isStopping(): boolean;
  keep(delivery: Delivery, body: Uint8Array): Promise<KeepOutcome>;
}

/** What became of a request. What is known of the delivery is null until its proof is good. */
export type Received =
  | { readonly outcome: 'refused'; readonly code: RefusalCode; readonly delivery: Delivery | null }
  | { readonly outcome: 'queued'; readonly delivery: Delivery; readonly queued: Queued }
  | { readonly outcome: 'duplicate' | 'ignored'; readonly delivery: Delivery };

/** A request that was not taken, and what was known of it by then. */
export function refused(code: RefusalCode, delivery: Delivery | null = null): Received {
  return { outcome: 'refused', code, delivery };
}

function isJson(mediaType: string): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(mediaType);
}

/** The checks that need no body and no secret. */
export function problemOfHead(request: IncomingRequest, world: ReceiveWorld): RefusalCode | null {
  if (world.isStopping()) return 'shutting-down';
  if (Number(request.header('content-length')) > maxPayloadBytes) return 'body-too-large';
  if (!isJson(request.header('content-type'))) return 'wrong-media-type';
  if (world.allowFrom.isEmpty) return null;
  const client = clientAddress(request.remote, request.header('x-forwarded-for'), world.trustedProxy);
  return client !== null && world.allowFrom.has(client) ? null : 'address-not-allowed';
}

function problemOfOwner(owner: HookOwner | null, { project }: Delivery): RefusalCode | null {
  return owner?.kind === 'project' && project !== null && project !== owner.id ? 'project-not-served' : null;
}

/** Keeps an event whose proof is good. */
export async function take(delivery: Delivery, body: Uint8Array, world: ReceiveWorld): Promise<Received> {
  try {
    const kept = await world.keep(delivery, body);
    if (kept.outcome === 'full') return refused('spool-full', delivery);
    return kept.outcome === 'duplicate'
      ? { outcome: 'duplicate', delivery }
      : { ...kept, outcome: 'queued', delivery };
  } catch {
    return refused('spool-unwritable', delivery);
  }
}

/** The body of a request that proves where it comes from, or why it is refused. */
async function provenBody(
  request: IncomingRequest,
  owner: HookOwner | null,
  world: ReceiveWorld,
): Promise<Uint8Array | RefusalCode> {
  const secrets = world.secretsOf(owner);
  const headers = {
    token: request.header('x-gitlab-token'),
    id: request.header('webhook-id'),
    timestamp: request.header('webhook-timestamp'),
    signature: request.header('webhook-signature'),
  };
  const strange = problemOfHeaders(headers, secrets, world.now());
  if (strange !== null) return strange;
  const body = await request.body();
  if (typeof body === 'string') return body;
  return problemOfProof(headers, body, { secrets, now: world.now() }) ?? body;
}

function idOf(request: IncomingRequest, body: Uint8Array, owner: HookOwner | null): string {
  const [id, key, chain] = numberingHeaders.map((name) => request.header(name));
  const numbers = {
    'webhook-id': id ?? '',
    'idempotency-key': key ?? '',
    'x-gitlab-event-uuid': chain ?? '',
  };
  return deliveryIdOf(numbers, body, owner === null ? '' : `${owner.kind} ${owner.id}`);
}

/** Checks one request and keeps its event. Never throws for anything that a sender can do. */
export async function receive(request: IncomingRequest, world: ReceiveWorld): Promise<Received> {
  const problem = problemOfHead(request, world);
  if (problem !== null) return refused(problem);
  const owner = hookOwnerIn(request.query);
  const body = await provenBody(request, owner, world);
  if (typeof body === 'string') return refused(body);
  const parsed = parsePayload(new TextDecoder().decode(body));
  if (parsed.outcome === 'unreadable') return refused('invalid-json');
  const delivery = deliveryOf(idOf(request, body, owner), parsed);
  // GitLab switches off a webhook that is answered with errors, so what nobody handles is a success.
  if (parsed.outcome !== 'event' || delivery.project === null) return { outcome: 'ignored', delivery };
  const stranger = problemOfOwner(owner, delivery);
  if (stranger !== null) return refused(stranger, delivery);
  if (!world.isServed(delivery.project, delivery.path))
    // The webhook of a group has events of all its projects: errors would switch it off for those that are served.
    return owner?.kind === 'group'
      ? { outcome: 'ignored', delivery }
      : refused('project-not-served', delivery);
  return take(delivery, body, world);
}
