import {
  chooseMergeRequest,
  type MergeRequestSource,
  mergeRequestSources,
  whyNoMergeRequest,
} from '../../context/resolve-merge-request.ts';
import type { MergeRequests } from '../../gitlab/ports/port.ts';
import type { Log } from '../../io/port.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { Decide, DecisionOf } from '../../model/decision.ts';
import { type Part, type Troubles, valueOf } from '../troubles.ts';

interface Asking {
  readonly context: Context;
  readonly gitlab: MergeRequests;
  readonly log: Log;
  readonly decide?: Decide | undefined;
}

async function mergeRequestFrom(
  source: MergeRequestSource,
  { context, gitlab, log, decide }: Asking,
): Promise<MergeRequest | null> {
  switch (source.from) {
    case 'variables':
      return source.mergeRequest;
    case 'address':
      return gitlab.fetchMergeRequest(source.address);
    case 'commit': {
      const candidates = await gitlab.fetchOpenMergeRequestsOfCommit(source.projectId, source.sha);
      const { mergeRequest, reason, candidates: verdicts } = chooseMergeRequest(candidates, context);
      log.info(reason);
      for (const { candidate, chosen, reason: because } of verdicts) {
        const { iid, sourceBranch, targetBranch } = candidate;
        const about = 'merge-request-candidate';
        decide?.({ about, iid, sourceBranch, targetBranch, chosen, reason: because });
      }
      return mergeRequest;
    }
  }
}

const sourceWords = {
  variables: 'the variables of the pipeline name it',
  address: 'CI_OPEN_MERGE_REQUESTS names it',
  commit: 'GitLab was asked for the open merge requests of the commit',
} as const;

function withoutToken({ mergeRequest }: Context): DecisionOf<'mergeRequest'> {
  const reason = mergeRequest === null ? 'Without a token GitLab is not asked.' : 'The variables name it.';
  return { about: 'merge-request', iid: mergeRequest?.iid ?? null, reason };
}

function answerOf({ from }: MergeRequestSource, part: Part<MergeRequest | null>): DecisionOf<'mergeRequest'> {
  const about = 'merge-request-source';
  if (part.kind === 'missing') return { about, from, outcome: 'not-answered', reason: part.error.message };
  return { about, from, outcome: part.value === null ? 'none' : 'found', reason: sourceWords[from] };
}

/**
 * The merge request of this pipeline: from the variables without a request, else asked of GitLab in the order of
 * `mergeRequestSources`. Null when there is none, or when none could be asked for.
 */
export async function findMergeRequest(
  context: Context,
  world: { readonly gitlab: MergeRequests | null; readonly log: Log; readonly decide?: Decide | undefined },
  troubles: Troubles,
): Promise<MergeRequest | null> {
  const { gitlab, log } = world;
  const decide: Decide = world.decide ?? (() => undefined);
  const about = 'merge-request';
  if (gitlab === null) {
    decide(withoutToken(context));
    return context.mergeRequest;
  }
  for (const source of mergeRequestSources(context)) {
    const asking = (): Promise<MergeRequest | null> =>
      mergeRequestFrom(source, { context, gitlab, log, decide });
    const part = await troubles.part('merge-request', asking);
    decide(answerOf(source, part));
    const found = valueOf(part);
    if (found === null) continue;
    decide({ about, iid: found.iid, reason: `${sourceWords[source.from]}.` });
    return found;
  }
  decide({ about, iid: null, reason: whyNoMergeRequest(context) });
  return null;
}
