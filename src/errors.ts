/** The exit codes of every command, as promised in docs/reference/exit-codes.md. */
export const exitCodes = {
  done: 0,
  gateFailed: 1,
  usage: 2,
  unreadableInput: 3,
  refused: 4,
  unreachable: 5,
  bug: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export interface HeraldErrorOptions extends ErrorOptions {
  /** One sentence that says what to do about it. */
  readonly hint?: string;
}

/** An error that a user can do something about: `message` says what is wrong and where, `hint` what to do. */
export abstract class HeraldError extends Error {
  abstract readonly code: 'usage' | 'unreadable-input' | 'refused' | 'unreachable' | 'unusable-answer';
  abstract readonly exitCode: ExitCode;
  readonly hint: string | null;

  constructor(message: string, options: HeraldErrorOptions = {}) {
    super(message, options);
    this.hint = options.hint ?? null;
  }
}

/** Wrong options, configuration or environment: exit code 2. */
export class UsageError extends HeraldError {
  override readonly name = 'UsageError';
  readonly code = 'usage';
  readonly exitCode = exitCodes.usage;
}

/** A file that could not be read, where that must not pass (`--strict`): exit code 3. */
export class UnreadableInputError extends HeraldError {
  override readonly name = 'UnreadableInputError';
  readonly code = 'unreadable-input';
  readonly exitCode = exitCodes.unreadableInput;
}

export interface RequestErrorOptions extends HeraldErrorOptions {
  /** HTTP status of the last answer, null when none came. */
  readonly status: number | null;
  /** Method and path of the request, without query: `POST /projects/1/merge_requests/2/notes`. */
  readonly request: string;
}

/** What came, or did not come, of a request to GitLab. */
export abstract class GitLabError extends HeraldError {
  readonly status: number | null;
  readonly request: string;

  constructor(message: string, options: RequestErrorOptions) {
    super(message, options);
    this.status = options.status;
    this.request = options.request;
  }
}

/** GitLab answered and said no (token, role, scope, not found, invalid): exit code 4. */
export class GitLabRefusedError extends GitLabError {
  override readonly name = 'GitLabRefusedError';
  readonly code = 'refused';
  readonly exitCode = exitCodes.refused;
}

/** GitLab could not be reached, or kept failing after every retry: exit code 5. */
export class GitLabUnreachableError extends GitLabError {
  override readonly name = 'GitLabUnreachableError';
  readonly code = 'unreachable';
  readonly exitCode = exitCodes.unreachable;
}

/** GitLab answered with success, and the answer cannot be used: not understood, cut off, too large. Exit code 5. */
export class GitLabAnswerError extends GitLabError {
  override readonly name: string = 'GitLabAnswerError';
  readonly code = 'unusable-answer';
  readonly exitCode = exitCodes.unreachable;
}

/** GitLab's answer was larger than what was asked for at most. */
export class AnswerTooLargeError extends GitLabAnswerError {
  override readonly name = 'AnswerTooLargeError';
}

/** An error tracker answered and said no: exit code 4. */
export class TrackerRefusedError extends HeraldError {
  override readonly name = 'TrackerRefusedError';
  readonly code = 'refused';
  readonly exitCode = exitCodes.refused;
}

/** An error tracker could not be reached, kept failing, or gave an answer that cannot be used: exit code 5. */
export class TrackerUnreachableError extends HeraldError {
  override readonly name = 'TrackerUnreachableError';
  readonly code = 'unreachable';
  readonly exitCode = exitCodes.unreachable;
  /** Whether a write may have been done: then the caller must look before it writes again. */
  readonly uncertain: boolean;

  constructor(
    message: string,
    { uncertain, ...options }: HeraldErrorOptions & { readonly uncertain: boolean },
  ) {
    super(message, options);
    this.uncertain = uncertain;
  }
}
