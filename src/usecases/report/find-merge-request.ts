import {
  chooseMergeRequest,
  type MergeRequestSource,
  mergeRequestSources,
  whyNoMergeRequest,
} from '../../context/resolve-merge-request.ts';
import type { MergeRequests } from '../../gitlab/ports/port.ts';
import type { Log } from '../../io/port.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import type { Decide } from '../../model/decision.ts';
import { type Troubles, valueOf } from '../troubles.ts';

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

/**
 * The merge request of this pipeline: from the variables without a request, else asked of GitLab in the order of
 * `mergeRequestSources`. Null when there is none, or when none could be asked for.
 */
export async function findMergeRequest(
  context: Context,
  world: { readonly gitlab: MergeRequests | null; readonly log: Log; readonly decide?: Decide | undefined },
  troubles: Troubles,
): Promise<MergeRequest | null> {
  const { gitlab, log, decide } = world;
  const about = 'merge-request';
  if (gitlab === null) {
    const { mergeRequest } = context;
    const reason = mergeRequest === null ? 'Without a token GitLab is not asked.' : 'The variables name it.';
    decide?.({ about, iid: mergeRequest?.iid ?? null, reason });
    return mergeRequest;
  }
  for (const source of mergeRequestSources(context)) {
    const asking = (): Promise<MergeRequest | null> =>
      mergeRequestFrom(source, { context, gitlab, log, decide });
    const part = await troubles.part('merge-request', asking);
    const found = valueOf(part);
    const { from } = source;
    const reason = part.kind === 'missing' ? part.error.message : sourceWords[from];
    const answered = found === null ? 'none' : 'found';
    const outcome = part.kind === 'missing' ? 'not-answered' : answered;
    decide?.({ about: 'merge-request-source', from, outcome, reason });
    if (found === null) continue;
    decide?.({ about, iid: found.iid, reason: `${sourceWords[from]}.` });
    return found;
  }
  decide?.({ about, iid: null, reason: whyNoMergeRequest(context) });
  return null;
}
