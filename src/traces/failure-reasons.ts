import type { FailureCause } from '../model/failure-cause.ts';
import type { Job } from '../model/pipeline.ts';

type Told = Pick<FailureCause, 'kind' | 'origin'>;

const infrastructure = (kind: FailureCause['kind']): Told => ({ kind, origin: 'infrastructure' });

/**
 * Reasons that say all there is to say: the job never ran, or something other than its script ended it.
 * Source: `Enums::Ci::CommitStatus` of GitLab, https://docs.gitlab.com/ci/yaml/#retrywhen
 */
const sufficient: Readonly<Record<string, Told>> = {
  runner_system_failure: infrastructure('runner'),
  runner_unsupported: infrastructure('runner'),
  runner_quota_exceeded: infrastructure('runner'),
  ci_quota_exceeded: infrastructure('runner'),
  no_matching_runner: infrastructure('runner'),
  runner_provisioning_failure: infrastructure('runner'),
  stuck_or_timeout_failure: infrastructure('timeout'),
  scheduler_failure: infrastructure('runner'),
  data_integrity_failure: infrastructure('runner'),
  api_failure: infrastructure('network'),
  archived_failure: infrastructure('unknown'),
  stale_schedule: infrastructure('unknown'),
  missing_dependency_failure: { kind: 'artifact', origin: 'unknown' },
  unmet_prerequisites: { kind: 'unknown', origin: 'unknown' },
  trace_size_exceeded: { kind: 'script', origin: 'unknown' },
  environment_creation_failure: { kind: 'unknown', origin: 'unknown' },
  deployment_rejected: { kind: 'permission', origin: 'unknown' },
  failed_outdated_deployment_job: { kind: 'unknown', origin: 'infrastructure' },
  forward_deployment_failure: { kind: 'unknown', origin: 'infrastructure' },
  protected_environment_failure: { kind: 'permission', origin: 'unknown' },
  secrets_provider_not_found: { kind: 'unknown', origin: 'unknown' },
  user_blocked: { kind: 'permission', origin: 'infrastructure' },
  project_deleted: { kind: 'unknown', origin: 'infrastructure' },
  builds_disabled: { kind: 'unknown', origin: 'infrastructure' },
  downstream_pipeline_creation_failed: { kind: 'unknown', origin: 'unknown' },
  downstream_bridge_project_not_found: { kind: 'unknown', origin: 'unknown' },
  upstream_bridge_project_not_found: { kind: 'unknown', origin: 'unknown' },
  insufficient_bridge_permissions: { kind: 'permission', origin: 'unknown' },
  insufficient_upstream_permissions: { kind: 'permission', origin: 'unknown' },
  reached_max_descendant_pipelines_depth: { kind: 'unknown', origin: 'change' },
  pipeline_loop_detected: { kind: 'unknown', origin: 'change' },
};

/** What reasons add to the log. */
const partial: Readonly<Record<string, Told>> = {
  job_execution_timeout: { kind: 'timeout', origin: 'unknown' },
  image_pull_failure: { kind: 'image', origin: 'unknown' },
};

function lookUp(table: Readonly<Record<string, Told>>, reason: string | null): Told | null {
  return reason !== null && Object.hasOwn(table, reason) ? (table[reason] ?? null) : null;
}

/** True when the log would add nothing to GitLab's reason. */
export function needsNoTrace({ failureReason }: Pick<Job, 'failureReason'>): boolean {
  return lookUp(sufficient, failureReason) !== null;
}

/** What GitLab's reason alone says. */
export function toldByReason({ failureReason }: Pick<Job, 'failureReason'>): Told {
  return (
    lookUp(sufficient, failureReason) ??
    lookUp(partial, failureReason) ?? { kind: 'unknown', origin: 'unknown' }
  );
}

/**
 * GitLab's reason outweighs what a log seems to say: a job that ran into its time limit did so whatever it printed
 * before.
 */
export function decidedByReason({ failureReason }: Pick<Job, 'failureReason'>): Told | null {
  return lookUp(partial, failureReason);
}
