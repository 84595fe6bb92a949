import type { Job } from './pipeline.ts';

/** The cause of a job's failure, from its trace and GitLab's `failure_reason`. */
export type CauseKind =
  | 'compilation'
  | 'test'
  | 'lint'
  | 'type-check'
  | 'dependency'
  | 'network'
  | 'out-of-memory'
  | 'disk-full'
  | 'killed'
  | 'timeout'
  | 'image'
  | 'runner'
  | 'docker'
  | 'terraform'
  | 'permission'
  | 'missing-file'
  | 'missing-command'
  | 'git'
  | 'artifact'
  | 'script'
  | 'unknown';

/**
 * How much of the log the cause rests on: `whole`; `start` when it was too long to be read to its end; `none-needed`
 * when GitLab's reason says all; or why it was not read: `empty` (erased, or none was written), `refused` (the token
 * may not see it), `job-token` (a job's own token cannot ask), `unreachable`, `over-limit` (enough others were read).
 */
export type TraceUse =
  | 'whole'
  | 'start'
  | 'none-needed'
  | 'empty'
  | 'refused'
  | 'job-token'
  | 'unreachable'
  | 'over-limit';

export interface TraceLine {
  /** Line in the job's log as GitLab numbers it (`#L12` of the job's page); null where lines were omitted. */
  readonly number: number | null;
  /** Untrusted; escape sequences and carriage-return overwrites resolved, secrets redacted. */
  readonly text: string;
}

/** One cause, said once, of one or more failed jobs. */
export interface FailureCause {
  readonly kind: CauseKind;
  /** `infrastructure` lies outside of the change: a retry may help. */
  readonly origin: 'infrastructure' | 'change' | 'unknown';
  /** The jobs it ended, the one that the excerpt is of first. */
  readonly jobs: readonly Job[];
  readonly trace: TraceUse;
  /** The line that says it best, cut to one line; untrusted; empty when no log was read or it says nothing. */
  readonly headline: string;
  /** Number of the headline's line in the first job's log. */
  readonly line: number | null;
  /** The command that was running, as the runner echoed it; untrusted, null when not known. */
  readonly command: string | null;
  /** The lines around it that matter, in order; empty when the reason alone says all. */
  readonly excerpt: readonly TraceLine[];
}
