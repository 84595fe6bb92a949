/** A token may go only to the GitLab that Herald was set up for. */
import { UsageError } from '../errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;

interface Named {
  /** The source of the address: `--server`, `CI_SERVER_URL`. */
  readonly name: string;
  readonly address: string;
}

/** Variables of a job with the address of its GitLab. A user who can set one of them can set all of them. */
const ofJob = ['CI_SERVER_URL', 'CI_API_V4_URL'] as const;

/** Scheme, host and port, as browsers compare them; null for anything but a web address. */
function originOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : null;
}

function shown({ address }: Named): string {
  return originOf(address) ?? 'no web address';
}

/** The addresses in a job's variables, without empty ones. */
function namedByJob(variables: Variables): readonly Named[] {
  return ofJob.flatMap((name) => {
    const address = (variables[name] ?? '').trim();
    return address === '' ? [] : [{ name, address }];
  });
}

/**
 * Throws `UsageError` when the variables of a job lead to another origin than the server on the command line, or to different origins. A trigger variable and a dotenv report override the predefined variables: https://docs.gitlab.com/ci/variables/#cicd-variable-precedence
 */
export function checkOrigins(server: string | null, variables: Variables): void {
  const all = [...(server === null ? [] : [{ name: '--server', address: server }]), ...namedByJob(variables)];
  const [first, ...others] = all;
  if (first === undefined) return;
  const stranger = others.find(({ address }) => originOf(address) !== originOf(first.address));
  if (stranger === undefined) return;
  throw new UsageError(
    `${stranger.name} leads to ${shown(stranger)}, and ${first.name} to ${shown(first)}: Herald sends no token until both name the same GitLab`,
    {
      hint: 'look for a trigger variable, a dotenv report or a `variables:` entry that overrides one of them; do not let anybody override pipeline variables (docs/guides/setup.md)',
    },
  );
}

/** Whether somebody between this machine and an address can listen. */
function isInTheOpen(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'http:' && !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
}

/** Warning about an address whose connection is not encrypted; null where nobody can listen. */
export function transportWarning(apiUrl: string): string | null {
  return isInTheOpen(apiUrl) ? 'This GitLab is addressed without TLS: the token travels in the open.' : null;
}

/** The same about an error tracker. */
export function trackerWarning(server: string): string | null {
  return isInTheOpen(server)
    ? 'This error tracker is addressed without TLS: its token travels in the open.'
    : null;
}
