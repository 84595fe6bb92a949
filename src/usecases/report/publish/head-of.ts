import { HeraldError } from '../../../errors.ts';
import type { HeadPipelines } from '../../../gitlab/ports/head-pipelines.ts';
import type { Log } from '../../../io/port.ts';
import type { MergeRequestAddress } from '../../../model/context.ts';
import type { Decide } from '../../../model/decision.ts';
import { findHeadPipeline } from '../find-head-pipeline.ts';

/**
 * Asks, at most once and only when somebody wants to know, which pipeline GitLab shows for the head of a merge request.
 * Null where there is none or GitLab does not show it: then the highest id counts.
 */
export function headOf(
  mergeRequest: MergeRequestAddress,
  {
    gitlab,
    log,
    decide,
  }: { readonly gitlab: HeadPipelines; readonly log: Log; readonly decide?: Decide | undefined },
): () => Promise<number | null> {
  const ask = async (): Promise<number | null> => {
    try {
      const head = await findHeadPipeline(mergeRequest, gitlab, decide);
      return head.kind === 'head' ? head.pipeline.id : null;
    } catch (error) {
      if (!(error instanceof HeraldError)) throw error;
      log.info(`the head pipeline of the merge request: ${error.message}`);
      return null;
    }
  };
  let answer: Promise<number | null> | null = null;
  return () => {
    answer ??= ask();
    return answer;
  };
}
