import type { Notes, Users } from '../../gitlab/ports/port.ts';
import type { MergeRequestAddress } from '../../model/context.ts';
import { fetchOwnNotes } from '../../publish/fetch-own-notes.ts';
import { parseMarker } from '../../publish/marker.ts';
import { ownNotesOf } from '../../publish/note-author.ts';

/**
 * The latest pipeline in a sticky note of ours; null when there is none. Usually one request; another one for the
 * token's user if no note proves who we are.
 */
export async function reportedPipeline(
  { mergeRequest, key }: { readonly mergeRequest: MergeRequestAddress; readonly key: string },
  gitlab: Notes & Users,
): Promise<number | null> {
  const of = { place: mergeRequest, key };
  const { isOwn } = ownNotesOf(gitlab, of);
  const notes = await fetchOwnNotes(gitlab, of, isOwn);
  const pipelines = notes.flatMap(({ body }) => parseMarker(body)?.pipelineId ?? []);
  return pipelines.length === 0 ? null : Math.max(...pipelines);
}
