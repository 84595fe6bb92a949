import { labelsOfResults, labelsOfRules } from '../../../compare/result-labels.ts';
import type { HeadPipelines } from '../../../gitlab/ports/head-pipelines.ts';
import type { MergeRequests } from '../../../gitlab/ports/port.ts';
import type { Log } from '../../../io/port.ts';
import type { Decide } from '../../../model/decision.ts';
import { droppedLabels, whyDropped } from '../../../model/dropped-labels.ts';
import type { Write } from '../../../model/write.ts';
import { describeWrite } from '../../../publish/describe-write.ts';
import { planLabels } from '../../../publish/plan-labels.ts';
import type { Troubles } from '../../troubles.ts';
import { decisionOfLabels } from '../decisions/of-writes.ts';
import { isOpen } from './is-open.ts';
import type { MayWrite, ToPublish } from './to-publish.ts';

interface LabelWorld {
  readonly gitlab: Pick<MergeRequests, 'changeLabels'> & Pick<HeadPipelines, 'fetchMergeRequestWithHead'>;
  readonly log: Log;
  readonly mayWrite: MayWrite;
  readonly decide?: Decide | undefined;
}

type LabelWrite = Extract<Write, { readonly do: 'changeLabels' }>;

/**
 * Keeps the labels by result current: one request for the labels as they are now, and one more only where something
 * changes. Null when nothing is to change, when the merge request is merged or closed, and when it has other commits or
 * a newer pipeline by now, which knows better.
 */
export async function publishLabels(
  { options, summary, labelRules }: ToPublish,
  { gitlab, log, mayWrite, decide = () => undefined }: LabelWorld,
  troubles: Troubles,
): Promise<LabelWrite | null> {
  const { mergeRequest } = summary;
  const wanted = [
    ...(options.labels === 'results' ? labelsOfResults(summary) : []),
    ...labelsOfRules(labelRules, summary),
  ];
  if (mergeRequest === null || wanted.length === 0) {
    const nobody = wanted.length === 0 ? 'No option asks for labels.' : 'There is no merge request.';
    decide(decisionOfLabels(null, nobody));
    return null;
  }
  return troubles.attempt('the labels', async () => {
    const isStillOpen = await isOpen(mergeRequest, 'its labels stay as they are', { gitlab, log });
    if (!isStillOpen) {
      decide(decisionOfLabels(null, 'The merge request is merged or closed.'));
      return null;
    }
    const { mergeRequest: current } = await gitlab.fetchMergeRequestWithHead(mergeRequest);
    const areKnown = current.headSha !== null && mergeRequest.headSha !== null;
    if (areKnown && current.headSha !== mergeRequest.headSha) {
      log.info('the merge request has newer commits: its labels stay as they are');
      decide(decisionOfLabels(null, 'The merge request has newer commits.'));
      return null;
    }
    const write = planLabels(wanted, current.labels, mergeRequest);
    decide(
      decisionOfLabels(write, write === null ? 'The labels are already up to date.' : 'The result changed.'),
    );
    if (write === null || !(await mayWrite())) return null;
    if (!options.dryRun) {
      log.info(describeWrite(write));
      const dropped = droppedLabels(write.add, await gitlab.changeLabels(write.mergeRequest, write));
      if (dropped.length > 0) log.warn(whyDropped(dropped));
    }
    return write;
  });
}
