import type { TestRun } from './format.ts';
import { createRunningHash, type StableHash } from './stable-hash.ts';

/** Made anew by every `take`: one for all identities. */
const hash = createRunningHash();

/** What differs between runs of the same test and must not make two tests of it: places of a checkout, object addresses, times. */
const checkout =
  /(?:\/builds\/[^/\s]+\/[^/\s]+|\/home\/[^/\s]+\/[^/\s]+\/[^/\s]+|[A-Za-z]:\\[^\s]*?\\workspace)[/\\]/g;
const address = /\b0x[0-9a-fA-F]{6,16}\b/g;
const instant = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\b/g;

/** One cheap look before the expressions: nearly no name needs them. */
const suspicious = /0x|\/builds\/|\/home\/|:\\|\d:\d/;

/** A name without what changes from run to run. */
export function stableName(text: string): string {
  if (!suspicious.test(text)) return text;
  return text.replace(checkout, '').replace(address, '0x').replace(instant, 'TIME');
}

/**
 * The identity of a test: its class and name (parameters are part of it), and its suite where there is no class, as suites beside a
 * class are often named after a run, a browser or a host. The file is left out: the same tool writes it absolute in one run and relative
 * in another, and class and name already tell. `ordinal` numbers tests that share all of these, from 0.
 */
export function testIdentity(run: TestRun, ordinal: number): StableHash {
  hash.add(run.className === '' ? 's\n' : 'c\n');
  hash.add(stableName(run.className === '' ? run.suite : run.className));
  hash.add('\n');
  hash.add(stableName(run.name));
  if (ordinal > 0) hash.add(`\n#${ordinal}`);
  return hash.take();
}
