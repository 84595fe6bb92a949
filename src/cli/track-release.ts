import { loadOptions } from '../config/load.ts';
import { type TrackReleaseOptions, trackReleaseOptions } from '../config/track-release-options.ts';
import { credentialsFrom } from '../context/credentials.ts';
import { type SentryTarget, sentryProjectsOf, sentryTargetFrom } from '../context/sentry-target.ts';
import { trackerWarning } from '../context/token-origin.ts';
import { writeTargetFrom } from '../context/write-target.ts';
import { type ExitCode, exitCodes, UsageError } from '../errors.ts';
import type { GitLab } from '../gitlab/ports/port.ts';
import type { Log } from '../io/port.ts';
import type { KnownProject, ReleaseAsked } from '../usecases/asked-release.ts';
import type { Command } from './command.ts';
import type { AuditTrail, Host } from './host.ts';
import { textLine } from './json-line.ts';
import { outputFolder } from './output-folder.ts';
import { openLog } from './session.ts';
import { summaries } from './summaries.ts';

export const trackReleaseCommand: Command = {
  name: 'track-release',
  usage: '[<release>]',
  description: summaries['track-release'],
  options: trackReleaseOptions,
  positional: 'release',
  examples: [
    [
      'herald track-release --sentry-server https://sentry.example.com --sentry-org acme --sentry-projects web',
      'in a job of a tag: the release has the name of the tag',
    ],
    [
      'herald track-release web@1.4.0 --from v1.3.0 --environment production',
      'the release, its commits since v1.3.0, and its deploy',
    ],
  ],
  run: runTrackRelease,
};

type Variables = Host['variables'];

function valueOf(variables: Variables, name: string): string | null {
  const value = (variables[name] ?? '').trim();
  return value === '' ? null : value;
}

function versionFrom({ release }: TrackReleaseOptions, variables: Variables): string {
  const [version = valueOf(variables, 'CI_COMMIT_TAG') ?? valueOf(variables, 'CI_COMMIT_SHA'), second] =
    release;
  if (second !== undefined) throw new UsageError('herald track-release takes one release at a time');
  if (version === null)
    throw new UsageError('no release is named', { hint: 'give its name: herald track-release v1.4.0' });
  return version;
}

/** The deploy that a job of an environment made. */
function deployFrom(options: TrackReleaseOptions, variables: Variables): ReleaseAsked['deploy'] {
  const environment = options.environment ?? valueOf(variables, 'CI_ENVIRONMENT_NAME');
  if (environment === null) return null;
  const job = valueOf(variables, 'CI_JOB_ID');
  return {
    environment,
    name: options.deployName ?? (job === null ? environment : `job ${job}`),
    url: options.deployUrl ?? valueOf(variables, 'CI_JOB_URL'),
    startedAt: options.deployStarted ?? valueOf(variables, 'CI_JOB_STARTED_AT'),
    finishedAt: options.deployFinished,
  };
}

/** The job's own project, where its commits are not asked for: then GitLab is not asked at all. */
function knownProject({ commits, project }: TrackReleaseOptions, variables: Variables): KnownProject | null {
  const path = valueOf(variables, 'CI_PROJECT_PATH');
  const url = valueOf(variables, 'CI_PROJECT_URL');
  return commits === 'list' || project !== null || path === null || url === null ? null : { path, url };
}

interface Asked {
  readonly apiUrl: string;
  readonly sentry: SentryTarget;
  readonly asked: ReleaseAsked;
}

/** All that can be wrong with a command line is found before anything is sent. */
function askedBy(options: TrackReleaseOptions, { variables }: Host): Asked {
  const sentry = sentryTargetFrom(options, variables);
  const given = { ...options, mergeRequest: null, pipeline: null };
  const { apiUrl, project, sha } = writeTargetFrom(given, variables, 'pipeline');
  const asked: ReleaseAsked = {
    version: versionFrom(options, variables),
    project: knownProject(options, variables) ?? project,
    to: sha ?? valueOf(variables, 'CI_COMMIT_TAG'),
    tag: valueOf(variables, 'CI_COMMIT_TAG'),
    from: options.from,
    projectsFor: (path) => sentryProjectsOf(options.sentryProjects, path),
    commits: options.commits,
    authorEmails: options.authorEmails,
    repository: options.repository,
    deploy: deployFrom(options, variables),
  };
  return { apiUrl, sentry, asked };
}

async function gitLabOf(
  { apiUrl, asked }: Asked,
  { maxWait }: TrackReleaseOptions,
  { host, log }: { readonly host: Host; readonly log: Log },
): Promise<{ readonly gitlab: GitLab | null; readonly audit: AuditTrail | null }> {
  const credentials = credentialsFrom(host.variables);
  for (const warning of credentials.warnings) log.warn(warning);
  const isAsked = typeof asked.project !== 'object';
  if (!isAsked || credentials.kind === 'none') return { gitlab: null, audit: null };
  const { kind, token: value, variable } = credentials;
  return host.connectGitLab({ apiUrl, token: { kind, value, variable }, log, maxTotalMs: maxWait * 1000 });
}

async function runTrackRelease(flags: Readonly<Record<string, unknown>>, host: Host): Promise<ExitCode> {
  const files = host.filesUnder(host.workingDirectory);
  const { options } = await loadOptions(trackReleaseOptions, { flags, variables: host.variables, files });
  const log = openLog(options, host);
  const all = askedBy(options, host);
  const warning = trackerWarning(all.sentry.server);
  if (warning !== null) log.warn(warning);
  const { dryRun, output } = options;
  const folder = outputFolder(files, output, host.workingDirectory);
  const { gitlab, audit } = await gitLabOf(all, options, { host, log });
  const maxTotalMs = options.maxWait * 1000;
  const tracking = await host.connectErrorTracker({ ...all.sentry, log, maxTotalMs });
  try {
    const { readAskedRelease } = await import('../usecases/asked-release.ts');
    const { trackRelease } = await import('../usecases/track-release.ts');
    const { tracker } = tracking;
    const lastCommit = (projects: readonly string[]): Promise<string | null> =>
      tracker.fetchLastCommit(projects, all.asked.version);
    const world = { gitlab, log, lastCommit, mask: host.maskText };
    const wanted = await readAskedRelease(all.asked, world);
    const { done } = await trackRelease(wanted, { tracker, clock: host.clock, log, dryRun });
    for (const line of done)
      if (dryRun) host.output.write(textLine(`would ${line}`, host));
      else log.info(`done: ${line}`);
    if (done.length === 0) log.info('The error tracker already knows it all.');
    return exitCodes.done;
  } finally {
    await audit?.write(folder);
    await tracking.audit.write(folder);
  }
}
