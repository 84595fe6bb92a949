import { UsageError } from '../errors.ts';
import type { Commits } from '../gitlab/ports/port.ts';
import type { Project, Repository } from '../gitlab/ports/repository.ts';
import type { Log } from '../io/port.ts';
import type { CommitFacts } from '../model/facts.ts';
import {
  type CommitsMode,
  environmentProblem,
  type TrackedDeploy,
  type TrackedRelease,
  versionProblem,
} from '../model/tracked-release.ts';
import type { StartWorld } from './releases/fetch-release-range.ts';
import { maxTrackedCommits, trackedCommits } from './tracked-commits.ts';

export type KnownProject = Pick<Project, 'path' | 'url'>;

/** A release that an error tracker shall know, before GitLab is asked about it. */
export interface ReleaseAsked {
  readonly version: string;
  /** Id or full path, or what the job says of its own project: then it is not asked for. */
  readonly project: number | string | KnownProject;
  /** Commit, or tag where only that is known; null where neither is. */
  readonly to: string | null;
  /** Null for a release without a tag. */
  readonly tag: string | null;
  /** Where the release before it ends; null where nobody named one. */
  readonly from: string | null;
  /** The tracker's projects for a project of GitLab, by its full path. */
  projectsFor(path: string): readonly string[];
  readonly commits: CommitsMode;
  readonly authorEmails: boolean;
  /** Name of the repository in the tracker; null for the full path of the project. */
  readonly repository: string | null;
  readonly deploy: TrackedDeploy | null;
}

export interface AskedWorld {
  /** Null where nothing is asked of GitLab. */
  readonly gitlab:
    | (Pick<Repository, 'fetchProject'> & Pick<Commits, 'fetchRange'> & StartWorld['gitlab'])
    | null;
  readonly log: Log;
  /** The newest commit that the tracker knows of another release of the same projects; null where it knows none. */
  readonly lastCommit: (projects: readonly string[]) => Promise<string | null>;
  /** Takes secrets out of a text. */
  readonly mask: (text: string) => string;
}

/** Sentry refuses more. */
const maxRepository = 200;

function checkNames({ version, deploy }: ReleaseAsked): void {
  const problem =
    versionProblem(version) ?? (deploy === null ? null : environmentProblem(deploy.environment));
  if (problem === null) return;
  throw new UsageError(problem, {
    hint: 'name it as your code does when it reports errors: herald track-release NAME --environment NAME',
  });
}

function projectsOf({ projectsFor }: ReleaseAsked, { path }: KnownProject): readonly string[] {
  const projects = projectsFor(path);
  if (projects.length > 0) return projects;
  throw new UsageError(`${path} belongs to no project of the error tracker`, {
    hint: `add it to --sentry-projects: ${path}=NAME`,
  });
}

async function projectOf({ project }: ReleaseAsked, { gitlab }: AskedWorld): Promise<Project | KnownProject> {
  if (typeof project === 'object') return project;
  if (gitlab !== null) return gitlab.fetchProject(project);
  throw new UsageError('no token of GitLab found, so the project is not known', {
    hint: 'put a token with the scope read_api into the variable HERALD_TOKEN',
  });
}

interface End {
  readonly name: string;
  /** Whether somebody gave it, and did not make it up. */
  readonly isGiven: boolean;
}

/**
 * Where the release before this one ends. Of a tag it is found as for release notes. The last commit that the tracker
 * knows is that of the release which was reported last: of another line of releases, or of one that was withdrawn. So
 * it counts only where no tag is before this one, as for deploys of commits.
 */
async function endBefore(
  { from, tag }: ReleaseAsked,
  { project, projects }: { readonly project: Project; readonly projects: readonly string[] },
  { gitlab, lastCommit, log }: AskedWorld & { readonly gitlab: NonNullable<AskedWorld['gitlab']> },
): Promise<End | null> {
  if (from !== null) return { name: from, isGiven: true };
  if (tag !== null) {
    const { fetchReleaseBefore } = await import('./releases/fetch-release-range.ts');
    const before = await fetchReleaseBefore({ project, tag, from }, { gitlab });
    if (before !== null) {
      log.info(`the release before ${tag} is ${before.name}`);
      return { name: before.sha, isGiven: false };
    }
  }
  const known = await lastCommit(projects);
  if (known !== null) return { name: known, isGiven: false };
  log.warn(
    'No tag is before this release, and the error tracker knows no commit of an earlier release, so it gets none of this one: say with --from where the release before it ends.',
  );
  return null;
}

/** The commits of a release, the newest first. */
async function commitsOf(
  asked: ReleaseAsked,
  { project, projects }: { readonly project: Project | KnownProject; readonly projects: readonly string[] },
  world: AskedWorld,
): Promise<readonly CommitFacts[]> {
  const { gitlab, log } = world;
  const { commits: mode, to } = asked;
  if (mode !== 'list' || to === null || gitlab === null || !('id' in project)) return [];
  const from = await endBefore(asked, { project, projects }, { ...world, gitlab });
  if (from === null) return [];
  const range = await gitlab.fetchRange(project.id, { from: from.name, to });
  if (range === null) {
    const words = `GitLab has no commits between ${from.name} and ${to}`;
    if (from.isGiven)
      throw new UsageError(words, {
        hint: 'give a tag, branch or commit of this project with --from; rewritten history may have lost it',
      });
    log.warn(`${words}, so the error tracker gets none.`);
    return [];
  }
  if (range.commits.length > maxTrackedCommits)
    log.warn(
      `The release has ${range.commits.length} commits; the error tracker gets the newest ${maxTrackedCommits}.`,
    );
  return range.commits.toReversed();
}

function urlOf({ tag, to }: ReleaseAsked, { url }: KnownProject): string | null {
  if (tag !== null) return `${url}/-/tags/${encodeURIComponent(tag)}`;
  return to === null ? null : `${url}/-/commit/${encodeURIComponent(to)}`;
}

/** What GitLab says of a release that an error tracker shall know. Throws `UsageError` for what no tracker takes. */
export async function readAskedRelease(asked: ReleaseAsked, world: AskedWorld): Promise<TrackedRelease> {
  checkNames(asked);
  const project = await projectOf(asked, world);
  const projects = projectsOf(asked, project);
  const repository = asked.repository ?? project.path;
  const commits = trackedCommits(await commitsOf(asked, { project, projects }, world), {
    authorEmails: asked.authorEmails,
    mask: world.mask,
  });
  const { version, to: sha, from, deploy } = asked;
  const refs = asked.commits === 'refs' && sha !== null ? { commit: sha, previousCommit: from } : null;
  return {
    version,
    projects,
    sha,
    url: urlOf(asked, project),
    repository: repository.length > maxRepository ? null : repository,
    commits,
    refs,
    deploy,
  };
}
