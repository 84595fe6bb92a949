import type { Occurrence } from '../../bot/occurrence.ts';
import type { Noteable } from '../../model/noteable.ts';
import { hasEnded } from '../../model/pipeline.ts';
import { type Handled, ignored } from './bot-world.ts';
import type { Desk } from './desk.ts';
import { perform } from './perform.ts';
import { sweepBranch } from './sweep-branch.ts';

async function report(on: Noteable, { world, settings }: Desk): Promise<Handled> {
  if (!(await world.isUnreported(on))) return ignored('the report is there, or the pipeline is not the last');
  const cause = { by: 'event', event: 'pipeline', config: settings.commit, permission: null };
  const writes = await perform([{ action: { do: 'report', on }, cause }], world);
  return { outcome: 'handled', reason: `the report of merge request !${on.iid}`, writes, explanation: [] };
}

/**
 * What the sweep would do later, at once: the report of a merge request whose pipeline ended, and the rules about the
 * default branch. The event only says where to look. Null for everything but the end of a pipeline.
 */
export async function handleByPipeline(
  { names, claim, subject }: Occurrence,
  desk: Desk,
): Promise<Handled | null> {
  if (claim?.kind !== 'pipeline' || !names.includes('pipeline') || !hasEnded(claim.status ?? '')) return null;
  if (subject !== null) return report(subject, desk);
  const { id, defaultBranch } = desk.project;
  if (claim.runsIn !== id || claim.ref === null || claim.ref !== defaultBranch) return null;
  return (await sweepBranch(desk))[0] ?? null;
}
