import { UsageError } from '../../errors.ts';
import type { TrackerSettings } from '../../model/closing-reference.ts';
import type { RequestedRelease } from '../../model/release.ts';
import { defaultNotesSettings, type ReleaseNotesSettings } from '../../model/release-notes-settings.ts';
import { releaseNotes } from '../../trail/releases/release-notes.ts';
import { trackersOf } from '../../trail/trackers.ts';
import { fetchRelease, type ReleaseWorld } from './fetch-release.ts';
import type { RangeWish } from './fetch-release-range.ts';

export interface ReleaseNotesWish extends RangeWish {
  readonly trackers: readonly TrackerSettings[];
  /** Undefined for the defaults. */
  readonly settings: ReleaseNotesSettings | undefined;
}

/** A release with its notes. Throws `UsageError` for a tracker that cannot be used, and what the port throws. */
export async function fetchReleaseNotes(
  { trackers: written, settings, ...wish }: ReleaseNotesWish,
  world: ReleaseWorld,
): Promise<RequestedRelease> {
  const { trackers, problem } = trackersOf(written);
  if (problem !== null) throw new UsageError(problem);
  const found = await fetchRelease({ ...wish, trackers }, world);
  if (found.kind === 'wrong') return found;
  const notes = releaseNotes(found.release, settings ?? defaultNotesSettings, wish.project);
  return { ...found, notes };
}
