import { createHash } from 'node:crypto';

/** Begins the keys of all issues of a source. A source's name has no slash, so no other source's keys begin so. */
export function keyStartOf(source: string): string {
  return `alert/${source}/`;
}

/** The key of the issue about an alert. The tool's fingerprint is only in it by its hash. */
export function alertKey(source: string, fingerprint: string): string {
  return `${keyStartOf(source)}${createHash('sha256').update(fingerprint).digest('hex').slice(0, 32)}`;
}

/** The key of the issue that counts alerts without an issue of their own. */
export function restKey(source: string): string {
  return `${keyStartOf(source)}rest`;
}
