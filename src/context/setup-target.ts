import { UsageError } from '../errors.ts';
import { idIn } from '../model/id-or-path.ts';
import { serverAddressFrom } from './server-address.ts';

export interface GivenSetupTarget {
  readonly server: string | null;
  readonly botProject: string | null;
  readonly watch: readonly string[];
  readonly group: string | null;
  readonly allowInsecure: boolean;
  readonly receiver: string | null;
}

/** The projects to set up, and their server. */
export interface SetupTarget {
  readonly apiUrl: string;
  /** Empty for a receiver without one. */
  readonly botProject: number | string;
  /** Empty when the bot watches its own project, or a group. */
  readonly projects: readonly (number | string)[];
}

type Variables = Readonly<Record<string, string | undefined>>;

function nameOrId(project: string): number | string {
  return idIn(project) ?? project.replace(/^\/+|\/+$/g, '');
}

/** Address of the REST API of the GitLab to change. Throws `UsageError` for one without TLS that is not allowed. */
export function setupServerFrom(
  { server, allowInsecure }: Pick<GivenSetupTarget, 'server' | 'allowInsecure'>,
  variables: Variables,
): string {
  const apiUrl = serverAddressFrom(server, variables);
  if (/^http:/i.test(apiUrl) && !allowInsecure)
    throw new UsageError(
      'the address of this GitLab does not use TLS, so the trigger token would be sent unencrypted',
      {
        hint: 'use its https: address, or add --allow-insecure if nobody can listen on the network',
      },
    );
  return apiUrl;
}

/**
 * Address of a receiver: https:, with or without a path. Throws `UsageError` for anything else, and for http: that is
 * not allowed.
 */
export function receiverAddressFrom(given: Pick<GivenSetupTarget, 'allowInsecure'>, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPlain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (url === null || !isPlain || !/^https?:$/.test(url.protocol))
    throw new UsageError('--receiver is not the address of a receiver', {
      hint: 'give it like https://herald.example.com, without a user, a query or a token',
    });
  if (url.protocol === 'http:' && !given.allowInsecure)
    throw new UsageError(
      'the address of the receiver does not use TLS, so the secret would be sent unencrypted',
      {
        hint: 'put a proxy with a certificate in front of it (docs/guides/receiver.md), or add --allow-insecure if nobody can listen on the network',
      },
    );
  return url.href.replace(/\/+$/, '');
}

/**
 * What to set up: `--bot-project` with the projects it watches, or one project that is its own bot; in a job the job's
 * project. An address can have a path, if GitLab has a relative root. Throws `UsageError` for missing or ambiguous
 * options.
 */
export function setupTargetFrom(given: GivenSetupTarget, variables: Variables): SetupTarget {
  const apiUrl = setupServerFrom(given, variables);
  const { botProject, watch, group } = given;
  if (group !== null && watch.length > 0)
    throw new UsageError('--group and --watch are both given', { hint: 'run herald setup once for each' });
  if (botProject !== null) return { apiUrl, botProject: nameOrId(botProject), projects: watch.map(nameOrId) };
  if (given.receiver !== null && (group !== null || watch.length > 1))
    return { apiUrl, botProject: '', projects: watch.map(nameOrId) };
  if (group !== null || watch.length > 1)
    throw new UsageError('no bot project given for these projects', {
      hint: 'add --bot-project with the project whose pipelines run the bot (docs/guides/setup.md)',
    });
  const own = watch[0] ?? variables['CI_PROJECT_ID'];
  if (own === undefined || own === '')
    throw new UsageError('no project given', { hint: 'give --watch with its id or full path' });
  return { apiUrl, botProject: nameOrId(own), projects: [] };
}
