import {
  AnswerTooLargeError,
  GitLabAnswerError,
  type GitLabError,
  GitLabUnreachableError,
} from '../../errors.ts';
import { answerWords } from './answer-words.ts';
import type { HttpAnswer } from './exchange.ts';
import { askedWaitMs, type RequestLine } from './retry.ts';
import type { FailureKind, TransportFailure } from './transport-failure.ts';

/**
 * It is unknown whether GitLab executed the request: the answer to a create was lost. The caller must look before
 * creating again.
 */
export class UncertainWriteError extends GitLabUnreachableError {}

export interface Circumstances {
  readonly request: RequestLine;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly tries: number;
  readonly now: Date;
  /** True when a create may have landed. */
  readonly uncertain: boolean;
  /** Takes the token out of a text. */
  readonly mask: (text: string) => string;
}

interface Explanation {
  readonly what: string;
  readonly hint: string;
}

const caHint =
  'Give Herald the certificate authority of this GitLab: CI_SERVER_TLS_CA_FILE names the file in jobs if the runner is configured with it, ' +
  'NODE_EXTRA_CA_CERTS anywhere else.';
const networkHint =
  'Check the address of GitLab (--server, else CI_API_V4_URL), and that this machine can reach it (firewall, HTTPS_PROXY, NO_PROXY).';
const rateHint =
  'Other jobs with this token, or on this address, use up the limit: retry the job later, or raise the limit in the admin area.';
const laterHint = 'GitLab or the network is overloaded or down: retry the job later.';

const explanations: Readonly<Record<FailureKind, Explanation>> = {
  dns: { what: 'its name is not known (DNS)', hint: networkHint },
  refused: { what: 'it accepts no connections', hint: networkHint },
  'connect-timeout': { what: 'no connection within the time allowed', hint: networkHint },
  'response-timeout': { what: 'no answer within the time allowed', hint: laterHint },
  broken: { what: 'the connection broke', hint: laterHint },
  certificate: { what: 'its TLS certificate is not trusted', hint: caHint },
  'no-tls': {
    what: 'it does not speak TLS as expected',
    hint: 'Check that the address of GitLab (--server, else CI_API_V4_URL) starts with the right one of http and https.',
  },
  proxy: { what: 'the proxy blocks the connection', hint: 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.' },
  'too-large': {
    what: 'the answer is too large',
    hint: 'Herald limits the size of answers to protect the job.',
  },
  undecodable: {
    what: 'the answer cannot be decoded',
    hint: 'Something between Herald and GitLab changes the answers.',
  },
  'invalid-request': {
    what: 'the request cannot be sent',
    hint: 'The token or the address contains an invalid character.',
  },
};

function triesText(tries: number): string {
  return tries === 1 ? '' : ` (${tries} tries)`;
}

interface Words {
  readonly message: string;
  readonly hint: string;
  readonly status: number | null;
  readonly kind?: FailureKind;
}

function errorOf(
  { message, hint, status, kind }: Words,
  { request, uncertain, mask }: Circumstances,
): GitLabError {
  const options = { status, request: mask(`${request.method} ${request.path}`), hint: mask(hint) };
  if (uncertain) return new UncertainWriteError(mask(message), options);
  if (kind === 'too-large') return new AnswerTooLargeError(mask(message), options);
  const Kind = kind === 'undecodable' ? GitLabAnswerError : GitLabUnreachableError;
  return new Kind(mask(message), options);
}

/** The error for a request that never got an answer. */
export function unreachableByFailure(failure: TransportFailure, circumstances: Circumstances): GitLabError {
  const { request, origin, tries } = circumstances;
  const { what, hint } = explanations[failure.kind];
  const message = `GitLab at ${origin} cannot be reached (${request.method} ${request.path}): ${what}: ${failure.detail}${triesText(tries)}`;
  return errorOf({ message, hint, status: null, kind: failure.kind }, circumstances);
}

/**
 * The error for a request that GitLab, or a gateway before it, kept answering without a decision: 5xx, 429, redirects.
 */
export function unreachableByAnswer(answer: HttpAnswer, circumstances: Circumstances): GitLabError {
  const { request, tries, now, mask } = circumstances;
  const { status } = answer;
  const name = `${request.method} ${request.path}`;
  const words = answerWords(answer, mask);
  if (status === 429) {
    const asked = askedWaitMs(answer.headers, now);
    const wait = asked === null ? '' : `; it asks to wait ${Math.ceil(asked / 1000)} s`;
    const message = `GitLab limits the rate of ${name}: ${words}${wait}${triesText(tries)}`;
    return errorOf({ message, hint: rateHint, status }, circumstances);
  }
  if (status >= 300 && status < 400) {
    const target = mask(answer.headers['location'] ?? 'nowhere')
      .replace(/[?#].*$/s, '')
      .slice(0, 200);
    const message = `GitLab redirects ${name}: ${words}, to ${target}`;
    return errorOf(
      { message, hint: 'Give the address of the redirect (--server, else CI_API_V4_URL).', status },
      circumstances,
    );
  }
  const message = `GitLab kept failing at ${name}: ${words}${triesText(tries)}`;
  return errorOf({ message, hint: laterHint, status }, circumstances);
}
