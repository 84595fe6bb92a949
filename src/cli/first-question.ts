import { credentialsFrom } from '../context/credentials.ts';
import { forbiddenVariableIn } from '../context/runtime-variables.ts';
import { ownServerAddressFrom } from '../context/server-address.ts';
import { HeraldError } from '../errors.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';
import type { ConnectOptions } from './host.ts';

type Target = Pick<ConnectOptions, 'apiUrl' | 'token'>;

/** Arguments as the component writes them; every other way to write them is left to the usual reader. */
const plainArgument = /^--[a-z-]+=[^"']*$/;
const serverArgument = /^--server=(https?:\/\/[^"'\s]+)$/;

/** People write `--server URL`. Where each flag before it has its value in the same argument, it cannot be a value. */
function withJoinedServer(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--server');
  return at === -1 ? args : [...args.slice(0, at), `--server=${args[at + 1] ?? ''}`, ...args.slice(at + 2)];
}

function serverIn(given: readonly string[]): string | null {
  const args = withJoinedServer(given);
  if (!args.every((argument) => plainArgument.test(argument))) return null;
  const [server, ...others] = args.filter((argument) => argument.startsWith('--server'));
  const address = others.length === 0 ? serverArgument.exec(server ?? '')?.[1] : undefined;
  return address !== undefined && URL.canParse(address) ? address : null;
}

/**
 * Whom `herald bot` in a job of GitLab asks first, read without the options' schemas: where its command line names the
 * server and nothing speaks against sending the token there. Null in every other case: then the usual reader decides,
 * and says what is wrong.
 */
export function firstQuestionOf(
  [name, ...args]: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Target | null {
  const server = name === 'bot' && isGitLabJob(variables) ? serverIn(args) : null;
  if (server === null || forbiddenVariableIn(variables) !== null) return null;
  const credentials = credentialsFrom(variables);
  if (credentials.kind !== 'bot') return null;
  const { kind, token: value, variable } = credentials;
  try {
    return { apiUrl: ownServerAddressFrom(server, variables), token: { kind, value, variable } };
  } catch (error) {
    if (error instanceof HeraldError) return null;
    throw error;
  }
}
