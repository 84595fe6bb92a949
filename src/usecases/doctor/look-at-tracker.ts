import type { Check } from '../../doctor/check.ts';
import {
  checkErrorTracker,
  type SeenTrackerProject,
  trackerProblem,
} from '../../doctor/check-error-tracker.ts';
import { TrackerRefusedError, TrackerUnreachableError } from '../../errors.ts';
import type { ErrorTracker } from '../../sentry/port.ts';

interface TrackerSetting {
  readonly server: string;
  /** Short names of its projects. */
  readonly projects: readonly string[];
  /** What is wrong with the way there; null for nothing. */
  readonly transport: string | null;
}

async function seenProject(name: string, tracker: ErrorTracker): Promise<SeenTrackerProject> {
  try {
    return { name, state: (await tracker.hasProject(name)) ? 'there' : 'missing' };
  } catch (error) {
    if (error instanceof TrackerRefusedError) return { name, state: 'unknown' };
    throw error;
  }
}

/** Looks whether releases would reach the error tracker. It only reads, and throws nothing that a tracker answers. */
export async function lookAtTracker(
  { server, projects, transport }: TrackerSetting,
  tracker: ErrorTracker,
): Promise<readonly Check[]> {
  try {
    await tracker.checkAccess();
    const seen: SeenTrackerProject[] = [];
    for (const name of projects) seen.push(await seenProject(name, tracker));
    return checkErrorTracker(server, seen, transport);
  } catch (error) {
    if (!(error instanceof TrackerRefusedError || error instanceof TrackerUnreachableError)) throw error;
    return [trackerProblem(error.message, error.hint)];
  }
}
