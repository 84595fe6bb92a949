import { sentryProjectsOf } from '../../context/sentry-target.ts';
import { TrackerRefusedError, UsageError } from '../../errors.ts';
import type { ReleaseToTrack } from '../../model/tracked-release.ts';
import type { ErrorTracker } from '../../sentry/port.ts';
import { type AskedWorld, type ReleaseAsked, readAskedRelease } from '../asked-release.ts';
import { trackRelease } from '../track-release.ts';
import type { FactSource, ReportResult } from './bot-world.ts';

export interface TrackingSetup {
  /** Throws `UsageError` where there is no token. */
  readonly connect: () => Promise<ErrorTracker>;
  /** Which projects of the tracker the bot allows: names, or `group/project=name`. */
  readonly allowed: readonly string[];
  /** Takes secrets out of a text. */
  readonly mask: (text: string) => string;
}

interface Place extends FactSource {
  readonly project: number;
}

/** The commit that a tag names: of a tag with a message the last of its targets. */
async function commitOfTag(tag: string, { project, gitlab }: Place): Promise<string | null> {
  return (await gitlab.fetchTagTargets(project, tag)).at(-1) ?? null;
}

/** Tag and commit. A deployment of a tag is one of its release. */
async function whatIsReleased(
  { tag, deployment }: ReleaseToTrack,
  place: Place,
): Promise<{ readonly tag: string | null; readonly sha: string | null }> {
  if (tag !== null) return { tag, sha: await commitOfTag(tag, place) };
  if (deployment === null) return { tag: null, sha: null };
  const { ref, sha } = deployment;
  const isTag = ref !== null && (await commitOfTag(ref, place)) === sha;
  return { tag: isTag ? ref : null, sha };
}

async function askedBy(
  release: ReleaseToTrack,
  { allowed }: TrackingSetup,
  place: Place,
): Promise<ReleaseAsked> {
  const { tag, sha } = await whatIsReleased(release, place);
  const { version, deployment, projects, commits, authorEmails, repository } = release;
  const isWanted = (name: string): boolean => projects.length === 0 || projects.includes(name);
  return {
    version: version ?? tag ?? sha ?? '',
    project: place.project,
    to: sha,
    tag,
    from: null,
    projectsFor: (path) => sentryProjectsOf(allowed, path).filter(isWanted),
    commits,
    authorEmails,
    repository,
    deploy:
      deployment === null ? null : { ...deployment, name: `deployment ${deployment.id}`, startedAt: null },
  };
}

/**
 * Reports what a rule names to the error tracker; the words say what became of it. Throws `TrackerUnreachableError` for
 * a tracker that does not answer, so that the event is handled once more.
 */
export async function trackReleaseOfRule(
  project: number,
  release: ReleaseToTrack,
  { setup, ...world }: FactSource & { readonly setup: TrackingSetup },
): Promise<ReportResult> {
  const { gitlab, clock, log } = world;
  try {
    const asked = await askedBy(release, setup, { ...world, project });
    const tracker = await setup.connect();
    const askedWorld: AskedWorld = {
      gitlab,
      log,
      mask: setup.mask,
      lastCommit: (projects) => tracker.fetchLastCommit(projects, asked.version),
    };
    const wanted = await readAskedRelease(asked, askedWorld);
    const { done } = await trackRelease(wanted, { tracker, clock, log, dryRun: false });
    return { outcome: done.length === 0 ? 'there' : 'done', url: null, detail: done.join('; ') };
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof TrackerRefusedError)) throw error;
    return { outcome: 'refused', url: null, detail: `${error.message}. ${error.hint ?? ''}`.trim() };
  }
}
