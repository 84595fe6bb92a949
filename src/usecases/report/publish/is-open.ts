import type { HeadPipelines } from '../../../gitlab/ports/head-pipelines.ts';
import type { GitLab } from '../../../gitlab/ports/port.ts';
import type { MergeRequest, MergeRequestAddress } from '../../../model/context.ts';
import type { ConnectedWorld } from '../../world.ts';

type AskedAbout = ReturnType<HeadPipelines['fetchMergeRequestWithHead']>;

/** The same GitLab, which is asked once how a merge request is now: for its labels, its state and its head. */
export function askingOnce(gitlab: GitLab): GitLab {
  const asked = new Map<string, AskedAbout>();
  const fetchMergeRequestWithHead = async (address: MergeRequestAddress): AskedAbout => {
    const key = `${address.project}!${address.iid}`;
    const asking = asked.get(key) ?? gitlab.fetchMergeRequestWithHead(address);
    asked.set(key, asking);
    try {
      return await asking;
    } catch (error) {
      // A failure is not remembered: the next one may ask again.
      asked.delete(key);
      throw error;
    }
  };
  const fetchMergeRequest = async (address: MergeRequestAddress): Promise<MergeRequest> =>
    (await fetchMergeRequestWithHead(address)).mergeRequest;
  return { ...gitlab, fetchMergeRequestWithHead, fetchMergeRequest };
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
