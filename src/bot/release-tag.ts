import type { Occurrence } from './occurrence.ts';

/** The tag that an event of a release or of a tag is about; null for other events, and for what is deleted. */
export function releaseTagOf({ claim, ref }: Pick<Occurrence, 'claim' | 'ref'>): string | null {
  if (claim?.kind === 'release') return claim.action === 'delete' ? null : claim.tag;
  return claim?.kind === 'push' && claim.type === 'tag' && claim.change !== 'deleted' ? ref : null;
}
