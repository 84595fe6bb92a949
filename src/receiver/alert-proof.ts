/** Whether alerts come from the tool that they say: by the secret of the source, or by Sentry's signature. */
import { createHmac } from 'node:crypto';
import type { RefusalCode } from './refusal.ts';
import { isOneOfSecrets } from './same-secret.ts';

/** The headers that prove an alert; empty where one is missing. */
export interface AlertHeaders {
  /** `Authorization`: a bearer token, or a password with any username. */
  readonly authorization: string;
  /** `Sentry-Hook-Signature` */
  readonly signature: string;
}

/** What can be right for one source of one project. */
export interface AlertSecrets {
  /** The newest first, the old one of a rotation after it. */
  readonly tokens: readonly string[];
  /** Client secrets of integrations of Sentry; empty for other sources. */
  readonly clientSecrets: readonly string[];
}

const tokenForm = /^[\x21-\x7e]{8,256}$/;
/** HMAC-SHA256 of the body, in hexadecimal. */
const signatureForm = /^[0-9a-f]{64}$/;

/** The token of a bearer, or the password of a basic authorization; null for other texts. */
function tokenIn(authorization: string): string | null {
  const [, scheme = '', value = ''] = /^(\w{1,20}) +([\x21-\x7e]{1,1000})$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme) || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return null;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? null : pair.slice(colon + 1);
}

function problemOfToken(authorization: string, { tokens }: AlertSecrets): RefusalCode | null {
  const token = tokenIn(authorization);
  if (token === null || !tokenForm.test(token)) return 'secret-malformed';
  return isOneOfSecrets(token, tokens) ? null : 'secret-wrong';
}

/** Why an alert cannot be believed, whatever its body is; null when its body must be looked at. */
export function problemOfAlertHeaders(
  { authorization, signature }: AlertHeaders,
  secrets: AlertSecrets,
): RefusalCode | null {
  if (authorization !== '') return problemOfToken(authorization, secrets);
  if (signature === '') return 'secret-missing';
  if (!signatureForm.test(signature)) return 'secret-malformed';
  return secrets.clientSecrets.length === 0 ? 'secret-wrong' : null;
}

/**
 * Why an alert is not believed; null when it is. Source of the signature:
 * https://docs.sentry.io/organization/integrations/integration-platform/webhooks/#verifying-the-signature
 */
export function problemOfAlert(
  headers: AlertHeaders,
  body: Uint8Array,
  secrets: AlertSecrets,
): RefusalCode | null {
  const problem = problemOfAlertHeaders(headers, secrets);
  if (problem !== null || headers.authorization !== '') return problem;
  const wanted = secrets.clientSecrets.map((secret) =>
    createHmac('sha256', secret).update(body).digest('hex'),
  );
  return isOneOfSecrets(headers.signature, wanted) ? null : 'secret-wrong';
}
