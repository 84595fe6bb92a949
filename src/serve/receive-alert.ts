/** One message of another tool from its headers to its answer: the same checks as of a delivery, then the spool. */
import { randomBytes } from 'node:crypto';
import { type AlertSecrets, problemOfAlert, problemOfAlertHeaders } from '../receiver/alert-proof.ts';
import type { AlertPlace } from '../receiver/alert-secret.ts';
import { deliveryIdOf } from '../receiver/delivery-id.ts';
import type { RefusalCode } from '../receiver/refusal.ts';
import { wrapAlert } from '../webhooks/alert-envelope.ts';
import {
  type IncomingRequest,
  problemOfHead,
  type Received,
  type ReceiveWorld,
  refused,
  take,
} from './receive.ts';

export interface AlertSettings {
  /** The secrets of a source in a project. */
  alertSecretsOf(place: AlertPlace): AlertSecrets;
  /** Whether the bot has to be shown the secret again, because a trigger hands the alert over. */
  readonly showsSecret: boolean;
}

/** The body of a message that proves where it comes from, or why it is refused. */
async function provenBody(
  request: IncomingRequest,
  secrets: AlertSecrets,
): Promise<Uint8Array | RefusalCode> {
  const headers = {
    authorization: request.header('authorization'),
    signature: request.header('sentry-hook-signature'),
  };
  const strange = problemOfAlertHeaders(headers, secrets);
  if (strange !== null) return strange;
  const body = await request.body();
  if (typeof body === 'string') return body;
  return problemOfAlert(headers, body, secrets) ?? body;
}

/**
 * Sentry numbers its requests. Other tools do not, and may send the same words again when something happens again: then
 * each message counts, and the issue itself knows what is new.
 */
function idOf(request: IncomingRequest, body: Uint8Array, { source, project }: AlertPlace): string {
  const number =
    request.header('request-id') || request.header('idempotency-key') || request.header('webhook-id');
  if (number === '') return randomBytes(24).toString('base64url');
  const numbers = { 'webhook-id': number, 'idempotency-key': '', 'x-gitlab-event-uuid': '' };
  return deliveryIdOf(numbers, body, `alerts ${source} ${project}`);
}

/** Checks one message and keeps it. Never throws for anything that a sender can do. */
export async function receiveAlert(
  request: IncomingRequest,
  place: AlertPlace,
  world: ReceiveWorld & AlertSettings,
): Promise<Received> {
  const problem = problemOfHead(request, world);
  if (problem !== null) return refused(problem);
  const secrets = world.alertSecretsOf(place);
  const body = await provenBody(request, secrets);
  if (typeof body === 'string') return refused(body);
  const secret = world.showsSecret ? (secrets.tokens[0] ?? null) : null;
  const wrapped = wrapAlert(new TextDecoder().decode(body), { ...place, secret });
  if (wrapped === null) return refused('invalid-json');
  const { source, project } = place;
  const delivery = {
    id: idOf(request, body, place),
    event: 'alert',
    project,
    path: null,
    object: `alerts ${project} ${source}`,
    meaning: null,
  };
  return take(delivery, Buffer.from(wrapped), world);
}
