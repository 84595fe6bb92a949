import { parseReportWithDetails, type Told } from '../../baseline/read-details.ts';
import { foreignPart } from '../../baseline/report-identity.ts';
import { contextOfHead, type KnownHead } from '../../context/from-head-pipeline.ts';
import { AnswerTooLargeError } from '../../errors.ts';
import type { Artifacts } from '../../gitlab/ports/port.ts';
import type { Log } from '../../io/port.ts';
import type { Context } from '../../model/context.ts';
import type { Job } from '../../model/pipeline.ts';
import type { Warning } from '../../model/report.ts';
import { maxReportBytes } from '../../model/report-bounds.ts';
import { english } from '../../render/words/english.ts';
import { heraldReportFile } from './baseline/search.ts';

/** Jobs whose archives are looked into. */
const maxJobs = 4;
const usualName = 'herald';

/** What Herald's job in the pipeline left. */
export interface PipelineReport {
  readonly context: Context;
  /** Null when no job left a report that can be used. */
  readonly told: Told | null;
  /** True when the run that left it had a token of its own to publish it. */
  readonly publishedItself: boolean;
  /** Why a report was not used. */
  readonly warnings: readonly Warning[];
}

interface Asked {
  readonly head: Omit<KnownHead, 'job'>;
  readonly jobs: readonly Job[];
  /** Name of Herald's job; null = the usual one. */
  readonly jobName: string | null;
}

function rankOf({ name }: Job, jobName: string | null): number {
  if (name === jobName) return 0;
  if (name === usualName) return 1;
  return name.toLowerCase().includes(usualName) ? 2 : 3;
}

/** Herald's own job first, then the newest: Herald runs at the end. */
function candidates({ jobs, jobName }: Asked): readonly Job[] {
  return jobs
    .filter(({ retried, hasArtifacts }) => !retried && hasArtifacts !== false)
    .sort((a, b) => rankOf(a, jobName) - rankOf(b, jobName) || b.id - a.id)
    .slice(0, maxJobs);
}

type Judged = { readonly report: Omit<PipelineReport, 'warnings'> } | { readonly refused: string };

/** A file of a stranger: it is used only when all that it says of itself is what GitLab says. */
function judge(json: string, context: Context): Judged {
  const read = parseReportWithDetails(json);
  if ('unusable' in read) return { refused: english.footer.unusable(read.unusable) };
  const foreign = foreignPart(read.identity, context);
  if (foreign !== null) return { refused: `its ${foreign} is not the one that GitLab names` };
  return { report: { context, told: read.told, publishedItself: read.told === null } };
}

async function fetchJson(
  gitlab: Artifacts,
  job: { readonly projectId: number; readonly jobId: number },
): Promise<{ readonly json: string } | { readonly refused: string } | null> {
  try {
    const bytes = await gitlab.fetchArtifactFile(job, heraldReportFile, maxReportBytes);
    return bytes === null ? null : { json: new TextDecoder().decode(bytes) };
  } catch (error) {
    if (error instanceof AnswerTooLargeError) return { refused: `it has more than ${maxReportBytes} bytes` };
    throw error;
  }
}

/**
 * Looks for the report that Herald's job left in the pipeline: the first that is what it says it is. One request for
 * each job that is looked into, at most four. Throws `GitLabRefusedError` and `GitLabUnreachableError`.
 */
export async function fetchPipelineReport(
  asked: Asked,
  { gitlab, log }: { readonly gitlab: Artifacts; readonly log: Log },
): Promise<PipelineReport> {
  const warnings: Warning[] = [];
  const { projectId } = asked.head.pipeline;
  for (const job of candidates(asked)) {
    const file = await fetchJson(gitlab, { projectId, jobId: job.id });
    if (file === null) continue;
    const judged = 'json' in file ? judge(file.json, contextOfHead({ ...asked.head, job })) : file;
    if ('report' in judged) return { ...judged.report, warnings };
    const message = `the report of job ${job.id} is not used: ${judged.refused}`;
    log.warn(message);
    warnings.push({ path: heraldReportFile, message });
  }
  return {
    context: contextOfHead({ ...asked.head, job: null }),
    told: null,
    publishedItself: false,
    warnings,
  };
}
