import type { Context } from '../model/context.ts';
import type { CommitStatus, StatusState, Write } from '../model/write.ts';

export interface WantedStatus {
  readonly context: Context;
  /** The status is called `herald/<key>`. */
  readonly key: string;
  /**
   * Of one check: `herald/<check>`, with a key of its own `herald/<key>/<check>`; null for the one of the whole run.
   */
  readonly check: string | null;
  readonly state: StatusState;
  readonly description: string;
  /** The first one that GitLab accepts is used. */
  readonly targetUrls: readonly string[];
}

/** The key of users who do not set one. */
const plainKey = 'report';

/** GitLab's limit of the target address; the same is safe for name and description, whose limits are not documented. */
const maxCharacters = 255;
const suffix = ' report';

/**
 * Plans a commit status of the pipeline itself: by its own commit (in merged results pipelines the merge commit) and
 * id, never by ref, which would start another pipeline. Its name is never the job's own, which GitLab refuses. Texts
 * are put on one line and cut at 255 characters; an address that GitLab would refuse is omitted.
 * Source: https://docs.gitlab.com/api/commits/#set-commit-pipeline-status
 */
export function planStatus(wanted: WantedStatus): Extract<Write, { readonly do: 'setStatus' }> {
  const { context, state, description, targetUrls } = wanted;
  const { project, commit, pipeline, job } = context;
  const where = { projectId: project.id, sha: commit.sha, pipelineId: pipeline.id, jobName: job.name };
  return planStatusOf(where, { name: statusName(wanted, job.name), state, description, targetUrls });
}

interface StatusPlace extends Pick<CommitStatus, 'projectId' | 'sha' | 'pipelineId'> {
  readonly jobName: string;
}

/** The same for a name that somebody chose. */
export function planStatusOf(
  { projectId, sha, pipelineId, jobName }: StatusPlace,
  {
    name,
    state,
    description,
    targetUrls,
  }: Pick<WantedStatus, 'state' | 'description' | 'targetUrls'> & {
    readonly name: string;
  },
): Extract<Write, { readonly do: 'setStatus' }> {
  return {
    do: 'setStatus',
    status: {
      projectId,
      sha,
      pipelineId,
      name: besideJob(name, jobName),
      state,
      description: cut(onOneLine(description), maxCharacters),
      targetUrl: targetUrls.find(isWebAddress) ?? null,
    },
  };
}

/** The name of a status; never that of the job, which GitLab refuses in the same pipeline. */
export function statusName({ key, check }: Pick<WantedStatus, 'key' | 'check'>, jobName: string): string {
  const parts = check === null ? [key] : key === plainKey ? [check] : [key, check];
  return besideJob(['herald', ...parts].join('/'), jobName);
}

function besideJob(wanted: string, jobName: string): string {
  const name = onOneLine(wanted);
  const whole = cut(name, maxCharacters);
  return whole === jobName ? `${cut(name, maxCharacters - suffix.length)}${suffix}` : whole;
}

function onOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Cuts at UTF-16 units, which are never fewer than GitLab's characters, and never inside a surrogate pair. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(max - 2)) ? max - 2 : max - 1;
  return `${text.slice(0, end)}…`;
}

function isWebAddress(address: string): boolean {
  return address.length <= maxCharacters && /^https?:\/\/\S+$/i.test(address) && URL.canParse(address);
}
