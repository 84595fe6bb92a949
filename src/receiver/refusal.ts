/**
 * Why a delivery was not taken. The code is what the log, the metrics and the answer say; nothing of the request is in
 * it.
 */
export interface Refusal {
  readonly code: RefusalCode;
  /** HTTP status of the answer. */
  readonly status: number;
  /** One sentence for the person who reads GitLab's page of recent deliveries. */
  readonly text: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Every reason, in the order in which they are checked. GitLab switches a webhook off after repeated answers of 400 and
 * above, so a delivery that is understood and needs nothing is not refused.
 * Source: https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks
 */
const answers = {
  'not-found': {
    status: 404,
    text: 'Webhooks go to / or /hooks/gitlab, alerts to /alerts/SOURCE/ID with the id of a project.',
  },
  'method-not-allowed': { status: 405, text: 'Webhooks and alerts are sent with POST.' },
  'shutting-down': { status: 503, text: 'The receiver is stopping. Send it again later.' },
  'too-busy': { status: 503, text: 'Too many deliveries are arriving at once. Send it again later.' },
  'body-too-large': { status: 413, text: 'The body is larger than the 25 MB that GitLab delivers.' },
  'body-incomplete': { status: 400, text: 'The body ended before its announced length.' },
  'wrong-media-type': { status: 415, text: 'The body must be application/json.' },
  'address-not-allowed': {
    status: 403,
    text: 'This address is not in --allow-from. Behind a proxy, name the proxy in --trusted-proxy.',
  },
  'secret-missing': {
    status: 401,
    text: 'The webhook sends no secret token and no signature. Run "herald setup --receiver" again, or set its secret token. A tool sends the secret of its alerts as a bearer token or a password.',
  },
  'secret-malformed': {
    status: 401,
    text: 'The secret token or the signature does not have its form. Run "herald setup --receiver" again.',
  },
  'secret-wrong': {
    status: 401,
    text: 'The secret token or the signature is not the one of this webhook. Run "herald setup --receiver" again.',
  },
  'timestamp-out-of-range': {
    status: 401,
    text: 'The signature is older or newer than five minutes. Check the clocks of GitLab and of the receiver.',
  },
  'invalid-json': { status: 400, text: 'The body is not a JSON object.' },
  'project-not-served': {
    status: 403,
    text: 'This project is not served here, or the webhook belongs to another project. Check --projects.',
  },
  'spool-full': { status: 503, text: 'Too many events are waiting. Send it again later.' },
  'spool-unwritable': { status: 503, text: 'The event could not be kept on disk. Send it again later.' },
} as const satisfies Readonly<Record<string, Answer>>;

export type RefusalCode = keyof typeof answers;

/** Every code, for counters that begin at zero. */
export const refusalCodes: readonly RefusalCode[] = Object.keys(answers).filter((code): code is RefusalCode =>
  Object.hasOwn(answers, code),
);

/** The refusal of a code. */
export function refusal(code: RefusalCode): Refusal {
  return { code, ...answers[code] };
}
