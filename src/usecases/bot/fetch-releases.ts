import { GitLabAnswerError, GitLabRefusedError } from '../../errors.ts';
import type { Log } from '../../io/port.ts';
import type { TrackerSettings } from '../../model/closing-reference.ts';
import type { ProjectFacts } from '../../model/facts.ts';
import type { RequestedRelease } from '../../model/release.ts';
import { defaultNotesSettings, type ReleaseNotesSettings } from '../../model/release-notes-settings.ts';
import { releaseNotes } from '../../trail/releases/release-notes.ts';
import { trackersOf } from '../../trail/trackers.ts';
import { fetchRelease, type ReleaseWorld } from '../releases/fetch-release.ts';

interface Asked {
  readonly project: ProjectFacts;
  readonly settings: {
    readonly trackers: readonly TrackerSettings[];
    readonly releaseNotes?: ReleaseNotesSettings;
  };
  readonly gitlab: ReleaseWorld['gitlab'];
  readonly log: Log;
}

/** `v1.3..v1.4`, `v1.3..`, `v1.4`, or nothing. */
function wishOf(name: string): { readonly tag: string | null; readonly from: string | null } {
  const [first = '', second] = name.split('..', 2);
  const isRange = second !== undefined;
  const tag = isRange ? second : first;
  return { tag: tag === '' ? null : tag, from: isRange && first !== '' ? first : null };
}

async function fetchOne(name: string, { project, settings, gitlab, log }: Asked): Promise<RequestedRelease> {
  const { trackers } = trackersOf(settings.trackers);
  try {
    const found = await fetchRelease({ project, ...wishOf(name), trackers }, { gitlab });
    if (found.kind === 'wrong') return found;
    const { release } = found;
    for (const words of [...release.gaps, ...release.remarks]) log.warn(words);
    const notes = releaseNotes(release, settings.releaseNotes ?? defaultNotesSettings, project);
    return { kind: 'release', release, notes };
  } catch (error) {
    if (!(error instanceof GitLabRefusedError || error instanceof GitLabAnswerError)) throw error;
    log.warn(`GitLab does not show the release: ${error.message}`);
    return { kind: 'wrong', message: 'GitLab does not show the commits of the release' };
  }
}

/** Releases of a project by the words that name them; what is odd or missing is a line in the log. */
export async function fetchReleases(
  names: readonly string[],
  asked: Asked,
): Promise<ReadonlyMap<string, RequestedRelease>> {
  const releases = new Map<string, RequestedRelease>();
  for (const name of new Set(names)) releases.set(name, await fetchOne(name, asked));
  return releases;
}
