import { HashCounts } from './hash-counts.ts';
import { hashDigits, stableHash } from './stable-hash.ts';

/** Enough of a message to distinguish findings of one rule in one file. */
const CONTEXT_CHARACTERS = 500;

/**
 * A message without what changes when lines move or code grows: numbers become `#`, blanks become one. Numbers inside
 * words stay (`CVE-2024-1234`, `sha256`), as they name things.
 */
export function normalisedContext(message: string): string {
  return message
    .slice(0, CONTEXT_CHARACTERS)
    .replace(/0x[0-9a-f]+|[\p{L}_][\p{L}\p{N}_-]*|\d+/giu, (word) => (/^\d/.test(word) ? '#' : word))
    .replace(/\s+/g, ' ')
    .trim();
}

export interface IdentifiableFinding {
  readonly rule: string;
  readonly path: string | null;
  readonly message: string;
}

/**
 * Gives findings their identity: 16 hexadecimal digits that stay the same when lines shift. Made from the tool's own
 * fingerprint where there is one, else from rule, path and normalised message; the k-th equal one gets an ordinal.
 */
export interface FindingIdentities {
  identify(finding: IdentifiableFinding, fingerprint: string | null): string;
}

function identityText(finding: IdentifiableFinding, fingerprint: string | null): string {
  if (fingerprint !== null && fingerprint.trim() !== '') return `fingerprint\u0000${fingerprint}`;
  return `${finding.rule}\u0000${finding.path ?? ''}\u0000${normalisedContext(finding.message)}`;
}

/**
 * Starts the identities of one report. Fingerprints get ordinals as well, since tools repeat one for different places.
 * Past `limit` different findings, ordinals are no longer counted.
 */
export function findingIdentities(limit: number): FindingIdentities {
  const seen = new HashCounts();
  return {
    identify(finding, fingerprint) {
      const text = identityText(finding, fingerprint);
      const first = stableHash(text);
      const ordinal = seen.countOf(first);
      if (ordinal > 0 || seen.size < limit) seen.add(first);
      return hashDigits(ordinal === 0 ? first : stableHash(`${text}\u0000${ordinal}`));
    },
  };
}
