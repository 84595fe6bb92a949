import { UsageError } from '../errors.ts';
import { idIn } from '../model/id-or-path.ts';
import { serverAddressFrom } from './server-address.ts';

/** Where `herald comment`, `status` and `label` write, as far as it is known: flags win over the variables of a job. */
export interface WriteTarget {
  readonly apiUrl: string;
  /** Id, or full path where only that is known. */
  readonly project: number | string;
  readonly mergeRequest: number | null;
  readonly sha: string | null;
  readonly pipelineId: number | null;
  readonly jobName: string;
}

export interface GivenTarget {
  readonly server: string | null;
  readonly project: string | null;
  readonly mergeRequest: number | null;
  readonly sha: string | null;
  readonly pipeline: number | null;
}

type Variables = Readonly<Record<string, string | undefined>>;

function numberFrom(text: string | undefined): number | null {
  return text === undefined ? null : idIn(text);
}

function needed(value: string | null | undefined, message: string, hint: string): string {
  if (value === null || value === undefined || value === '') throw new UsageError(message, { hint });
  return value;
}

function projectIn(variables: Variables, of: 'merge-request' | 'pipeline'): string | undefined {
  const target = of === 'merge-request' ? variables['CI_MERGE_REQUEST_PROJECT_ID'] : undefined;
  return target ?? variables['CI_PROJECT_ID'];
}

/**
 * The target of a write: from the flags, else from GitLab's variables, so that it works in a job and in any other build
 * system. A merge request is addressed by its target project, a status by the project that the pipeline runs in. Throws
 * `UsageError` for what is missing.
 */
export function writeTargetFrom(
  given: GivenTarget,
  variables: Variables,
  of: 'merge-request' | 'pipeline',
): WriteTarget {
  return { ...placeFrom(given, variables, of), apiUrl: serverAddressFrom(given.server, variables) };
}

/** The same without the address, for callers that get it in another way. */
export function placeFrom(
  given: GivenTarget,
  variables: Variables,
  of: 'merge-request' | 'pipeline',
): Omit<WriteTarget, 'apiUrl'> {
  const project = needed(
    given.project ?? projectIn(variables, of),
    'no project is named',
    'give --project with its id or full path',
  );
  return {
    project: numberFrom(project) ?? project,
    mergeRequest: given.mergeRequest ?? numberFrom(variables['CI_MERGE_REQUEST_IID']),
    sha: given.sha ?? variables['CI_COMMIT_SHA'] ?? null,
    pipelineId: given.pipeline ?? numberFrom(variables['CI_PIPELINE_ID']),
    jobName: variables['CI_JOB_NAME'] ?? '',
  };
}
