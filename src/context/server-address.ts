import { UsageError } from '../errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Address of the REST API: of the server that is named, else that of the job. Throws `UsageError` when neither is known. */
export function serverAddressFrom(server: string | null, variables: Variables): string {
  const api = server === null ? variables['CI_API_V4_URL'] : undefined;
  if (api !== undefined) return api;
  const url = server ?? variables['CI_SERVER_URL'] ?? '';
  if (url === '')
    throw new UsageError('no GitLab is named', { hint: 'give --server https://gitlab.example.com' });
  return `${url.replace(/\/+$/, '')}/api/v4`;
}
