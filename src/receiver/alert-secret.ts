/**
 * One secret for each source of alerts in each project, derived like those of webhooks: a leaked one opens no other.
 */
import { hkdfSync } from 'node:crypto';

/** Where alerts go, as the address says it: `/alerts/sentry/42`. */
export interface AlertPlace {
  /** As `.herald.yml` calls it. */
  readonly source: string;
  /** Id of the project. */
  readonly project: number;
}

/** The secret that a tool sends: 43 characters of base64url (HKDF, https://www.rfc-editor.org/rfc/rfc5869). */
export function alertSecretOf(secret: string, { source, project }: AlertPlace): string {
  const info = `herald alerts ${source} project ${project}`;
  return Buffer.from(hkdfSync('sha256', secret, '', info, 32)).toString('base64url');
}

/** The place that two parts of an address name; null for all other words. */
export function alertPlaceOf(source: string, project: string): AlertPlace | null {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(source) || !/^[1-9]\d{0,14}$/.test(project)) return null;
  return { source, project: Number(project) };
}

/** Whether a source can be Sentry: only its alerts are believed by the signature of an integration. */
export function isSentry({ source }: AlertPlace): boolean {
  return source === 'sentry' || source.startsWith('sentry-');
}
