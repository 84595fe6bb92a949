import type { RecordedRequest } from '../../../src/demo/server.ts';
import { rightsOfRequest } from '../../../src/gitlab/rights/rights-of-request.ts';

/**
 * The requests of a run that no feature of the table of rights has, by name; null when it has all. Its permissions
 * must be complete: who makes a fine-grained token by the list in the reference meets no refusal.
 */
export function whyNotCovered(requests: readonly RecordedRequest[]): string | null {
  const unknown = requests.flatMap(({ method, path }) =>
    rightsOfRequest(method, path).length > 0 ? [] : [`${method} ${path}`],
  );
  return unknown.length === 0
    ? null
    : `src/gitlab/rights/needed-rights.ts has no feature that sends ${[...new Set(unknown)].join(', ')}`;
}
