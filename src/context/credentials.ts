/** Which token is used, and which values must never be printed. */

type Environment = Readonly<Record<string, string | undefined>>;

interface CredentialsBase {
  /** One sentence for each thing to fix; never contains a value. */
  readonly warnings: readonly string[];
}

export type Credentials =
  | (CredentialsBase & {
      readonly kind: 'bot';
      readonly token: string;
      readonly variable: 'HERALD_TOKEN' | 'GITLAB_TOKEN';
    })
  | (CredentialsBase & {
      readonly kind: 'job';
      readonly token: string;
      readonly variable: 'CI_JOB_TOKEN';
    })
  | (CredentialsBase & { readonly kind: 'none' });

const botVariables = ['HERALD_TOKEN', 'GITLAB_TOKEN'] as const;
const botTokenVariable = 'HERALD_BOT_TOKEN';
const tokenVariables = [...botVariables, 'CI_JOB_TOKEN', botTokenVariable] as const;

const secretName =
  /(?:^|_)(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_BASE|KEY|KEY_BASE64|JWT|CREDENTIALS?|AUTH_CONFIG|WEBHOOK_URL)$/i;
/**
 * Names and public halves: of SonarQube's projects, of caches, of Jira. They occur in paths and titles, which a mask
 * would break.
 */
const publicName = /(?:^|_)(?:PROJECT|CACHE|FALLBACK|PUBLIC|ISSUE|SORT|PARTITION)_KEY$/i;
const minSecretLength = 8;
/** `user:password` before the last `@` of the host. */
const addressWithLogin = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\s]*:[^/?#\s]*)@[^/?#\s@]+/i;
/** Their addresses may lack the scheme. */
const proxyName = /_proxy$/i;
const maxAddressLength = 4_096;
/** Shorter values are not tokens, and masking them would make messages unreadable. */
const minTokenLength = 4;

/**
 * Finds the token to use: `HERALD_TOKEN`, then `GITLAB_TOKEN` (a bot's), then `CI_JOB_TOKEN`, which can read but write
 * neither notes nor statuses. A value that cannot be a token counts as not set, with a warning.
 * Source: https://docs.gitlab.com/ci/jobs/ci_job_token/
 */
export function credentialsFrom(environment: Environment): Credentials {
  const warnings: string[] = [];
  for (const variable of botVariables) {
    const token = readToken(environment, variable, warnings);
    if (token === null) continue;
    return { kind: 'bot', token, variable, warnings: [...warnings, ...traceWarnings(environment)] };
  }
  const token = readToken(environment, 'CI_JOB_TOKEN', warnings);
  return token === null
    ? { kind: 'none', warnings }
    : { kind: 'job', token, variable: 'CI_JOB_TOKEN', warnings };
}

/**
 * The token that `herald setup` puts into the bot's variable; null when none is given. Never throws: a value that
 * cannot be a token counts as not given.
 */
export function botTokenFrom(
  environment: Environment,
): { readonly value: string; readonly variable: string } | null {
  const value = readToken(environment, botTokenVariable, []);
  return value === null ? null : { value, variable: botTokenVariable };
}

/**
 * Every value that no output may show, longest first so that a value inside another leaves no rest: the tokens, the
 * logins in addresses, and values of at least 8 characters whose name is that of a secret; for values with several
 * lines also each line.
 */
export function secretsOf(environment: Environment): readonly string[] {
  const secrets = new Set<string>();
  for (const [name, value = ''] of Object.entries(environment)) {
    for (const secret of secretsInAddress(name, value)) secrets.add(secret);
    const isToken = tokenVariables.some((variable) => variable === name);
    if (!isToken && !isMaskedByName(name)) continue;
    const minLength = isToken ? minTokenLength : minSecretLength;
    for (const part of [value, ...value.split(/\r?\n/)]) {
      const secret = part.trim();
      if (secret.length >= minLength) secrets.add(secret);
    }
  }
  return [...secrets].sort((a, b) => b.length - a.length);
}

/** Whether a variable of that name counts as a secret, whatever its value. */
export function isMaskedByName(name: string): boolean {
  return secretName.test(name) && !publicName.test(name);
}

function decodedUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The login in an address, such as that of a proxy: the password, and user and password together, since their
 * base64 is what proxies are sent; as they are written and decoded. Source: https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
function secretsInAddress(name: string, value: string): readonly string[] {
  const text = value.trim().slice(0, maxAddressLength);
  const address = proxyName.test(name) && !text.includes('://') ? `http://${text}` : text;
  const [, login = ''] = addressWithLogin.exec(address) ?? [];
  const at = login.indexOf(':');
  if (at < 0) return [];
  const password = login.slice(at + 1);
  const forms = [password, decodedUri(password), login, decodedUri(login)];
  return forms.filter((form) => form.length >= minTokenLength);
}

function readToken(environment: Environment, variable: string, warnings: string[]): string | null {
  const value = environment[variable];
  if (value === undefined || value === '') return null;
  const token = value.trim();
  const problem = problemOf(token);
  if (problem === null) return token;
  warnings.push(`${variable} is set but ${problem}; Herald treats it as not set.`);
  return null;
}

function problemOf(token: string): string | null {
  if (token === '') return 'contains only whitespace';
  if (isUnexpanded(token)) {
    return 'contains the name of a variable instead of its value (is that variable protected or not defined here?)';
  }
  // Only printable ASCII can be sent in a header.
  return /^[\x21-\x7e]+$/.test(token) ? null : 'contains whitespace or characters that a token cannot have';
}

/** GitLab and shells leave `$NAME` as it is where no such variable exists. */
function isUnexpanded(value: string): boolean {
  return /^(?:\$\w+|\$\{\w+\}|%\w+%|\$\[\[.*\]\])$/.test(value);
}

function traceWarnings(environment: Environment): readonly string[] {
  if (environment['CI_DEBUG_TRACE']?.trim().toLowerCase() !== 'true') return [];
  return [
    'CI_DEBUG_TRACE is true while a bot token is present: GitLab prints every variable into the job log, the token ' +
      'included. Turn it off, and replace the token if the log can be read by others.',
  ];
}
