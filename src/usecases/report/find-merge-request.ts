import {
  chooseMergeRequest,
  type MergeRequestSource,
  mergeRequestSources,
} from '../../context/resolve-merge-request.ts';
import type { MergeRequests } from '../../gitlab/ports/port.ts';
import type { Log } from '../../io/port.ts';
import type { Context, MergeRequest } from '../../model/context.ts';
import { type Troubles, valueOf } from '../troubles.ts';

interface Asking {
  readonly context: Context;
  readonly gitlab: MergeRequests;
  readonly log: Log;
}

async function mergeRequestFrom(
  source: MergeRequestSource,
  { context, gitlab, log }: Asking,
): Promise<MergeRequest | null> {
  switch (source.from) {
    case 'variables':
      return source.mergeRequest;
    case 'address':
      return gitlab.fetchMergeRequest(source.address);
    case 'commit': {
      const candidates = await gitlab.fetchOpenMergeRequestsOfCommit(source.projectId, source.sha);
      const { mergeRequest, reason } = chooseMergeRequest(candidates, context);
      log.info(reason);
      return mergeRequest;
    }
  }
}

/**
 * The merge request of this pipeline: from the variables without a request, else asked of GitLab in the order of
 * `mergeRequestSources`. Null when there is none, or when none could be asked for.
 */
export async function findMergeRequest(
  context: Context,
  world: { readonly gitlab: MergeRequests | null; readonly log: Log },
  troubles: Troubles,
): Promise<MergeRequest | null> {
  const { gitlab, log } = world;
  if (gitlab === null) return context.mergeRequest;
  for (const source of mergeRequestSources(context)) {
    const asking = (): Promise<MergeRequest | null> => mergeRequestFrom(source, { context, gitlab, log });
    const found = valueOf(await troubles.part('merge-request', asking));
    if (found !== null) return found;
  }
  return null;
}
