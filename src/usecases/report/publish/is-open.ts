import type { HeadPipelines } from '../../../gitlab/ports/head-pipelines.ts';
import type { MergeRequestAddress } from '../../../model/context.ts';
import type { ConnectedWorld } from '../../world.ts';

/** The same world, in which GitLab is asked once how the merge request is now. */
export function askingOnce(world: ConnectedWorld): ConnectedWorld {
  const { gitlab } = world;
  let asked: ReturnType<HeadPipelines['fetchMergeRequestWithHead']> | null = null;
  const fetchMergeRequestWithHead: HeadPipelines['fetchMergeRequestWithHead'] = (address) => {
    asked ??= gitlab.fetchMergeRequestWithHead(address);
    return asked;
  };
  return { ...world, gitlab: { ...gitlab, fetchMergeRequestWithHead } };
}

/** What says whether a merge request is still open. */
export interface States {
  fetchMergeRequestWithHead(address: MergeRequestAddress): Promise<{ readonly state: string }>;
}

/** False when the merge request is merged or closed, with a line in the log about what stays as it is. */
export async function isOpen(
  mergeRequest: MergeRequestAddress,
  what: string,
  { gitlab, log }: Pick<ConnectedWorld, 'log'> & { readonly gitlab: States },
): Promise<boolean> {
  const { state } = await gitlab.fetchMergeRequestWithHead(mergeRequest);
  if (state === 'opened') return true;
  log.info(`the merge request is ${state}: ${what}`);
  return false;
}
