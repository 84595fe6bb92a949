import { UsageError } from '../errors.ts';
import type { WebhookOwner, WebhookSecrets } from '../model/setup.ts';
import type { AlertSecrets } from '../receiver/alert-proof.ts';
import { type AlertPlace, alertSecretOf, isSentry } from '../receiver/alert-secret.ts';
import { type HookOwner, hookSecretOf, minSecretLength } from '../receiver/hook-secret.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The new one, and during a rotation the one before it. */
const names = ['HERALD_WEBHOOK_SECRET', 'HERALD_WEBHOOK_SECRET_OLD'] as const;

/** Webhooks whose secrets are kept in memory, some 300 bytes each. */
const maxRemembered = 10_000;

/**
 * The secrets of every webhook, derived from the one in `HERALD_WEBHOOK_SECRET`. A webhook whose address names no
 * project and no group has none, so nothing it sends is believed. Throws `UsageError` for a missing or a short one.
 */
export function receiverSecretsFrom(
  variables: Variables,
): (owner: HookOwner | null) => readonly WebhookSecrets[] {
  const known = masterSecretsFrom(variables);
  const derive = remembering((owner) => known.map((secret) => hookSecretOf(secret, owner)));
  return (owner) => (owner === null ? [] : derive(owner));
}

/** Of Sentry's internal integrations, each of which has one of its own: several are separated by spaces. */
const clientSecrets = 'HERALD_SENTRY_SECRET';

/**
 * The secrets of every source of alerts, derived from the same one; for Sentry, the secrets of its integrations, too.
 * Throws `UsageError` like `receiverSecretsFrom`.
 */
export function alertSecretsFrom(variables: Variables): (place: AlertPlace) => AlertSecrets {
  const known = masterSecretsFrom(variables);
  const ofSentry = (variables[clientSecrets] ?? '').split(/\s+/).filter((secret) => secret !== '');
  return (place) => ({
    tokens: known.map((secret) => alertSecretOf(secret, place)),
    clientSecrets: isSentry(place) ? ofSentry : [],
  });
}

/** The secrets that all others are derived from, the newest first. */
function masterSecretsFrom(variables: Variables): readonly string[] {
  const secrets = names.map((name) => (variables[name] ?? '').trim());
  const [current = ''] = secrets;
  if (current === '')
    throw new UsageError('HERALD_WEBHOOK_SECRET is not set', {
      hint: 'give the receiver and herald setup --receiver the same secret, made by: openssl rand -hex 32',
    });
  for (const [at, secret] of secrets.entries())
    if (secret !== '' && secret.length < minSecretLength)
      throw new UsageError(`${names[at] ?? ''} is shorter than ${minSecretLength} characters`, {
        hint: 'make one by: openssl rand -hex 32',
      });
  return secrets.filter((secret) => secret !== '');
}

/** Deriving is a good part of what a delivery costs, and a webhook delivers again and again. */
function remembering(
  derive: (owner: HookOwner) => readonly WebhookSecrets[],
): (owner: HookOwner) => readonly WebhookSecrets[] {
  const remembered = new Map<string, readonly WebhookSecrets[]>();
  return (owner) => {
    const name = `${owner.kind} ${owner.id}`;
    const found = remembered.get(name);
    if (found !== undefined) return found;
    const [oldest] = remembered.keys();
    // Strangers may name any owner, so what they make the receiver remember has a bound.
    if (oldest !== undefined && remembered.size >= maxRemembered) remembered.delete(oldest);
    const secrets = derive(owner);
    remembered.set(name, secrets);
    return secrets;
  };
}

/**
 * The secret that each webhook should have, for those who make or check webhooks. No webhook has one where none is
 * given and none is needed. Throws `UsageError` like `receiverSecretsFrom`.
 */
export function webhookSecretsFrom(
  variables: Variables,
  { isNeeded }: { readonly isNeeded: boolean },
): (owner: WebhookOwner) => WebhookSecrets | null {
  if (!isNeeded && (variables[names[0]] ?? '') === '') return () => null;
  const secretsOf = receiverSecretsFrom(variables);
  return (owner) => {
    const hookOwner: HookOwner =
      typeof owner === 'number' ? { kind: 'project', id: owner } : { kind: 'group', id: owner.group };
    return secretsOf(hookOwner)[0] ?? null;
  };
}
