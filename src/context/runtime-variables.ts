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
 * Variables that only attackers need, to run their code or to name their server: if one is set, a job that strangers
 * can start does nothing.
 */
const forbidden: readonly string[] = [
  'NODE_OPTIONS',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'LD_PRELOAD',
  'LD_AUDIT',
];

/** The first variable in a job of GitLab that the bot does not start with; null when there is none. */
export function forbiddenVariableIn(variables: Variables): string | null {
  if (!isGitLabJob(variables)) return null;
  return forbidden.find((name) => (variables[name] ?? '') !== '') ?? null;
}
