import { UsageError } from '../errors.ts';
import { isGitLabJob } from '../model/gitlab-job.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Variables that change what a program does before its first line runs: code to load, libraries, certificates, and logs
 * of whole requests. The components' scripts unset them (`npm run generate` writes them there), because a user who sets a variable of a job could run code beside the token. Sources: https://nodejs.org/api/cli.html#environment-variables_1, https://man7.org/linux/man-pages/man8/ld.so.8.html,
 * https://docs.openssl.org/master/man7/openssl-env/, https://www.gnu.org/software/bash/manual/html_node/Bash-Variables.html
 */
export const runtimeVariables = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_V8_COVERAGE',
  'NODE_REDIRECT_WARNINGS',
  'NODE_REPL_EXTERNAL_MODULE',
  'NODE_COMPILE_CACHE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'NODE_USE_ENV_PROXY',
  'NODE_USE_SYSTEM_CA',
  'OPENSSL_CONF',
  'OPENSSL_MODULES',
  'OPENSSL_ENGINES',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'LD_PRELOAD',
  'LD_LIBRARY_PATH',
  'LD_AUDIT',
  'BASH_ENV',
  'ENV',
] as const;

/**
 * Variables that only attackers need, to run their code or to name their server: where one is set in a job, no token is
 * used.
 */
const forbidden: readonly string[] = [
  'NODE_OPTIONS',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'LD_PRELOAD',
  'LD_AUDIT',
];

/**
 * Options that many projects set for all of their jobs and that load no code, write no file, open no port and trust
 * nobody else. Source: https://nodejs.org/api/cli.html#node_optionsoptions
 */
const harmless = [
  'max[-_](?:old|semi)[-_]space[-_]size=\\d+',
  'max-http-header-size=\\d+',
  'no-(?:warnings|deprecation|network-family-autoselection)',
  'dns-result-order=(?:ipv4first|ipv6first|verbatim)',
  'enable-source-maps',
  'experimental-vm-modules',
].join('|');
const onlyHarmless = new RegExp(`^\\s*(?:--(?:${harmless})(?:\\s+|$))+$`);

/** The first variable in a job of GitLab that no token is used beside; null when there is none. */
export function forbiddenVariableIn(variables: Variables): string | null {
  if (!isGitLabJob(variables)) return null;
  const isSet = (name: string): boolean => {
    const value = variables[name] ?? '';
    return value !== '' && !(name === 'NODE_OPTIONS' && onlyHarmless.test(value));
  };
  return forbidden.find(isSet) ?? null;
}

/**
 * Throws `UsageError` in a job with a variable that runs code of somebody else. Every connection with a token that was
 * given to Herald begins with this, whatever the command.
 */
export function refuseForeignCode(variables: Variables): void {
  const name = forbiddenVariableIn(variables);
  if (name !== null)
    throw new UsageError(`${name} is set in this job, and could run code beside the token`, {
      hint: `unset ${name} before Herald starts, as its components do`,
    });
}
