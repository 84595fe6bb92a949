import type { History } from '../../ports/history.ts';
import type { Api } from '../../transport/api.ts';

/** Few commands ask for a history, and its answers are many: they are loaded with the first question. */
export function createLazyHistory(api: Api): History {
  let loaded: Promise<History> | null = null;
  const load = (): Promise<History> => {
    loaded ??= import('./history.ts').then(({ createHistory }) => createHistory(api));
    return loaded;
  };
  return {
    async *fetchDeploymentPages(...asked) {
      yield* (await load()).fetchDeploymentPages(...asked);
    },
    async *fetchEnvironmentPages(...asked) {
      yield* (await load()).fetchEnvironmentPages(...asked);
    },
    async *fetchMergeRequestPages(...asked) {
      yield* (await load()).fetchMergeRequestPages(...asked);
    },
    async *fetchOpenMergeRequestPages(...asked) {
      yield* (await load()).fetchOpenMergeRequestPages(...asked);
    },
    async *fetchMergeRequestEventPages(...asked) {
      yield* (await load()).fetchMergeRequestEventPages(...asked);
    },
    async *fetchMergeRequestCommitPages(...asked) {
      yield* (await load()).fetchMergeRequestCommitPages(...asked);
    },
    async *fetchIssuePages(...asked) {
      yield* (await load()).fetchIssuePages(...asked);
    },
    async *fetchOpenIssuePages(...asked) {
      yield* (await load()).fetchOpenIssuePages(...asked);
    },
    async *fetchJobPages(...asked) {
      yield* (await load()).fetchJobPages(...asked);
    },
    async *fetchPipelineJobPages(...asked) {
      yield* (await load()).fetchPipelineJobPages(...asked);
    },
    async *fetchPipelinePages(...asked) {
      yield* (await load()).fetchPipelinePages(...asked);
    },
    async *fetchCommitPages(...asked) {
      yield* (await load()).fetchCommitPages(...asked);
    },
    async *fetchBranchPages(...asked) {
      yield* (await load()).fetchBranchPages(...asked);
    },
    async *fetchTagPages(...asked) {
      yield* (await load()).fetchTagPages(...asked);
    },
    async *fetchReleasePages(...asked) {
      yield* (await load()).fetchReleasePages(...asked);
    },
    async *fetchProjectPagesOfGroup(...asked) {
      yield* (await load()).fetchProjectPagesOfGroup(...asked);
    },
  };
}
