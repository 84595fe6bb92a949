import { UsageError } from '../errors.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import { checkOrigins } from './token-origin.ts';

type Variables = Readonly<Record<string, string | undefined>>;

function valueOf(variables: Variables, name: string): string | null {
  const value = (variables[name] ?? '').trim();
  return value === '' ? null : value;
}

/**
 * Address of the REST API: of the given server, else of the job, else of `GITLAB_URL`, which is for shells. It can have
 * a path, if GitLab has a relative root. Throws `UsageError` when none is known, and when the variables of a job
 * contradict one another; an explicitly given server can be another GitLab than the job's.
 */
export function serverAddressFrom(server: string | null, variables: Variables): string {
  if (server === null) checkOrigins(null, variables);
  const api = server === null ? valueOf(variables, 'CI_API_V4_URL') : null;
  if (api !== null) return api;
  const url = server ?? valueOf(variables, 'CI_SERVER_URL') ?? valueOf(variables, 'GITLAB_URL');
  if (url === null || url.trim() === '')
    throw new UsageError('no GitLab given', {
      hint: 'give --server https://gitlab.example.com, or set the variable GITLAB_URL',
    });
  return `${url.trim().replace(/\/+$/, '')}/api/v4`;
}

/**
 * The same for jobs that strangers can start: there the command line must name the server, because the user who starts
 * the job can change everything else, and the job's variables must agree with it. Throws `UsageError`.
 */
export function ownServerAddressFrom(server: string | null, variables: Variables): string {
  if (!isGitLabJob(variables)) return serverAddressFrom(server, variables);
  if (server === null)
    throw new UsageError(
      '--server is missing: in a GitLab job the command line must name the GitLab that gets the token',
      {
        hint: 'everybody who knows the trigger URL can override any variable: use the input `server` of the bot component, or call herald bot --server https://gitlab.example.com',
      },
    );
  checkOrigins(server, variables);
  return serverAddressFrom(server, variables);
}
