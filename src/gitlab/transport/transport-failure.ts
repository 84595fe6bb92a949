/**
 * Why no answer came; each kind has its own sentence in `unreachable.ts` and its own line in the table of `retry.ts`.
 */
export type FailureKind =
  | 'dns'
  | 'refused'
  | 'connect-timeout'
  | 'response-timeout'
  | 'broken'
  | 'certificate'
  | 'no-tls'
  | 'proxy'
  | 'too-large'
  | 'undecodable'
  | 'invalid-request';

export interface FailureDetails {
  /** False only where it is certain that no byte of the request was sent. */
  readonly sent: boolean;
  /** Node's or OpenSSL's code (`ECONNRESET`), or a few words of our own. */
  readonly detail: string;
}

/**
 * An exchange that gave no answer. Never holds the request, its headers or the error below it, since those hold the
 * token.
 */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly kind: FailureKind;
  readonly sent: boolean;
  readonly detail: string;

  constructor(kind: FailureKind, { sent, detail }: FailureDetails) {
    super(`${kind}: ${detail}`);
    this.kind = kind;
    this.sent = sent;
    this.detail = detail;
  }
}

const kindByCode: Readonly<Record<string, FailureKind>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  EACCES: 'refused',
  EPROTO: 'no-tls',
  ERR_INVALID_CHAR: 'invalid-request',
  ERR_UNESCAPED_CHARACTERS: 'invalid-request',
  ERR_INVALID_URL: 'invalid-request',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  Z_DATA_ERROR: 'undecodable',
  Z_BUF_ERROR: 'undecodable',
};

/** OpenSSL's verification errors, as Node names them. Source: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateCode =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET|DECRYPT|DECODE)|CRL_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH/;

const neverSent: ReadonlySet<FailureKind> = new Set([
  'dns',
  'refused',
  'connect-timeout',
  'certificate',
  'no-tls',
  'proxy',
  'invalid-request',
]);

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (!(error instanceof AggregateError)) return null;
  // One error for each address of the host.
  const errors: readonly unknown[] = error.errors;
  return errors.map(codeOf).find((code) => code !== null) ?? null;
}

function kindOf(code: string | null, sent: boolean): FailureKind {
  if (code === null) return 'broken';
  const known = kindByCode[code];
  if (known !== undefined) return known;
  if (certificateCode.test(code)) return 'certificate';
  if (code.startsWith('ERR_SSL_')) return sent ? 'broken' : 'no-tls';
  return code === 'ETIMEDOUT' && !sent ? 'connect-timeout' : 'broken';
}

/** Classes an error of Node's network stack by its code; `sent` = the connection was open when the error occurred. */
export function transportFailureOf(error: unknown, sent: boolean): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const code = codeOf(error);
  const kind = kindOf(code, sent);
  return new TransportFailure(kind, {
    sent: sent && !neverSent.has(kind),
    detail: code ?? 'connection closed',
  });
}
