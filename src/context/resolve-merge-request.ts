import type { Context, MergeRequest, MergeRequestAddress } from '../model/context.ts';

/** One way to find the merge request of a pipeline. */
export type MergeRequestSource =
  | { readonly from: 'variables'; readonly mergeRequest: MergeRequest }
  | { readonly from: 'address'; readonly address: MergeRequestAddress }
  | { readonly from: 'commit'; readonly projectId: number; readonly sha: string };

/**
 * The ways to find the merge request of a pipeline, cheapest and most certain first; the first that finds an open one
 * wins. Empty for tags. The default branch is not searched by commit: many merge requests contain its commits, and the
 * pipeline checked none of them.
 */
export function mergeRequestSources(context: Context): readonly MergeRequestSource[] {
  const { mergeRequest, commit, project } = context;
  if (mergeRequest !== null) return [{ from: 'variables', mergeRequest }];
  if (commit.tag !== null) return [];
  const addresses = context.openMergeRequests.map((address) => ({ from: 'address', address }) as const);
  if (commit.branch === project.defaultBranch) return addresses;
  return [...addresses, { from: 'commit', projectId: project.id, sha: commit.sha }];
}

export interface MergeRequestChoice {
  readonly mergeRequest: MergeRequest | null;
  /** Why, as a sentence for the log. */
  readonly reason: string;
  /** Every candidate, and why it was chosen or refused. */
  readonly candidates: readonly CandidateVerdict[];
}

export interface CandidateVerdict {
  readonly candidate: MergeRequest;
  readonly chosen: boolean;
  readonly reason: string;
}

/** Why the sources of `mergeRequestSources` are what they are, where none of them found one. */
export function whyNoMergeRequest({ commit, project, openMergeRequests }: Context): string {
  if (commit.tag !== null) return 'The pipeline of a tag has no merge request.';
  if (commit.branch === project.defaultBranch && openMergeRequests.length === 0)
    return 'The default branch is not searched by commit, because many merge requests contain its commits.';
  return 'No source gives an open merge request of this pipeline.';
}

interface Preference {
  readonly because: string;
  holds(candidate: MergeRequest): boolean;
}

/**
 * Chooses among the open merge requests of a commit: of this pipeline's branch first, then with the default branch as
 * target, then the newest.
 */
export function chooseMergeRequest(
  candidates: readonly MergeRequest[],
  context: Context,
): MergeRequestChoice {
  const [first] = candidates;
  if (first === undefined)
    return { mergeRequest: null, reason: 'No open merge request has this commit.', candidates: [] };
  if (candidates.length === 1) {
    const reason = `!${first.iid} is the only open merge request of this commit.`;
    return { mergeRequest: first, reason, candidates: [{ candidate: first, chosen: true, reason }] };
  }
  let left = candidates;
  const reasons: string[] = [];
  const refused = new Map<MergeRequest, string>();
  for (const preference of preferencesOf(context)) {
    const preferred = left.filter((candidate) => preference.holds(candidate));
    if (preferred.length === 0 || preferred.length === left.length) continue;
    for (const candidate of left)
      if (!preferred.includes(candidate))
        refused.set(candidate, `Another one is preferred: ${preference.because}.`);
    left = preferred;
    reasons.push(preference.because);
  }
  const chosen = left.reduce((newest, candidate) => (candidate.iid > newest.iid ? candidate : newest));
  if (left.length > 1) reasons.push('it is the newest');
  const reason = `!${chosen.iid} of ${candidates.length} open merge requests of this commit: ${reasons.join(', ')}.`;
  const verdictOn = (candidate: MergeRequest): CandidateVerdict =>
    candidate === chosen
      ? { candidate, chosen: true, reason }
      : { candidate, chosen: false, reason: refused.get(candidate) ?? `!${chosen.iid} is newer.` };
  return { mergeRequest: chosen, reason, candidates: candidates.map(verdictOn) };
}

function preferencesOf({ commit, project }: Context): readonly Preference[] {
  return [
    {
      because: 'its source is the branch of this pipeline',
      holds: ({ sourceBranch, sourceProjectId }) =>
        sourceBranch === commit.branch && sourceProjectId === project.id,
    },
    {
      because: 'its target is the default branch',
      holds: ({ targetBranch }) => targetBranch === project.defaultBranch,
    },
  ];
}
