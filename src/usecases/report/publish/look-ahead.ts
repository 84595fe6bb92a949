import type { ReportOptions } from '../../../config/report-options.ts';
import type { Context, MergeRequest } from '../../../model/context.ts';
import { holdsLock } from '../../../publish/note-lock.ts';
import { type FoundNotes, findNotes } from '../../../publish/publish-note.ts';
import type { World } from '../../world.ts';

interface Asked {
  readonly options: ReportOptions;
  readonly context: Context;
  readonly mergeRequest: MergeRequest | null;
}

/**
 * Looks the comment up while GitLab answers other questions. Null where that is not known to be needed, and where no
 * lock holds: there what a run decides by must be seen just before it writes.
 */
export function lookAhead(
  { options, context, mergeRequest }: Asked,
  { gitlab, clock }: World,
): Promise<FoundNotes> | null {
  const { comment, key, section } = options;
  const isOwn = context.mergeRequest !== null && mergeRequest !== null;
  // With `changes` GitLab is first asked which pipeline it shows.
  const isKept = comment !== 'never' && comment !== 'changes' && section === null;
  if (gitlab?.tokenKind !== 'bot' || !isOwn || !isKept || !holdsLock(context, mergeRequest, key)) return null;
  const target = { place: mergeRequest, key };
  const finding = findNotes({ gitlab, clock }, target, { isWanted: comment === 'always' });
  // The failure is met where the comment is published, which may not have begun.
  finding.catch(() => undefined);
  return finding;
}
