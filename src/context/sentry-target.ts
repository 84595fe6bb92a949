import { UsageError } from '../errors.ts';
import { isMaskedByName } from './credentials.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The options that say where releases are reported. */
export interface GivenSentry {
  readonly sentryServer: string | null;
  readonly sentryOrg: string | null;
  /** Short names of the tracker's projects, each for all projects of GitLab or as `group/project=name` for one. */
  readonly sentryProjects: readonly string[];
  /** Name of the variable that holds the token. */
  readonly sentryTokenVariable: string;
}

export interface SentryTarget {
  readonly server: string;
  readonly org: string;
  readonly token: string;
}

/** Tokens of GitLab: they never go to another server. */
const ofGitLab: ReadonlySet<string> = new Set([
  'HERALD_TOKEN',
  'HERALD_BOT_TOKEN',
  'GITLAB_TOKEN',
  'CI_JOB_TOKEN',
]);

function isOfGitLab(name: string, variables: Variables): boolean {
  if (ofGitLab.has(name) || /^(?:CI_|GITLAB_)/.test(name)) return true;
  const value = (variables[name] ?? '').trim();
  return (
    [...ofGitLab].some((other) => (variables[other] ?? '').trim() === value) || /^gl[a-z]{2,8}-/.test(value)
  );
}

function tokenFrom(name: string, variables: Variables): string {
  if (!isMaskedByName(name))
    throw new UsageError(
      `${name} does not look like the name of a secret, so logs would not mask its value`,
      {
        hint: 'choose a name that ends in _TOKEN, such as SENTRY_AUTH_TOKEN',
      },
    );
  const token = (variables[name] ?? '').trim();
  if (token === '')
    throw new UsageError(`the variable ${name} is empty: there is no token for the error tracker`, {
      hint: 'put a token of the error tracker into that CI/CD variable, masked; a protected variable needs a protected branch or tag',
    });
  if (isOfGitLab(name, variables))
    throw new UsageError(`${name} holds a token of GitLab, which goes to no other server`, {
      hint: 'make a token in the error tracker, and put it into a variable of its own',
    });
  if (!/^[\x21-\x7e]{8,1000}$/.test(token))
    throw new UsageError(`the value of ${name} cannot be a token`, {
      hint: 'a token has at least 8 characters, without spaces',
    });
  return token;
}

const shortName = /^[a-z0-9][a-z0-9_-]{0,99}$/i;
const projectEntry = /^(?:[^\s=]{1,255}=)?[a-z0-9][a-z0-9_-]{0,99}$/i;

/** A web address without a login, a query and a fragment. */
function isServer(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

function checkNames(server: string, org: string, projects: readonly string[]): void {
  if (!isServer(server))
    throw new UsageError('--sentry-server is not a web address', {
      hint: 'give it like https://sentry.example.com, without a login',
    });
  const wrong = shortName.test(org) ? projects.find((entry) => !projectEntry.test(entry)) : org;
  if (wrong === undefined) return;
  throw new UsageError(`${JSON.stringify(wrong.slice(0, 80))} is not a short name of the error tracker`, {
    hint: 'give --sentry-org acme and --sentry-projects web or group/project=web, as in the addresses of its pages',
  });
}

/** Where releases are reported, with the token. Throws `UsageError` for what is missing. */
export function sentryTargetFrom(given: GivenSentry, variables: Variables): SentryTarget {
  const { sentryServer: server, sentryOrg: org, sentryProjects: projects } = given;
  if (server === null || org === null || projects.length === 0)
    throw new UsageError(
      `${server === null ? '--sentry-server' : org === null ? '--sentry-org' : '--sentry-projects'} is missing: Herald sends nothing to an error tracker that is not named`,
      { hint: 'name server, organisation and projects (docs/guides/error-tracking.md)' },
    );
  checkNames(server, org, projects);
  return { server, org, token: tokenFrom(given.sentryTokenVariable, variables) };
}

/** The tracker's projects for a project of GitLab, by its full path; each once. */
export function sentryProjectsOf(entries: readonly string[], path: string): readonly string[] {
  const names = entries.flatMap((entry) => {
    const at = entry.indexOf('=');
    if (at < 0) return [entry];
    return entry.slice(0, at).toLowerCase() === path.toLowerCase() ? [entry.slice(at + 1)] : [];
  });
  return [...new Set(names)];
}

/** The tracker's projects for whatever project of GitLab; each once. */
export function allSentryProjects(entries: readonly string[]): readonly string[] {
  return [...new Set(entries.map((entry) => entry.slice(entry.indexOf('=') + 1)))];
}
