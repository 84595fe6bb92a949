import { UsageError } from '../errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;

function valueOf(variables: Variables, name: string): string | null {
  const value = (variables[name] ?? '').trim();
  return value === '' ? null : value;
}

/**
 * Address of the REST API: of the server that is named, else that of the job, else that of `GITLAB_URL`, which is for shells. It may have a
 * path, as that of a GitLab below a relative root has. Throws `UsageError` when none is known.
 */
export function serverAddressFrom(server: string | null, variables: Variables): string {
  const api = server === null ? valueOf(variables, 'CI_API_V4_URL') : null;
  if (api !== null) return api;
  const url = server ?? valueOf(variables, 'CI_SERVER_URL') ?? valueOf(variables, 'GITLAB_URL');
  if (url === null || url.trim() === '')
    throw new UsageError('no GitLab is named', {
      hint: 'give --server https://gitlab.example.com, or set the variable GITLAB_URL',
    });
  return `${url.trim().replace(/\/+$/, '')}/api/v4`;
}
