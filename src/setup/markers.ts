/**
 * How Herald recognises its own things in GitLab: by their descriptions. `--remove` deletes only things that have such
 * a description.
 */
import { createHash } from 'node:crypto';

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

const secretMark = /^(Made|Taken over) by herald setup \(([0-9a-f]{16})\)/;

/** What the description of a secret variable says. */
export interface SecretMark {
  /** Shows that the token is still the same, and nothing else about it. */
  readonly fingerprint: string;
  /** Somebody else had made the variable: Herald writes the token into it, and never takes it away. */
  readonly takenOver: boolean;
}

/** The description of a secret variable. */
export function secretDescription({ fingerprint, takenOver }: SecretMark): string {
  const how = takenOver ? 'Taken over' : 'Made';
  return `${how} by herald setup (${fingerprint}): the token of the bot.`;
}

/** What the description of a variable says; null for one that Herald neither made nor wrote. */
export function readSecretDescription(description: string | null): SecretMark | null {
  const [, how, fingerprint] = secretMark.exec(description ?? '') ?? [];
  return fingerprint === undefined ? null : { fingerprint, takenOver: how !== 'Made' };
}

/** Shows that a token is still the same; 64 bits of a hash reveal nothing about a token that nobody can guess. */
export function fingerprintOf(token: string): string {
  return createHash('sha256').update(`herald setup ${token}`).digest('hex').slice(0, 16);
}
