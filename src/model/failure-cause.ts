import type { Job } from './pipeline.ts';

/** What made a job fail, as its trace and GitLab's `failure_reason` tell. */
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

export interface TraceLine {
  /** Line in the job's log as GitLab numbers it (`#L12` of the job's page); null where lines were left out. */
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
  /** The line that says it best, cut to one line; untrusted. */
  readonly headline: string;
  /** Number of the headline's line in the first job's log. */
  readonly line: number | null;
  /** The command that was running, as the runner echoed it; untrusted, null when not known. */
  readonly command: string | null;
  /** The lines around it that matter, in order; empty when the reason alone says all. */
  readonly excerpt: readonly TraceLine[];
}
