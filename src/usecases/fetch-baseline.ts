import { parseHeraldReport } from '../baseline/herald-report.ts';
import type { FoundBaseline } from '../compare/compare-runs.ts';
import { GitLabRefusedError, GitLabUnreachableError, UsageError } from '../errors.ts';
import type { Artifacts } from '../gitlab/port.ts';
import type { Files, Log } from '../io/port.ts';
import type { BaselineRelation } from '../model/comparison.ts';
import type { Context, MergeRequest } from '../model/context.ts';

export const heraldReportFile = 'herald-report.json';

/** 10,000 tests take well under 1 MB; this is room for two million. */
const maxBytes = 32 * 1024 * 1024;

function none(missing: string): FoundBaseline {
  return { earlier: null, missing };
}

function fromText(text: string, where: string, relation: BaselineRelation): FoundBaseline {
  const earlier = parseHeraldReport(text);
  if ('unusable' in earlier) return none(`${where} cannot be compared with: ${earlier.unusable}`);
  const { sha, ref, pipelineId, pipelineUrl, createdAt, source } = earlier;
  return {
    earlier,
    origin: { sha, ref, pipelineId, pipelineUrl, createdAt, relation, commitsBehind: null, source },
  };
}

/** The baseline that the user named: a file that must be there. Throws `UsageError` when it is not. */
export async function readBaselineFile(path: string, files: Files): Promise<FoundBaseline> {
  const text = await files.readText(path);
  if (text === null) throw new UsageError(`baseline file ${path} does not exist`);
  return fromText(text, path, 'given');
}

/**
 * The report that this very job wrote in the newest successful pipeline of the branch to compare with: the target branch of the
 * merge request, or the branch itself. Never throws for what GitLab answers: without a baseline there are no deltas, and it is said.
 */
export async function fetchBaseline(
  context: Context,
  mergeRequest: MergeRequest | null,
  world: { readonly gitlab: Artifacts; readonly log: Log },
): Promise<FoundBaseline> {
  const ref = mergeRequest?.targetBranch ?? context.commit.branch;
  if (ref === null) return none('a tag has no target branch to compare with');
  const projectId = typeof mergeRequest?.project === 'number' ? mergeRequest.project : context.project.id;
  const job = { projectId, ref, jobName: context.job.name };
  try {
    const bytes = await world.gitlab.fetchArtifactFileOfRef(job, heraldReportFile, maxBytes);
    if (bytes === null) {
      return none(
        `no successful pipeline of ${ref} has a ${heraldReportFile} of the job ${context.job.name} yet`,
      );
    }
    return fromText(new TextDecoder().decode(bytes), `the ${heraldReportFile} of ${ref}`, 'newest');
  } catch (error) {
    if (!(error instanceof GitLabRefusedError || error instanceof GitLabUnreachableError)) throw error;
    world.log.warn(`no baseline: ${error.message}`);
    return none(`GitLab did not give the report of ${ref}`);
  }
}
