/**
 * How Herald recognises its own things in GitLab: by their descriptions. `--remove` deletes only things that have such
 * a description.
 */
import { createHash } from 'node:crypto';
import type { WebhookOwner, WebhookSecrets } from '../model/setup.ts';

/** Name of the masked part of the webhook's address. */
export const tokenVariable = 'herald_token';

const hookMark = /^Made by herald setup \(bot project (\d{1,15}), trigger token (\d{1,15})\)/;

/** The description of a webhook; it ties the webhook to the project it starts pipelines in, and to its token there. */
export function hookDescription(botProject: number, trigger: number): string {
  return `Made by herald setup (bot project ${botProject}, trigger token ${trigger}). Changes made here are undone by its next run.`;
}

/** What the description of a webhook says; null for one that Herald did not make. */
export function readHookDescription(
  description: string | null,
): { readonly botProject: number; readonly trigger: number } | null {
  const [, botProject, trigger] = hookMark.exec(description ?? '') ?? [];
  return botProject === undefined || trigger === undefined
    ? null
    : { botProject: Number(botProject), trigger: Number(trigger) };
}

const receiverMark =
  /^Made by herald setup \(receiver of (project|group) (\d{1,15}), secret ([0-9a-f]{16})\)/;

/** What the description of a receiver's webhook says. */
export interface ReceiverMark {
  readonly owner: WebhookOwner;
  /** Shows that its secret is still the same: GitLab never shows a secret. */
  readonly fingerprint: string;
}

/** The description of a webhook that sends its events to a receiver. */
export function receiverDescription({ owner, fingerprint }: ReceiverMark): string {
  const of = typeof owner === 'number' ? `project ${owner}` : `group ${owner.group}`;
  return `Made by herald setup (receiver of ${of}, secret ${fingerprint}). Changes made here are undone by its next run.`;
}

/** What the description of a webhook says; null for one that Herald did not make for a receiver. */
export function readReceiverDescription(description: string | null): ReceiverMark | null {
  const [, kind, id, fingerprint] = receiverMark.exec(description ?? '') ?? [];
  if (fingerprint === undefined) return null;
  return { owner: kind === 'group' ? { group: Number(id) } : Number(id), fingerprint };
}

const triggerMark = /^herald setup: webhook of project (\d{1,15}) \(/;

/** The description of a trigger token, which belongs to one webhook; the time makes it unique. */
export function triggerDescription(watchedProject: number, now: Date): string {
  return `herald setup: webhook of project ${watchedProject} (${now.toISOString()})`;
}

/** The project whose webhook a trigger token is for; null for one that Herald did not make. */
export function readTriggerDescription(description: string): number | null {
  const [, project] = triggerMark.exec(description) ?? [];
  return project === undefined ? null : Number(project);
}

export const scheduleDescription = 'Herald: sweep (made by herald setup)';

const secretMark = /^(Made|Taken over) by herald setup \(([0-9a-f]{16})(?:, token (\d{1,15}))?\)/;

/** What the description of a secret variable says. */
export interface SecretMark {
  /** Shows that the token is still the same, and nothing else about it. */
  readonly fingerprint: string;
  /** Somebody else had made the variable: Herald writes the token into it, and never takes it away. */
  readonly takenOver: boolean;
  /** The token's id in GitLab, where Herald made or rotated it; else null. */
  readonly token: number | null;
}

/** The description of a secret variable. */
export function secretDescription({ fingerprint, takenOver, token }: SecretMark): string {
  const how = takenOver ? 'Taken over' : 'Made';
  const id = token === null ? '' : `, token ${token}`;
  return `${how} by herald setup (${fingerprint}${id}): the token of the bot.`;
}

/** What the description of a variable says; null for one that Herald neither made nor wrote. */
export function readSecretDescription(description: string | null): SecretMark | null {
  const [, how, fingerprint, token] = secretMark.exec(description ?? '') ?? [];
  if (fingerprint === undefined) return null;
  return { fingerprint, takenOver: how !== 'Made', token: token === undefined ? null : Number(token) };
}

const accountTokenMark = /^HERALD_TOKEN of project (\d{1,15}) \(herald setup, /;

/** The name of a token that Herald makes for the variable of a project; the time makes it unique. */
export function accountTokenName(botProject: number, now: Date): string {
  return `HERALD_TOKEN of project ${botProject} (herald setup, ${now.toISOString()})`;
}

/** The project whose variable a token was made for; null for one that Herald did not make. */
export function readAccountTokenName(name: string): number | null {
  const [, project] = accountTokenMark.exec(name) ?? [];
  return project === undefined ? null : Number(project);
}

/** The same for the secrets of a receiver's webhook. */
export function fingerprintOfSecret(secrets: WebhookSecrets | null): string {
  const { token = '', tokenBesideSignature = '', signingToken = '' } = secrets ?? {};
  return fingerprintOf(`${token} ${tokenBesideSignature} ${signingToken}`);
}

/** Shows that a token is still the same; 64 bits of a hash reveal nothing about a token that nobody can guess. */
export function fingerprintOf(token: string): string {
  return createHash('sha256').update(`herald setup ${token}`).digest('hex').slice(0, 16);
}
