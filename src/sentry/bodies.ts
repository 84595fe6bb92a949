import type { TrackedCommit, TrackedDeploy, TrackedRelease } from '../model/tracked-release.ts';

/** The limits of Sentry's fields. Source: https://docs.sentry.io/api/releases/create-a-new-release-for-an-organization/ */
const maxAuthorName = 128;
const maxEmail = 200;
const maxDeployName = 64;
/** Enough for the issues that a message names at its end. */
const maxMessage = 10_000;

function cut(text: string, max: number): string {
  return text.length <= max ? text : text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}

/** Nothing that is not known is sent: an empty field could overwrite what the tracker knows. */
function withoutNulls(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** A commit in `commits` of a release. */
export function commitBody(
  { sha, message, authorName, authorEmail, committedAt }: TrackedCommit,
  repository: string | null,
): Record<string, unknown> {
  return withoutNulls({
    id: sha,
    repository,
    message: cut(message, maxMessage),
    author_name: cut(authorName, maxAuthorName),
    author_email: authorEmail === null || authorEmail.length > maxEmail ? null : authorEmail,
    timestamp: committedAt,
  });
}

/** The body that makes or updates a release. Sentry replaces all commits by those of one body. */
export function releaseBody(
  { version, projects, sha, url, repository, commits, refs }: TrackedRelease,
  releasedAt: Date,
): Record<string, unknown> {
  const listed = commits.map((commit) => commitBody(commit, repository));
  return withoutNulls({
    version,
    projects,
    ref: sha,
    url,
    dateReleased: releasedAt.toISOString(),
    commits: listed.length === 0 ? null : listed,
    refs: refs === null || repository === null ? null : [withoutNulls({ repository, ...refs })],
  });
}

/** The body of a deploy. */
export function deployBody(
  { environment, name, url, startedAt, finishedAt }: TrackedDeploy,
  now: Date,
): Record<string, unknown> {
  return withoutNulls({
    environment,
    name: cut(name, maxDeployName),
    url,
    dateStarted: startedAt,
    dateFinished: finishedAt ?? now.toISOString(),
  });
}
