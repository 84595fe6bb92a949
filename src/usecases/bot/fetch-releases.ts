import { GitLabAnswerError, GitLabRefusedError } from '../../errors.ts';
import type { Log } from '../../io/port.ts';
import type { TrackerSettings } from '../../model/closing-reference.ts';
import type { ProjectFacts } from '../../model/facts.ts';
import type { RequestedRelease } from '../../model/release.ts';
import type { ReleaseNotesSettings } from '../../model/release-notes-settings.ts';
import type { ReleaseWorld } from '../releases/fetch-release.ts';
import { fetchReleaseNotes } from '../releases/fetch-release-notes.ts';

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
  const { trackers, releaseNotes } = settings;
  try {
    const wish = { project, ...wishOf(name), trackers, settings: releaseNotes };
    const found = await fetchReleaseNotes(wish, { gitlab });
    if (found.kind === 'release')
      for (const words of [...found.release.gaps, ...found.release.remarks]) log.warn(words);
    return found;
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
